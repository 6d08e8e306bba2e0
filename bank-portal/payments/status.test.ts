import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../../test/support/database.ts'
import {
  agreed,
  confirmPath,
  current,
  openStage,
  payForm,
  payInDoubt,
  savings,
  type Stage,
} from '../../test/support/portal-pages.ts'
import type { VisitedPage, Visitor } from '../../test/support/visitor.ts'

let database: FreshDatabase
let stage: Stage
let haruka: Visitor
beforeAll(async () => {
  database = await freshDatabase('bank-portal')
})
afterAll(() => database.close())

const openIn = async (language: 'en' | 'ja') => {
  stage = await openStage(database.db, language)
  haruka = await stage.haruka()
}
beforeEach(() => openIn('en'))

const open = (path: string) => stage.portal.open(haruka, path)
const claimServer = () => stage.portal.mocks.claimServer
const pay = async (numbers: string[], account = savings) =>
  haruka.submit(await open(confirmPath(numbers, account)), payForm, agreed)
const payShort = async (numbers: string[]) => {
  const { core } = stage.portal.mocks
  const page = await open(confirmPath(numbers))
  core.setBalance(savings, 100n)
  const refused = await haruka.submit(page, payForm, agreed)
  core.setBalance(savings, 358_900n)
  return refused
}
const payFromTwo = async (shoes: string, hat: string, short: readonly string[]) => {
  const { core } = stage.portal.mocks
  const from = `from-${shoes}=${savings}&from-${hat}=${current}`
  const page = await open(`/payments/new?claim=${shoes}&claim=${hat}&${from}`)
  const balances = short.map((account) => [account, core.accounts.get(account)?.balanceMinor])
  for (const account of short) core.setBalance(account, 100n)
  const result = await haruka.submit(page, payForm, agreed)
  for (const [account, balance] of balances) core.setBalance(`${account}`, BigInt(balance ?? 0n))
  return result
}

const again = (page: VisitedPage) => haruka.open(page.url)
const past = 'it never will be. What became of its claims is shown below'

describe('the page of a payment that was refused', () => {
  it('says that its claims are open again only while all of them are', async () => {
    const [shoes, hat] = [stage.order({}), stage.order({ shop: 'Shop B Hats' })]
    const refused = await payShort([shoes, hat])
    expect(refused.text).toContain('They are open again in your list')
    await pay([shoes])
    const old = await again(refused)
    expect(old.text).not.toContain('open again')
    expect(old.text).toContain(past)
    expect(old.text).toContain('The balance was short')
    expect(old.root.querySelector(`#claim-${shoes} .chip`)?.text).toBe('paid')
    expect(old.root.querySelector(`#claim-${hat} .chip`)?.text).toBe('to pay')
  })

  it.each([
    [1, 'ご請求は支払われていません。'],
    [2, '2件のご請求は、いずれも支払われていません。'],
  ])('of %i claims says so in Japanese', async (count, said) => {
    await openIn('ja')
    const refused = await payShort(Array.from({ length: count }, () => stage.order({})))
    expect(refused.text).toContain(said)
  })
})

describe('the page of a payment that was voided', () => {
  it.each(['settled', 'expired', 'cancelled'] as const)(
    'does not call a claim open that is %s by now',
    async (status) => {
      const { page, number } = await payInDoubt(stage, 'not reachable')
      await claimServer().resolve({ evenBeforeSubmitBefore: true })
      expect((await again(page)).text).toContain('Your claims are open again')
      claimServer().setStatus(number, status)
      const old = await again(page)
      expect(old.text).toContain(past)
      expect(old.text).not.toMatch(/open again|time limit meanwhile/)
    },
  )
})

describe('the page of a run', () => {
  it.each([
    [
      [savings, current],
      'Your claims are open again',
      'None of the payments was executed, and none',
    ],
    [[current], 'open again in your list', 'What became of the claims that were not paid'],
  ])('of which %j were short says what is open again while it is', async (short, now, later) => {
    const [shoes, hat] = [stage.order({}), stage.order({ shop: 'Shop B Hats' })]
    const result = await payFromTwo(shoes, hat, short)
    expect(result.text).toContain(now)
    await pay([hat])
    const old = await again(result)
    expect(old.text).toContain(later)
    expect(old.text).not.toContain('open again')
  })
})

describe('the page of a run with a payment for a claim that was no longer open', () => {
  it.each([
    ['and nothing else', [], '2 of 2 payments executed'],
    ['and an unpaid one', [current], '1 of 2 payments executed'],
  ])('%s never says that nothing was executed', async (_name, short, title) => {
    const [shoes, hat] = [stage.order({}), stage.order({ shop: 'Shop B Hats' })]
    stage.portal.mocks.faults.claimServer.set('not reachable', { calls: ['completePayment'] })
    const { url } = await payFromTwo(shoes, hat, short)
    stage.portal.mocks.faults.claimServer.clear()
    claimServer().setStatus(shoes, 'expired')
    await claimServer().resolve({ evenBeforeSubmitBefore: true })
    const result = await haruka.open(url)
    expect(result.text).toContain(title)
    expect(result.text).toContain('for a claim that was no longer open')
    expect(result.text).not.toContain('None of the payments')
  })
})

it.each([
  ['en', 'Still to pay: 2,100 yen'],
  ['ja', 'お支払い待ち：2,100円'],
] as const)('a paid one says what is left, in %s', async (language, said) => {
  await openIn(language)
  const shoes = stage.order({})
  stage.order({ shop: 'Shop B Hats', amountMinor: 2100n })
  expect((await pay([shoes])).text).toContain(said)
})
