import type { Browser } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import type { AnyApp } from '#shared/any-app.ts'
import type { Language } from '#shared/texts.ts'
import { launchBrowser } from '../support/browser.ts'
import { checkMarkup, checkReferences, checkWords } from './check-source.ts'
import { inspect } from './inspect.ts'
import { openShowcase } from './showcase.ts'
import { type Area, pageTable } from './table.ts'

const languages = ['en', 'ja'] as const

const getRoutes = (app: AnyApp): string[] => [
  ...new Set(
    app.routes
      .filter(({ method }) => method === 'GET')
      .map(({ path }) => path.replace(/^\/assets\/.*/, '/assets/:file')),
  ),
]

/** Whether the path is one that the route answers, and no route says so more exactly. */
const answers = (route: string, path: string, routes: readonly string[]): boolean => {
  const fits = (one: string) => new RegExp(`^${one.replaceAll(/:[a-zA-Z]+/g, '[^/]+')}$`).test(path)
  const openParts = (one: string) => one.split(':').length
  return fits(route) && !routes.some((one) => openParts(one) < openParts(route) && fits(one))
}

interface Look {
  routes: string[]
  /** Paths that were answered with a page. */
  paths: string[]
  /** By the name of the page, what is wrong with it. */
  faults: Map<string, string[]>
}

/** Visits every page of the area in that language, and looks at it. */
const lookAt = async (area: Area, language: Language, browser: Browser): Promise<Look> => {
  const opened = await area.open(language)
  const showcase = await openShowcase(browser)
  const paths: string[] = []
  const faults: Look['faults'] = new Map()
  for (const state of area.pages) {
    try {
      const page = await opened.visit(state)
      if (page.status === 200) paths.push(new URL(page.url).pathname)
      faults.set(state.name, [
        ...(page.status === state.status ? [] : [`answered ${page.status}: ${page.text}`]),
        ...checkWords(page, language, area.data),
        ...checkReferences(page),
        ...(await checkMarkup(page.html)),
        ...(await inspect(showcase, page, language)),
      ])
    } catch (error) {
      faults.set(state.name, [`could not be visited: ${(error as Error).message}`])
    }
  }
  await showcase.close()
  await opened.close()
  return { routes: getRoutes(opened.app).filter(area.isOwn), paths, faults }
}

/** Some minutes where many tests share a machine. */
const patienceMs = 900_000

/** Rules for every page of an area of the table, in both languages, and for the table itself. */
export const checkArea = (name: keyof typeof pageTable): void => {
  const area = pageTable[name]
  const looks = new Map<Language, Look>()

  beforeAll(async () => {
    const browser = await launchBrowser()
    const look = async (language: Language) =>
      looks.set(language, await lookAt(area, language, browser))
    await Promise.all(languages.map(look)).finally(() => browser.close())
  }, patienceMs)

  describe.each(languages)(`a page of the ${name} is sound, in %s`, (language) => {
    it.each(area.pages)('$name', (state) => {
      expect(looks.get(language)?.faults.get(state.name)).toEqual([])
    })
  })

  it(`every page that a route of the ${name} answers is in the table`, () => {
    const all = [...looks.values()]
    const routes = all[0]?.routes ?? []
    const paths = all.flatMap((look) => look.paths)
    const isSeen = (route: string) => paths.some((path) => answers(route, path, routes))
    expect(routes.filter((route) => !isSeen(route) && !(route in area.noPages))).toEqual([])
    const gone = Object.keys(area.noPages).filter((route) => !routes.includes(route))
    expect(gone, 'routes that are no pages, and no routes any more').toEqual([])
  })

  it(`no two pages of the ${name} have one name`, () => {
    expect(new Set(area.pages.map((state) => state.name)).size).toBe(area.pages.length)
  })
}
