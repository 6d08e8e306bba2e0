import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../../test/support/database.ts'
import { portalUrl } from '../../test/support/portal.ts'
import { current, openStage, savings, type Stage, travel } from '../../test/support/portal-pages.ts'
import type { VisitedPage, Visitor } from '../../test/support/visitor.ts'

let database: FreshDatabase
let stage: Stage
let haruka: Visitor
beforeAll(async () => {
  database = await freshDatabase('bank-portal')
})
afterAll(() => database.close())
beforeEach(async () => {
  stage = await openStage(database.db, 'en')
  haruka = await stage.haruka()
})

const open = (path: string) => stage.portal.open(haruka, path)
const headings = (page: VisitedPage) =>
  page.root
    .querySelectorAll('h2.group')
    .map((one) => one.childNodes.map((part) => part.text).join(' '))
const ticked = (page: VisitedPage) =>
  page.root.querySelectorAll('input[name=claim][checked]').map((one) => one.getAttribute('value'))
const fragment = async (path: string) => {
  const cookie = [...haruka.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const headers = { cookie, 'hx-request': 'true', 'hx-current-url': `${portalUrl}/claims` }
  const response = await stage.portal.app.request(path, { headers })
  return { response, html: await response.text() }
}

describe('the list', () => {
  it('answers what is due when: groups by urgency, each with its sum', async () => {
    stage.order({ days: 0, amountMinor: 8400n })
    stage.order({ days: 1 })
    stage.order({ days: 6, amountMinor: 2100n })
    stage.order({ days: 7, amountMinor: 5000n })
    const page = await open('/claims')
    expect(headings(page)).toEqual(['Today 8,400 yen', 'This week 5,250 yen', 'Later 5,000 yen'])
    expect(page.text).toContain('4 claims, 18,650 yen')
    expect(page.text).toContain('One claim reaches its time limit today')
  })

  it('shows the accounts with their balances and total (Fig. 20)', async () => {
    stage.order({})
    const page = await open('/claims')
    for (const text of ['358,900 yen', '132,651 yen', '1,200 yen', 'All accounts 492,751 yen'])
      expect(page.text).toContain(text)
  })

  it('prices what is ticked for every account, in ascending fee, with the balance after', async () => {
    const number = stage.order({})
    const page = await open(`/claims?claim=${number}`)
    const cards = page.root.querySelectorAll('.account').map((one) => one.structuredText)
    expect(cards[0]).toContain('Savings')
    expect(cards[0]).toContain('lowest fee')
    expect(cards[0]).toContain('355,750 yen')
    expect(cards[2]).toContain('short by 2,060 yen')
    expect(page.text).toContain('Check and pay 3,150 yen')
  })

  it('keeps ticks and account over a search that does not show them', async () => {
    const shoes = stage.order({})
    const hat = stage.order({ shop: 'Shop B Hats', description: 'Felt hat', amountMinor: 2100n })
    const page = await open(`/claims?claim=${shoes}&claim=${hat}&account=${current}&search=felt`)
    expect(ticked(page)).toEqual([hat])
    expect(page.text).toContain('Pay 2 claims from')
    expect(page.text).toContain('1 claim of them not shown')
    const { url } = haruka.formRequest(page, 'form[action="/payments/new"]')
    const check = await haruka.open(url)
    expect(check.text).toContain(shoes)
    expect(check.text).toContain(hat)
    expect(check.text).toContain('Current, Station branch')
  })

  it('sorts by amount, shop and date of order', async () => {
    stage.order({ shop: 'Shop B Hats', amountMinor: 2100n, days: 1, daysAgo: 3 })
    stage.order({ shop: 'Shop A Shoes', amountMinor: 8400n, days: 9, daysAgo: 1 })
    const firstOf = async (sort: string) =>
      (await open(`/claims?sort=${sort}`)).root.querySelector('.row-name')?.text
    expect(await firstOf('time-limit')).toBe('Shop B Hats')
    expect(await firstOf('amount')).toBe('Shop A Shoes')
    expect(await firstOf('shop')).toBe('Shop A Shoes')
    expect(await firstOf('ordered-on')).toBe('Shop A Shoes')
    expect(await firstOf('rubbish')).toBe('Shop B Hats')
  })

  it('“not now” leaves without paying (Fig. 21)', async () => {
    const number = stage.order({})
    const page = await open(`/claims?claim=${number}`)
    const link = page.root.querySelectorAll('.decision a').find((one) => one.text === 'Not now')
    expect(link?.getAttribute('href')).toBe('/')
    expect(stage.portal.mocks.claimServer.claims.get(number)?.status).toBe('unsettled')
  })

  it('is shown without balances while the core is away, and says that nothing was paid', async () => {
    stage.order({})
    stage.portal.mocks.faults.core.set('not reachable')
    const page = await open('/claims')
    expect(page.status).toBe(200)
    expect(page.text).toContain('Shop A Shoes')
    expect(page.text).toContain('Nothing was paid')
    expect(page.root.querySelector('.decision button')).toBeNull()
  })

  it('chooses the cheapest account that can pay, not the cheapest that can’t', async () => {
    stage.portal.mocks.core.setBalance(savings, 10n)
    const page = await open(`/claims?claim=${stage.order({})}`)
    expect(page.root.querySelector('input[name=account][checked]')?.getAttribute('value')).toBe(
      current,
    )
  })

  it.each(['%00', '"><script>', '%E0%A4%A', 'a'.repeat(300)])(
    'takes any search text: %s',
    async (search) => {
      stage.order({})
      expect((await open(`/claims?search=${search}`)).status).toBe(200)
    },
  )

  it('drops ticks that are no order numbers', async () => {
    stage.order({})
    expect((await open('/claims?claim=zzz&claim=1234-5678-8')).status).toBe(200)
  })

  it('offers at most fifty claims at a time', async () => {
    const numbers = Array.from({ length: 51 }, () => stage.order({}))
    const page = await open(`/claims?${numbers.map((one) => `claim=${one}`).join('&')}`)
    expect(page.text).toContain('Choose up to 50 claims at a time')
  })
})

describe('with htmx', () => {
  it('the decision alone is priced again, and the address follows', async () => {
    const number = stage.order({})
    const { response, html } = await fragment(`/claims/decision?claim=${number}&account=${travel}`)
    expect(html).toMatch(/^<aside class="decision" id="decision"/)
    expect(html).toContain('short by 2,060 yen')
    expect(response.headers.get('hx-replace-url')).toBe(`/claims?claim=${number}&account=${travel}`)
  })

  it('the rows alone are searched and sorted, and ticks are kept', async () => {
    const [shoes, hat] = [stage.order({}), stage.order({ shop: 'Shop B Hats' })]
    const { response, html } = await fragment(`/claims/rows?claim=${shoes}&search=hats&sort=amount`)
    expect(html).toMatch(/^<div id="claim-rows">/)
    expect(html).toContain(hat)
    expect(html).toContain(`<input type="hidden" name="kept" value="${shoes}"`)
    expect(response.headers.get('hx-replace-url')).toBe(
      `/claims?claim=${shoes}&search=hats&sort=amount`,
    )
  })

  it('an error takes the place of the whole page, never of a part of it', async () => {
    stage.portal.mocks.faults.claimServer.set('not reachable')
    const { response, html } = await fragment('/claims/rows')
    expect(response.status).toBe(503)
    expect(response.headers.get('hx-retarget')).toBe('body')
    expect(html).toContain('Your list can’t be reached')
  })
})

describe('a claim’s page', () => {
  it('shows goods, dates, the shop’s contact, and the history in words', async () => {
    const number = stage.order({ days: 1 })
    const page = await open(`/claims/${number}`)
    for (const text of [
      'A pair of shoes, size 24',
      number,
      'tomorrow',
      '03-5555-0101',
      'Order received from the shop',
      'You accepted the order',
    ])
      expect(page.text).toContain(text)
    expect(page.root.querySelector(`a[href="/payments/new?claim=${number}"]`)).not.toBeNull()
  })

  it('is found by the number as people write it', async () => {
    const number = stage.order({})
    const typed = number.toLowerCase().replaceAll('-', '')
    expect((await open(`/claims/${typed}`)).text).toContain(number)
  })

  it('has no way to pay once the time limit has passed', async () => {
    const number = stage.order({ days: -1 })
    stage.portal.mocks.claimServer.setStatus(number, 'expired')
    const page = await open(`/claims/${number}`)
    expect(page.text).toContain('can’t be paid now')
    expect(page.root.querySelector('a[href^="/payments/new"]')).toBeNull()
  })
})

describe('hostile words of a shop', () => {
  const hostile = '<script>alert(1)</script>"\'><img src=x onerror=alert(2)>'

  it('are words on every page that shows them', async () => {
    const shop = stage.portal.mocks.claimServer.claims.get(stage.order({}))?.shop
    if (shop) Object.assign(shop, { name: hostile, website: 'javascript:alert(3)', phone: hostile })
    const number = stage.order({ shop: hostile, description: hostile })
    const confirm = await open(`/payments/new?claim=${number}&account=${savings}`)
    const pages = [
      confirm,
      await open('/'),
      await open(`/claims?claim=${number}`),
      await open(`/claims?search=${encodeURIComponent(hostile)}`),
      await open(`/claims/${number}`),
      await haruka.submit(confirm, 'form[action="/payments"]', {
        accountNumber: '0014471',
        password: 'maple-harbour-17',
      }),
      await open('/paid'),
      await open(`/paid/${number}`),
      await open(`/paid?search=${encodeURIComponent(hostile)}`),
    ]
    for (const page of pages) {
      expect(page.status).toBe(200)
      const html = page.root.toString()
      expect(html).toContain('&lt;script&gt;')
      expect(page.root.querySelectorAll('script:not([src^="/assets/"])')).toHaveLength(0)
      expect(page.root.querySelectorAll('[onerror], img')).toHaveLength(0)
      expect(html).not.toContain('href="javascript:')
    }
  })
})
