import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { dateIn } from '#shared/dates.ts'
import { type FreshDatabase, freshDatabase } from '../../test/support/database.ts'
import { agreed, openStage, payForm, savings, type Stage } from '../../test/support/portal-pages.ts'
import type { Visitor } from '../../test/support/visitor.ts'

const hats = '0199f000-0000-7000-8000-00000000000b'
const monthSeconds = 31 * 24 * 3600

let database: FreshDatabase
let stage: Stage
let haruka: Visitor
let earlier: string
let now: string
beforeAll(async () => {
  database = await freshDatabase('bank-portal')
})
afterAll(() => database.close())

const open = (path: string) => stage.portal.open(haruka, path)
const pay = async (...numbers: string[]) => {
  const claims = numbers.map((one) => `claim=${one}`).join('&')
  const page = await open(`/payments/new?${claims}&account=${savings}`)
  await haruka.submit(page, payForm, agreed)
}
const monthNow = () => {
  const { clock, timeZone } = stage.portal.mocks.claimServer
  return dateIn(timeZone, clock.now()).slice(0, 7)
}

beforeEach(async () => {
  stage = await openStage(database.db, 'en')
  haruka = await stage.haruka()
  earlier = monthNow()
  await pay(stage.order({}), stage.order({ shop: 'Shop B Hats', amountMinor: 2100n }))
  stage.moveClock(monthSeconds)
  now = monthNow()
  await pay(stage.order({ shop: 'Shop B Hats', amountMinor: 900n, description: '=SUM(A1)' }))
})

describe('what was paid', () => {
  it('is listed by month with each month’s sum, the whole of it above', async () => {
    const page = await open('/paid')
    expect(page.text).toContain('3 claims, 6,150 yen')
    const sums = page.root.querySelectorAll('h2.group .group-sum').map((one) => one.text)
    expect(sums).toEqual(['900 yen', '5,250 yen'])
  })

  it('is shown of one month, of one shop, and of both', async () => {
    expect((await open(`/paid?month=${earlier}`)).text).toContain('2 claims, 5,250 yen')
    expect((await open(`/paid?shop=${hats}`)).text).toContain('2 claims, 3,000 yen')
    const both = await open(`/paid?month=${now}&shop=${hats}`)
    expect(both.text).toContain('1 claim, 900 yen')
    const chosen = both.root.querySelectorAll('option[selected]').map((one) => one.text)
    expect(chosen[1]).toBe('Shop B Hats')
  })

  it.each(['month=2026-13', 'month=rubbish', 'shop=1', 'cursor='])(
    'is shown whole for %s',
    async (query) => {
      expect((await open(`/paid?${query}`)).text).toContain('3 claims, 6,150 yen')
    },
  )

  it('has its totals by month and by shop, each leading to its claims', async () => {
    const page = await open('/paid/totals')
    const rows = page.root
      .querySelectorAll('tr')
      .map((row) => row.structuredText.replaceAll(/\s+/g, ' '))
    expect(rows.some((row) => row.includes('Shop B Hats 2 3,000 yen'))).toBe(true)
    expect(rows.filter((row) => row.includes('All 3 6,150 yen'))).toHaveLength(2)
    const link = page.root.querySelector(`a[href="/paid?shop=${hats}"]`)
    expect(link?.text).toBe('Shop B Hats')
  })
})

describe('the file of what was paid', () => {
  const file = async (query = '') => {
    const cookie = [...haruka.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await stage.portal.app.request(`/paid/export${query}`, { headers: { cookie } })
    const bytes = new Uint8Array(await response.arrayBuffer())
    return { response, text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes) }
  }

  it('is a CSV with a row per claim, which spreadsheets read as UTF-8', async () => {
    const { response, text } = await file()
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="paid.csv"')
    expect(text.startsWith('\ufeffPaid on,')).toBe(true)
    const lines = text.trimEnd().split('\r\n')
    expect(lines).toHaveLength(4)
    expect(lines[2]).toContain(',JPY,0901-101-1-0014471,G-')
  })

  it('has no cell that a spreadsheet takes for a formula', async () => {
    expect((await file()).text).toContain(",'=SUM(A1),")
  })

  it('holds what the page shows, and says so in its name', async () => {
    const { response, text } = await file(`?month=${earlier}`)
    expect(text.trimEnd().split('\r\n')).toHaveLength(3)
    expect(response.headers.get('content-disposition')).toContain(`paid-${earlier}.csv`)
  })

  it('goes on over every page of the claim server', async () => {
    const numbers = Array.from({ length: 205 }, () => stage.order({ amountMinor: 1n }))
    for (const number of numbers) {
      const claim = stage.portal.mocks.claimServer.claims.get(number)
      if (claim) Object.assign(claim, { status: 'settled', settledAt: new Date() })
    }
    expect((await file()).text.trimEnd().split('\r\n')).toHaveLength(1 + 3 + 205)
  })

  it('is an error page while the claim server does not answer, never half a file', async () => {
    stage.portal.mocks.faults.claimServer.set('not reachable', { calls: ['listClaims'] })
    const { response, text } = await file()
    expect(response.status).toBe(503)
    expect(text).toContain('<!doctype html>')
  })
})
