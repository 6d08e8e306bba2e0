import { enterAdverts } from '../bank/enter-adverts.ts'
import { startBank } from '../bank/start-bank.ts'
import type { Figure } from '../figures/report.ts'
import { findMainPages } from '../pages/main-pages.ts'
import { createBrowserCache, type Visit } from '../pages/visit.ts'
import type { Row } from './row.ts'

const mostFirstKb = 60
const mostSecondKb = 15
const claimsOnList = 20

const figureOf = (name: string, { bytes, requests }: Visit, most: number): Figure => ({
  name,
  unit: 'kB',
  ours: bytes / 1000,
  reach: { most },
  notes: [`${requests} requests`],
})

export const pagesRow: Row = {
  what: 'bytes over the wire and requests of each main page, compressed as browsers ask for, heads included',
  async run(place, { settings, profileFolder }) {
    await using undo = new AsyncDisposableStack()
    const world = { customers: 1, shops: claimsOnList }
    const bank = await startBank(place, { world, settings, profileFolder })
    undo.defer(bank.close)
    await enterAdverts(bank)
    const figures: Figure[] = []
    for (const { name, url, cookies } of await findMainPages(bank)) {
      const browser = createBrowserCache(cookies)
      figures.push(figureOf(`${name}, first visit`, await browser.visit(url), mostFirstKb))
      figures.push(figureOf(`${name}, second visit`, await browser.visit(url), mostSecondKb))
    }
    return figures
  },
}
