import { parse } from 'node-html-parser'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../../test/support/database.ts'
import { portalUrl } from '../../test/support/portal.ts'
import {
  current,
  harukaId,
  openStage,
  savings,
  type Stage,
  travel,
} from '../../test/support/portal-pages.ts'
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
const fragment = async (path: string, shown = '/claims') => {
  const cookie = [...haruka.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const headers = { cookie, 'hx-request': 'true', 'hx-current-url': portalUrl + shown }
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
    expect(headings(page)).toEqual([
      'Today 8,400 yen',
      'Within a week 5,250 yen',
      'Later 5,000 yen',
    ])
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
    expect(page.text).toContain('One of them is not shown here')
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

  it('asks for a tick where none is, and shows the same search, filter, order and page again', async () => {
    for (let count = 0; count < 102; count++) stage.order({ shop: 'Shop B Hats' })
    const query = 'account=' + travel + '&search=hats&filter=payable&sort=amount'
    const first = await open(`/claims?${query}`)
    const cursor = first.root.querySelector('button[name=cursor]')?.getAttribute('value') ?? ''
    const shown = new URLSearchParams({ ...Object.fromEntries(new URLSearchParams(query)), cursor })
    const { url } = haruka.formRequest(
      await open(`/claims?${shown}`),
      'form[action="/payments/new"]',
    )
    const page = await haruka.open(url)
    expect(page.text).toContain('Tick at least one claim first')
    const { searchParams } = new URL(page.url)
    shown.set('tick', 'first')
    expect(Object.fromEntries(searchParams)).toEqual(Object.fromEntries(shown))
    expect(page.text).toContain('2 of 102 claims on this page')
  })

  it('tells two claims of one shop apart by what was ordered and its amount', async () => {
    const numbers = [stage.order({ amountMinor: 2100n }), stage.order({ description: 'Laces' })]
    const { root } = await open('/claims')
    const told = numbers.map((number) =>
      (root.querySelector(`input[value="${number}"]`)?.getAttribute('aria-describedby') ?? '')
        .split(' ')
        .map((id) =>
          root
            .querySelectorAll(`#${id}`)
            .map((one) => one.text.trim())
            .join('?'),
        ),
    )
    expect(told).toEqual([
      [`A pair of shoes, size 24${numbers[0]}`, '2,100 yen'],
      [`Laces${numbers[1]}`, '3,150 yen'],
    ])
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

  it('is filtered, and its totals are of what it shows', async () => {
    stage.order({ days: 0, amountMinor: 8400n })
    stage.order({ days: 20, amountMinor: 5000n, isNew: true })
    stage.order({ days: 9, amountMinor: 100n })
    expect((await open('/claims?filter=near-limit')).text).toContain('1 claim found, 8,400 yen')
    const fresh = await open('/claims?filter=new')
    expect(fresh.text).toContain('1 claim found, 5,000 yen')
    expect(fresh.root.querySelector('select[name=filter] option[selected]')?.text).toBe('New')
    expect((await open('/claims?filter=payable')).text).toContain('3 claims found, 13,500 yen')
    expect((await open('/claims?filter=in-progress')).text).toContain('you have no such claim')
    expect((await open('/claims?filter=rubbish')).text).toContain('3 claims, 13,500 yen')
  })

  it('warns of the limits of all claims, whatever it shows of them', async () => {
    stage.order({ days: 0 })
    stage.order({ days: 30, shop: 'Shop B Hats' })
    expect((await open('/claims?search=hats')).text).toContain('One claim reaches its time limit')
  })

  it('goes on page by page, and ticks go along in the form', async () => {
    const numbers = Array.from({ length: 230 }, (_one, at) => stage.order({ days: 1 + at }))
    const listForm = 'form[action="/payments/new"]'
    const next = (page: VisitedPage) => {
      const button = page.root.querySelector('button[name=cursor]')
      const { url } = haruka.formRequest(page, listForm, {
        cursor: button?.getAttribute('value'),
      })
      return haruka.open(url.replace('/payments/new', button?.getAttribute('formaction') ?? ''))
    }
    const first = await open(`/claims?claim=${numbers[0]}`)
    expect(first.text).toContain('100 of 230 claims on this page')
    const second = await next(first)
    expect(second.text).toContain('100 of 230 claims on this page')
    expect(second.text).toContain('One of them is not shown here')
    const ticked150 = await haruka.open(`${second.url}&claim=${numbers[150]}`)
    const third = await next(ticked150)
    expect(third.text).toContain('30 of 230 claims on this page')
    const { url } = haruka.formRequest(third, listForm)
    const confirm = await haruka.open(url)
    expect(confirm.text).toContain(numbers[0])
    expect(confirm.text).toContain(numbers[150])
    const back = third.root.querySelectorAll('.pager button').map((one) => one.text)
    expect(back).toEqual(['First page'])
  })

  it('offers at most fifty claims at a time', async () => {
    const numbers = Array.from({ length: 51 }, () => stage.order({}))
    const page = await open(`/claims?${numbers.map((one) => `claim=${one}`).join('&')}`)
    expect(page.text).toContain('Choose up to 50 claims at a time')
  })
})

describe('the customer’s choice of accounts', () => {
  const choose = (accounts: string[], defaultAccount: string | null = null) =>
    stage.portal.mocks.claimServer.choices.set(harukaId, {
      accounts,
      defaultAccount,
      showAdverts: true,
      language: null,
    })
  const offered = (page: VisitedPage) =>
    page.root
      .querySelectorAll('.account input[name=account]')
      .map((one) => one.getAttribute('value'))
  const chosen = (page: VisitedPage) =>
    page.root.querySelector('input[name=account][checked]')?.getAttribute('value')

  it('leaves only those on the list, with their total', async () => {
    choose([savings, current])
    stage.order({})
    const page = await open('/claims')
    expect(offered(page)).toEqual([savings, current])
    expect(page.text).toContain('Accounts that pay 491,551 yen')
  })

  it('has the default chosen first, though another is cheaper', async () => {
    choose([], current)
    expect(chosen(await open(`/claims?claim=${stage.order({})}`))).toBe(current)
    expect(chosen(await open('/claims'))).toBe(current)
  })

  it('gives way to the cheapest that can pay where the default is short', async () => {
    choose([], travel)
    expect(chosen(await open(`/claims?claim=${stage.order({})}`))).toBe(savings)
  })

  it('is what the page had offered no more, once another account is cheaper', async () => {
    const hat = stage.order({ shop: 'Shop B Hats', amountMinor: 2100n })
    const empty = await open('/claims')
    expect(chosen(empty)).toBe(savings)
    const listForm = 'form[action="/payments/new"]'
    const { url } = haruka.formRequest(empty, listForm, { claim: hat })
    const repriced = await haruka.open(url.replace('/payments/new', '/claims'))
    expect(chosen(repriced)).toBe(current)
    expect(repriced.root.querySelector('.account')?.structuredText).toContain('lowest fee')
    expect((await haruka.open(url)).text).toContain('Current, Station branch')
  })

  it('by hand stays, whatever another costs', async () => {
    const hat = stage.order({ shop: 'Shop B Hats', amountMinor: 2100n })
    const listForm = 'form[action="/payments/new"]'
    const { url } = haruka.formRequest(await open('/claims'), listForm, { account: travel })
    const byHand = await haruka.open(`${url.replace('/payments/new', '/claims')}&claim=${hat}`)
    expect(chosen(byHand)).toBe(travel)
    const again = haruka.formRequest(byHand, listForm)
    expect(chosen(await haruka.open(again.url.replace('/payments/new', '/claims')))).toBe(travel)
  })

  it('never keeps anybody from paying: where none of the chosen is left, all pay', async () => {
    choose(['0901-101-1-7777777'])
    expect(offered(await open(`/claims?claim=${stage.order({})}`))).toHaveLength(3)
  })
})

describe('the advert (Fig. 18)', () => {
  const advert = (page: VisitedPage) => page.root.querySelector('.advert')?.structuredText

  it('is one line that says why it is there, and is counted', async () => {
    stage.order({ category: 'shoes' })
    const said = advert(await open('/claims'))
    expect(said).toContain('Shoe care set')
    expect(said).toContain('Advert, because: shoes')
    expect(stage.portal.mocks.claimServer.adverts[0]?.shown).toBe(1)
  })

  it('is not there when switched off, or when nothing is on the list', async () => {
    expect(advert(await open('/claims'))).toBeUndefined()
    stage.order({ category: 'shoes' })
    const page = await open('/accounts/choices')
    await haruka.submit(page, 'form[action="/accounts/choices"]', { adverts: undefined })
    expect(advert(await open('/claims'))).toBeUndefined()
    expect(stage.portal.mocks.claimServer.adverts[0]?.shown).toBe(0)
  })

  it.each(['not reachable', '503', 'malformed answer', 'answer lost'] as const)(
    'that fails (%s) is no line and no error',
    async (fault) => {
      stage.order({ category: 'shoes' })
      stage.portal.mocks.faults.claimServer.set(fault, { calls: ['chooseAdvert'] })
      const page = await open('/claims')
      expect(page.status).toBe(200)
      expect(page.text).toContain('Shop A Shoes')
      expect(advert(page)).toBeUndefined()
    },
  )

  it('that is slow does not keep the list waiting', async () => {
    stage.order({ category: 'shoes' })
    stage.portal.mocks.faults.claimServer.set('slow', { calls: ['chooseAdvert'], slowMs: 1900 })
    const before = performance.now()
    expect(advert(await open('/claims'))).toBeUndefined()
    expect(performance.now() - before).toBeLessThan(1500)
  })

  it('leads to a web address only', async () => {
    stage.order({ category: 'shoes' })
    for (const one of stage.portal.mocks.claimServer.adverts) one.url = 'javascript:alert(1)'
    expect((await open('/claims')).root.toString()).not.toContain('javascript:')
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

  it('rows bring along how many ticks they don’t show, and nothing else of the decision', async () => {
    const [shoes, hat] = [stage.order({}), stage.order({ shop: 'Shop B Hats' })]
    const hidden = async (search: string) => {
      const path = `/claims/rows?claim=${shoes}&kept=${hat}&search=${search}`
      const root = parse((await fragment(path)).html)
      expect(root.querySelector('#decision')).toBeNull()
      return root.querySelector('#decision-hidden[hx-swap-oob=true]')?.text
    }
    expect(await hidden('hats')).toBe('One of them is not shown here.')
    expect(await hidden('boots')).toBe('2 of them are not shown here.')
    expect(await hidden('')).toBe('')
    const page = await open(`/claims?claim=${shoes}&claim=${hat}&search=hats`)
    const [onPage, ...more] = page.root.querySelectorAll('#decision-hidden')
    expect(onPage?.hasAttribute('hx-swap-oob')).toBe(false)
    expect(more).toEqual([])
  })

  it('an error takes the place of the whole page, never of a part of it', async () => {
    stage.portal.mocks.faults.claimServer.set('not reachable')
    const { response, html } = await fragment('/claims/rows')
    expect(response.status).toBe(503)
    expect(response.headers.get('hx-retarget')).toBe('body')
    expect(html).toContain('Your list can’t be reached')
  })
})

describe('an error in answer to a fragment', () => {
  it.each([
    ['/claims/rows?search=hats', '/claims?search=felt'],
    ['/claims/decision?claim=1234-5678-8', '/claims?claim=1234-5678-8'],
    ['/payments/split/sums?claim=1234-5678-8', '/payments/split?claim=1234-5678-8'],
  ])('(%s) leads back to the page around it', async (path, shown) => {
    stage.portal.mocks.faults.claimServer.set('not reachable')
    const root = parse((await fragment(path, shown)).html)
    const again = root.querySelectorAll('main a').find((one) => one.text === 'Try again')
    expect(again?.getAttribute('href')).toBe(shown)
    for (const to of root.querySelectorAll('input[name=to]'))
      expect(to.getAttribute('value')).toBe(shown)
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

describe('a claim of a shop that the bank has suspended', () => {
  it('stays on the list, on hold: no box, no way to pay, and it is said why', async () => {
    const [shoes, hat] = [stage.order({}), stage.order({ shop: 'Shop B Hats' })]
    const shop = stage.portal.mocks.claimServer.claims.get(shoes)?.shop
    if (shop) shop.status = 'suspended'
    const page = await open('/claims')
    expect(page.text).toContain('on hold')
    const boxes = page.root.querySelectorAll('input[name=claim]')
    expect(boxes.map((one) => one.getAttribute('value'))).toEqual([hat])
    const own = await open(`/claims/${shoes}`)
    expect(own.text).toContain('Your bank has suspended this shop for now')
    expect(own.root.querySelector('a[href^="/payments/new"]')).toBeNull()
    expect((await open(`/payments/new?claim=${shoes}`)).text).toContain('can’t be paid now')
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
