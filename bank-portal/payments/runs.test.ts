import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../../test/support/database.ts'
import {
  agreed,
  current,
  openStage,
  payForm,
  savings,
  type Stage,
  travel,
} from '../../test/support/portal-pages.ts'
import type { VisitedPage, Visitor } from '../../test/support/visitor.ts'

let database: FreshDatabase
let stage: Stage
let haruka: Visitor
let shoes: string
let hat: string
beforeAll(async () => {
  database = await freshDatabase('bank-portal')
})
afterAll(() => database.close())
beforeEach(async () => {
  stage = await openStage(database.db, 'en')
  haruka = await stage.haruka()
  shoes = stage.order({})
  hat = stage.order({ shop: 'Shop B Hats', description: 'Felt hat', amountMinor: 2100n, days: 4 })
})

const open = (path: string) => stage.portal.open(haruka, path)
const balance = (account: string) =>
  stage.portal.mocks.core.accounts.get(account)?.balanceMinor ?? 0n
const statusOf = (number: string) => stage.portal.mocks.claimServer.claims.get(number)?.status
const claims = (...numbers: string[]) => numbers.map((one) => `claim=${one}`).join('&')
const fromTwo = () => `${claims(shoes, hat)}&from-${shoes}=${savings}&from-${hat}=${current}`
const confirm = () => open(`/payments/new?${fromTwo()}`)
const contents = (page: VisitedPage) =>
  page.root.querySelectorAll('input[name=content]').map((one) => one.getAttribute('value') ?? '')

describe('paying from two accounts', () => {
  it('is chosen claim by claim, confirmed once, and paid by each account', async () => {
    const one = await open(`/payments/new?${claims(shoes, hat)}&account=${savings}`)
    const way = one.root
      .querySelectorAll('a')
      .find((link) => link.text === 'Pay from several accounts')
    const split = await open(way?.getAttribute('href') ?? '')
    expect(split.root.querySelectorAll('select')).toHaveLength(2)
    const splitForm = 'form[action="/payments/new"]'
    const confirmation = await haruka.submit(split, splitForm, { [`from-${hat}`]: current })
    expect(confirmation.text).toContain('You pay 2 claims from 2 accounts')
    expect(confirmation.text).toContain('Pay 5,250 yen')
    const result = await haruka.submit(confirmation, payForm, agreed)
    expect(result.url).toMatch(/\/payments\/run\?id=[\w-]+&id=[\w-]+$/)
    expect(result.text).toContain('2 claims paid')
    expect(balance(savings)).toBe(355_750n)
    expect(balance(current)).toBe(130_551n)
    const runs = new Set([...stage.portal.mocks.claimServer.payments.values()].map((p) => p.runId))
    expect(runs.size).toBe(1)
  })

  it('keeps its payment ids over a reload, and a change of accounts gets new ones', async () => {
    const page = await confirm()
    expect(new URL(page.url).searchParams.getAll('id')).toHaveLength(2)
    expect(contents(await haruka.open(page.url))).toEqual(contents(page))
    const all = new URL(page.url)
    all.searchParams.set(`from-${hat}`, savings)
    expect(new URL((await haruka.open(all.href)).url).searchParams.getAll('id')).toHaveLength(1)
  })

  it('sent again is the same run', async () => {
    const page = await confirm()
    const first = await haruka.submit(page, payForm, agreed)
    const second = await haruka.submit(page, payForm, agreed)
    expect(second.url).toBe(first.url)
    expect((await haruka.open(page.url)).url).toBe(first.url)
    expect(balance(savings)).toBe(355_750n)
    expect(balance(current)).toBe(130_551n)
  })

  it('asks one password: the number of either account will do, another’s will not', async () => {
    const page = await confirm()
    const wrong = await haruka.submit(page, payForm, { ...agreed, accountNumber: '0033310' })
    expect(wrong.status).toBe(401)
    expect(wrong.text).toContain('4 tries are left')
    const paid = await haruka.submit(wrong, payForm, { ...agreed, accountNumber: '0020926' })
    expect(paid.text).toContain('2 claims paid')
  })

  it('shows a result per account: one short meanwhile pays nothing, the other is paid', async () => {
    const page = await confirm()
    stage.portal.mocks.core.setBalance(current, 100n)
    const result = await haruka.submit(page, payForm, agreed)
    expect(result.text).toContain('1 of 2 payments executed')
    expect(result.text).toContain('The balance was short by 2,000 yen')
    expect([statusOf(shoes), statusOf(hat)]).toEqual(['settled', 'unsettled'])
    expect(balance(current)).toBe(100n)
    const again = result.root
      .querySelectorAll('a')
      .find((link) => link.text.includes('Choose again what was not paid'))
    expect(again?.getAttribute('href')).toBe(`/claims?claim=${hat}`)
  })

  it('in doubt is shown account by account, asks for itself, and finds its end', async () => {
    stage.portal.mocks.faults.core.set('answer lost', { calls: ['executePayment'], times: 1 })
    const result = await haruka.submit(await confirm(), payForm, agreed)
    expect(result.text).toContain('Your bank is executing the payments')
    expect(result.text).toContain('in progress')
    const asks = result.root.querySelector('[hx-trigger="every 2s"]')?.getAttribute('hx-get') ?? ''
    await stage.portal.mocks.claimServer.resolve()
    const part = await open(asks)
    expect(part.root.toString()).toContain('2 claims paid')
    expect(part.root.querySelector('[hx-trigger]')).toBeNull()
  })

  it('never holds one part without the other', async () => {
    const page = await confirm()
    stage.portal.mocks.claimServer.setStatus(hat, 'cancelled')
    const result = await haruka.submit(page, payForm, agreed)
    expect(result.status).toBe(409)
    expect(statusOf(shoes)).toBe('unsettled')
    expect(balance(savings)).toBe(358_900n)
  })

  it('names the account that is short, and nothing is held', async () => {
    const query = fromTwo().replace(current, travel)
    const page = await open(`/payments/new?${query}`)
    expect(page.text).toContain('Travel •••• 3310 is short by 900 yen')
    expect(page.root.querySelector(payForm)).toBeNull()
    const split = page.root.querySelector('a[href^="/payments/split?"]')?.getAttribute('href') ?? ''
    expect((await open(split)).root.querySelectorAll('option[selected]')[1]?.text).toContain('3310')
  })

  it('with one content bent is refused whole', async () => {
    const page = await confirm()
    const [first = '', second = ''] = contents(page)
    for (const content of [[first], [first, second.replace('2100', '2101')], [first, first]]) {
      const bent = await haruka.submit(page, payForm, { ...agreed, content })
      expect(bent.status).toBe(422)
    }
    expect(balance(savings)).toBe(358_900n)
  })

  it('leaves out what can’t be paid any more', async () => {
    stage.portal.mocks.claimServer.setStatus(hat, 'expired')
    const page = await confirm()
    expect(page.text).toContain('One of the claims you chose can’t be paid any more')
    expect(contents(page)).toHaveLength(1)
  })
})

describe('the page that splits a payment', () => {
  it('prices each account again by itself, and the address follows', async () => {
    const cookie = [...haruka.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await stage.portal.app.request(
      `/payments/split/sums?${fromTwo().replace(current, travel)}`,
      { headers: { cookie, 'hx-request': 'true' } },
    )
    const html = await response.text()
    expect(html).toMatch(/^<div id="split-sums"/)
    expect(html).toContain('Short by')
    expect(response.headers.get('hx-replace-url')).toContain(`from-${hat}=${travel}`)
  })

  it('offers the customer’s accounts alone', async () => {
    const page = await open(`/payments/split?${claims(shoes, hat)}&from-${hat}=0901-202-1-0047215`)
    expect(page.root.querySelectorAll('option[value="0901-202-1-0047215"]')).toHaveLength(0)
  })

  it('has nothing to split without claims', async () => {
    expect((await open('/payments/split')).text).toContain('Tick at least one claim first')
  })
})

describe('a run’s result', () => {
  it('of another customer looks like one that was never started', async () => {
    const { url } = await haruka.submit(await confirm(), payForm, agreed)
    const kenji = await stage.portal.signedIn('kenji.t')
    const page = await kenji.open(url)
    expect(page.status).toBe(404)
    expect(page.text).toContain('This payment was not started')
  })

  it('does not mix payments of two confirmations', async () => {
    const one = await haruka.submit(await open(`/payments/new?${claims(shoes)}`), payForm, agreed)
    const two = await haruka.submit(await open(`/payments/new?${claims(hat)}`), payForm, agreed)
    const ids = [one, two].map(({ url }) => url.split('/').at(-1))
    const page = await open(`/payments/run?id=${ids[0]}&id=${ids[1]}`)
    expect(page.text).toContain('Shop A Shoes')
    expect(page.text).not.toContain('Shop B Hats')
  })

  it.each(['', '?id=rubbish', '?id='])(
    'with no payment in its address is none: %s',
    async (query) => {
      expect((await open(`/payments/run${query}`)).status).toBe(404)
    },
  )
})

describe('a balance that is short', () => {
  it('names what broke it and offers, by one button, the part that it can pay', async () => {
    const table = stage.order({
      shop: 'Shop C Furniture',
      description: 'Oak side table',
      amountMinor: 8400n,
      days: 3,
    })
    stage.portal.mocks.core.setBalance(savings, 6000n)
    const page = await open(`/payments/new?${claims(hat, table, shoes)}&account=${savings}`)
    expect(page.text).toContain('The balance is enough for 2 of 3 claims')
    expect(page.text).toContain('Shop C Furniture: Oak side table, 8,400 yen')
    const button = page.root.querySelectorAll('a.button.is-primary')
    expect(button.map((one) => one.text)).toEqual(['Check and pay 2 claims, 5,360 yen'])
    const confirmation = await open(button[0]?.getAttribute('href') ?? '')
    const result = await haruka.submit(confirmation, payForm, agreed)
    expect(result.text).toContain('2 claims paid')
    expect(balance(savings)).toBe(640n)
    expect(statusOf(table)).toBe('unsettled')
  })

  it('has its rest paid from another account', async () => {
    stage.portal.mocks.core.setBalance(savings, 4000n)
    const page = await open(`/payments/new?${claims(shoes, hat)}&account=${savings}`)
    const way = page.root.querySelector('a[href^="/payments/split?"]')?.getAttribute('href') ?? ''
    const confirmation = await haruka.submit(await open(way), 'form[action="/payments/new"]')
    await haruka.submit(confirmation, payForm, agreed)
    expect([statusOf(shoes), statusOf(hat)]).toEqual(['settled', 'settled'])
    expect(balance(savings)).toBe(850n)
  })

  it('that pays not even the first offers no part', async () => {
    const page = await open(`/payments/new?${claims(shoes)}&account=${travel}`)
    expect(page.text).not.toContain('enough for')
    expect(page.text).toContain('From another account')
  })

  it('found only at the execution leads to the part as well', async () => {
    const page = await open(`/payments/new?${claims(shoes, hat)}&account=${savings}`)
    stage.portal.mocks.core.setBalance(savings, 4000n)
    const refused = await haruka.submit(page, payForm, agreed)
    expect(refused.text).toContain('None of the 2 claims was paid')
    const way = refused.root
      .querySelectorAll('a')
      .find((link) => link.text === 'See which of them can be paid')
    expect((await open(way?.getAttribute('href') ?? '')).text).toContain('enough for 1 of 2 claims')
  })
})

describe('claims of one payee', () => {
  it('are one transfer with one fee, and the confirmation says what that saves', async () => {
    const laces = stage.order({ description: 'Laces', amountMinor: 1480n })
    const page = await open(`/payments/new?${claims(shoes, laces)}&account=${current}`)
    expect(page.text).toContain('One transfer for 2 claims, which saves 110 yen')
    expect(page.text).toContain('Saved by paying together 110 yen')
  })

  it('have their group number on the payment record', async () => {
    const page = await open(`/payments/new?${claims(shoes)}`)
    await haruka.submit(page, payForm, agreed)
    expect((await open(`/paid/${shoes}`)).text).toMatch(/Group number G-[0-9A-Z]+/)
  })

  it('are up to fifty in one run, however many accounts pay', async () => {
    const numbers = Array.from({ length: 50 }, () => stage.order({ amountMinor: 10n }))
    const fifty = await open(`/payments/new?${claims(...numbers)}&account=${savings}`)
    expect(fifty.text).toContain('You pay 50 claims')
    const many = `${claims(shoes, ...numbers)}&account=${savings}&from-${shoes}=${current}`
    expect((await open(`/payments/new?${many}`)).text).toContain('Choose up to 50 claims at a time')
  })
})
