import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { launchBrowser } from '../support/browser.ts'
import { makeDatabasesOn } from '../support/database.ts'
import { startTestPostgres } from '../support/postgres-global.ts'
import { openShowcase, type Showcase } from './showcase.ts'
import { type Area, pageTable } from './table.ts'

/**
 * Pictures of every page of the table, for looking at: `node --import tsx test/pages/pictures.main.ts
 * FOLDER [words]`. Each page is taken at 390 and 1280 px, light and dark, in English and Japanese; only
 * pictures whose name (`customers.en.390.light.to-pay-empty`) has all the words, where there are any.
 */
const [folder, ...words] = process.argv.slice(2)

const widths = [390, 1280]
const schemes = ['light', 'dark'] as const

const slug = (name: string) => name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')

const picturesOf = (area: string, language: string, state: string) =>
  widths.flatMap((width) =>
    schemes.map((scheme) => ({
      width,
      scheme,
      name: `${area}.${language}.${width}.${scheme}.${slug(state)}`,
    })),
  )

const isWanted = ({ name }: { name: string }) => words.every((word) => name.includes(word))

const photograph = async (
  { page, show }: Showcase,
  into: string,
  { name, area, language }: { name: string; area: Area; language: 'en' | 'ja' },
) => {
  const isAsked = (state: string) => picturesOf(name, language, state).some(isWanted)
  const states = area.pages.filter((state) => isAsked(state.name))
  if (states.length === 0) return
  const opened = await area.open(language)
  for (const state of states) {
    await show(await opened.visit(state))
    for (const picture of picturesOf(name, language, state.name).filter(isWanted)) {
      await page.emulateMedia({ colorScheme: picture.scheme })
      await page.setViewportSize({ width: picture.width, height: 844 })
      const height = Number(await page.evaluate('document.documentElement.scrollHeight'))
      // As tall as the page: what sticks to the window's edge stays at its place.
      await page.setViewportSize({ width: picture.width, height })
      await page.evaluate(`new Promise((painted) => {
        requestAnimationFrame(() => requestAnimationFrame(painted))
      })`)
      await page.screenshot({ path: join(into, `${picture.name}.png`) })
    }
  }
  await opened.close()
}

const takePictures = async (into: string): Promise<void> => {
  mkdirSync(into, { recursive: true })
  const postgres = await startTestPostgres()
  makeDatabasesOn(postgres)
  const browser = await launchBrowser()
  const showcase = await openShowcase(browser)
  for (const [name, area] of Object.entries(pageTable))
    for (const language of ['en', 'ja'] as const)
      await photograph(showcase, into, { name, area, language })
  await browser.close()
  await postgres.stop()
}

if (folder) await takePictures(folder)
else console.log('node --import tsx test/pages/pictures.main.ts FOLDER [words]')
