import { randomUUIDv7 } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { digestOf, paymentContent } from '#shared/contracts/payment-content.ts'
import { toJson } from '#shared/json.ts'
import type { Fault, NewMockOrder } from '../../test/mocks/index.ts'
import { type FreshDatabase, freshDatabase } from '../../test/support/database.ts'
import { portalUrl } from '../../test/support/portal.ts'
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
import { signInTexts } from '../sign-in/texts.ts'
import { paymentsTexts } from './texts.ts'

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

const order = (more: Partial<NewMockOrder> = {}) => stage.order(more)
const core = () => stage.portal.mocks.core
const claimServer = () => stage.portal.mocks.claimServer
const balance = (account = savings) => core().accounts.get(account)?.balanceMinor
const open = (path: string) => stage.portal.open(haruka, path)
const confirm = (numbers: string[], account = savings) =>
  open(`/payments/new?${numbers.map((one) => `claim=${one}`).join('&')}&account=${account}`)
const submit = (page: VisitedPage, fields: Record<string, string> = agreed) =>
  haruka.submit(page, payForm, fields)
const pay = async (...numbers: string[]) => submit(await confirm(numbers))
const contentOf = (page: VisitedPage) => {
  const value = page.root.querySelector('input[name=content]')?.getAttribute('value') ?? ''
  return paymentContent.parse(JSON.parse(value.replaceAll('&quot;', '"')))
}
const executed = () => [...core().receipts.values()].filter((one) => one.result === 'executed')
const breakCore = (fault: Fault, ...calls: string[]) =>
  stage.portal.mocks.faults.core.set(fault, { calls })
const breakClaimServer = (fault: Fault, ...calls: string[]) =>
  stage.portal.mocks.faults.claimServer.set(fault, { calls })

describe('without JavaScript', () => {
  it('a customer ticks two shops’ claims, recalculates, confirms, pays, and prints the record', async () => {
    const [shoes, hat] = [order(), order({ shop: 'Shop B Hats', amountMinor: 2100n })]
    const list = await open('/claims')
    const boxes = list.root.querySelectorAll('input[name=claim]')
    expect(new Set(boxes.map((box) => box.getAttribute('value')))).toEqual(new Set([shoes, hat]))
    const recalculate = list.root.querySelector('button[formaction="/claims"].tools-go')
    expect(recalculate).not.toBeNull()
    const { url } = haruka.formRequest(list, 'form[action="/payments/new"]', {
      claim: [shoes, hat],
      account: current,
    })
    const priced = await haruka.open(url.replace('/payments/new', '/claims'))
    expect(priced.text).toContain('Pay 2 claims from')
    expect(priced.text).toContain('5,360 yen')
    const check = await haruka.submit(priced, 'form[action="/payments/new"]')
    expect(check.text).toContain('Current, Station branch')
    const result = await haruka.submit(check, payForm, { ...agreed, accountNumber: '0020926' })
    expect(result.url).toContain('/payments/')
    expect(result.text).toContain('Paid 5,360 yen')
    expect(result.text).toContain('Balance now 127,291 yen')
    const record = await open(`/paid/${shoes}`)
    expect(record.text).toContain('Payment record')
    expect(record.text).toContain(shoes)
    expect(record.text).not.toContain(hat)
  })

  it('a payment that is open reloads its page by itself', async () => {
    breakCore('answer lost', 'executePayment')
    const page = await pay(order())
    expect(page.root.toString()).toContain('<noscript><meta http-equiv="refresh" content="3"')
  })
})

describe('the confirmation', () => {
  it('shows everything that D covers, and what is left after', async () => {
    const page = await confirm([order(), order({ shop: 'Shop B Hats', amountMinor: 2100n })])
    const content = contentOf(page)
    for (const claim of content.claims) {
      expect(page.text).toContain(claim.orderNumber)
      expect(page.text).toContain(claim.payeeHolder)
      expect(page.text).toContain(claim.payeeAccount.slice(-7))
    }
    expect(page.text).toContain('Day of payment')
    expect(page.text).toContain('Fee of this transfer110 yen')
    expect(page.text).toContain('Total 5,360 yen')
    expect(page.text).toContain('Balance after 353,540 yen')
    expect(digestOf(content)).toBe(
      page.root.querySelector('input[name=digest]')?.getAttribute('value'),
    )
  })

  it('keeps its payment id over a reload, so that a second tab is the same payment', async () => {
    const page = await confirm([order()])
    const again = await haruka.open(page.url)
    expect(contentOf(again).paymentId).toBe(contentOf(page).paymentId)
  })

  it('without a tick leads back to the list and says so', async () => {
    order()
    const page = await open('/payments/new')
    expect(page.url).toContain('/claims')
    expect(page.text).toContain('Tick at least one claim first')
  })

  it('on a short balance says by how much, what else can pay, and holds nothing', async () => {
    const number = order()
    const page = await confirm([number], travel)
    expect(page.text).toContain('short by 2,060 yen')
    expect(page.text).toContain('Nothing was paid, and nothing is held')
    expect(page.text).toContain('Savings, Harbour branch')
    expect(page.root.querySelector(payForm)).toBeNull()
    expect(claimServer().claims.get(number)?.status).toBe('unsettled')
  })

  it('says that no account is open for payments, where none is, and not that the claims can’t be paid', async () => {
    const number = order()
    for (const one of core().accounts.values()) one.closed = true
    const page = await open(`/payments/new?claim=${number}`)
    expect(page.status).toBe(409)
    expect(page.root.querySelector('h1')?.text).toBe('No account to pay from')
    expect(page.text).toContain('None of your accounts is open for payments')
    expect(page.text).not.toContain('time limit')
  })

  it('leaves out what can’t be paid any more, and says so', async () => {
    const [shoes, hat] = [order(), order({ shop: 'Shop B Hats' })]
    claimServer().setStatus(hat, 'cancelled')
    const page = await confirm([shoes, hat])
    expect(page.text).toContain('It is left out here')
    expect(contentOf(page).claims.map((one) => one.orderNumber)).toEqual([shoes])
  })
})

describe('a wrong password', () => {
  it('pays nothing, says how many tries are left, and leads to the payment’s status', async () => {
    const page = await confirm([order()])
    const refused = await submit(page, { ...agreed, password: 'wrong' })
    expect(refused.status).toBe(401)
    expect(refused.text).toContain('These details were not accepted')
    expect(refused.text).toContain('4 tries are left')
    expect(refused.text).not.toContain('Nothing was paid')
    const { paymentId } = contentOf(page)
    expect(refused.root.querySelector(`a[href="/payments/${paymentId}"]`)).not.toBeNull()
    expect(balance()).toBe(358_900n)
  })

  it('or account number can be corrected on the page itself, for the same payment', async () => {
    const page = await confirm([order()])
    const refused = await submit(page, { ...agreed, accountNumber: '0020926' })
    expect(refused.status).toBe(401)
    const result = await submit(refused)
    expect(result.text).toContain('Paid 3,150 yen')
    expect(result.url).toContain(contentOf(page).paymentId)
  })

  it.each(['en', 'ja'] as const)('is called what it is called at sign-in, in %s', (language) => {
    const { confirm } = paymentsTexts(language)
    const signIn = signInTexts(language)
    expect(confirm.password).toBe(signIn.password)
    expect(confirm.mistakes.password).toBe(signIn.mistakes.password)
  })

  it.each([
    ['en', 'These details were not accepted The account number or the password does not match.'],
    ['ja', '入力内容をご確認ください 口座番号またはログインパスワードが正しくありません。'],
  ] as const)('is not blamed where the number may be wrong, in %s', async (language, said) => {
    stage = await openStage(database.db, language)
    haruka = await stage.haruka()
    const page = await confirm([order()])
    expect((await submit(page, { ...agreed, accountNumber: '0020926' })).text).toContain(said)
  })

  it('five times locks payments, and the right one is refused then', async () => {
    const page = await confirm([order()])
    for (let tries = 0; tries < 5; tries++) await submit(page, { ...agreed, password: 'wrong' })
    const locked = await submit(page)
    expect(locked.status).toBe(423)
    expect(locked.text).toContain('Payments are locked')
    expect(balance()).toBe(358_900n)
  })

  it('that is none is asked for again, and no try is counted', async () => {
    const page = await submit(await confirm([order()]), { accountNumber: '12', password: '' })
    expect(page.status).toBe(422)
    expect(page.root.querySelectorAll('.field.has-error')).toHaveLength(2)
    expect(page.text).toContain('Check and pay')
    expect((await submit(page, { ...agreed, password: 'no' })).text).toContain('4 tries are left')
  })
})

describe('the same payment again', () => {
  it('thirty times at once is executed once, and every answer leads to its status', async () => {
    const page = await confirm([order()])
    const { url, init } = haruka.formRequest(page, payForm, agreed)
    const answers = await Promise.all(Array.from({ length: 30 }, () => haruka.send(url, init)))
    for (const answer of answers) {
      expect(answer.status).toBe(200)
      expect(answer.url).toBe(`${portalUrl}/payments/${contentOf(page).paymentId}`)
    }
    expect(executed()).toHaveLength(1)
    expect(balance()).toBe(355_750n)
  })

  it('is never asked for a password: a known id leads to its status page', async () => {
    const page = await confirm([order()])
    await submit(page)
    for (const again of [
      await submit(page, { ...agreed, password: 'wrong' }),
      await submit(page, { accountNumber: '', password: '' }),
      await haruka.open(page.url),
    ]) {
      expect(again.url).toBe(`${portalUrl}/payments/${contentOf(page).paymentId}`)
      expect(again.text).toContain('Paid 3,150 yen')
    }
  })

  it('with other content under its id is refused by its own page', async () => {
    const page = await confirm([order()])
    claimServer().scenarios.otherContent = true
    const refused = await submit(page)
    expect(refused.status).toBe(422)
    expect(refused.text).toContain('This confirmation was used before')
    expect(executed()).toHaveLength(0)
  })
})

describe('a claim that is taken meanwhile', () => {
  it('by another window is paid there alone, with a way to that payment', async () => {
    const number = order()
    const [first, second] = [await confirm([number]), await confirm([number])]
    await submit(first)
    const taken = await submit(second)
    expect(taken.status).toBe(409)
    expect(taken.text).toContain('is paid already')
    expect(taken.root.querySelector(`a[href="/paid/${number}"]`)).not.toBeNull()
    expect(executed()).toHaveLength(1)
  })

  it('and still in progress there says so', async () => {
    const number = order()
    const [first, second] = [await confirm([number]), await confirm([number])]
    breakCore('not reachable', 'executePayment')
    await submit(first)
    const taken = await submit(second)
    expect(taken.text).toContain('This claim is being paid in another window')
    const { paymentId } = contentOf(first)
    expect(taken.root.querySelector(`a[href="/payments/${paymentId}"]`)).not.toBeNull()
  })
})

describe('what changed since the confirmation', () => {
  it.each([
    [
      'an amount',
      (number: string) => {
        const claim = claimServer().claims.get(number)
        if (claim) claim.amountMinor = 4000n
      },
      'Shop A Shoes: 4,000 yen instead of 3,150 yen',
    ],
    [
      'the holder of a payee’s account',
      () => {
        const account = core().accounts.get('0901-101-2-1100101')
        if (account) account.holder = 'Somebody Else'
        claimServer().holders.set('0901-101-2-1100101', 'Somebody Else')
      },
      'is now Somebody Else',
    ],
    ['the day', () => stage.moveClock(24 * 3600), 'the day of payment'],
  ])('is shown before anything is paid: %s', async (_, change, said) => {
    const number = order()
    const page = await confirm([number])
    change(number)
    const again = await submit(page)
    expect(again.status).toBe(409)
    expect(again.text).toContain('Something has changed: please check again')
    expect(again.text).toContain('Nothing was paid')
    expect(again.text).toContain(said)
    expect(contentOf(again).paymentId).toBe(contentOf(page).paymentId)
    expect(executed()).toHaveLength(0)
    expect((await submit(again)).text).toContain('Paid')
  })
})

describe('a bent form', () => {
  const bend = async (
    change: (content: ReturnType<typeof contentOf>) => unknown,
    digest?: string,
  ) => {
    const page = await confirm([order()])
    const bent = change(contentOf(page))
    const fields = { content: toJson(bent), digest: digest ?? digestOf(bent as never) }
    return submit(page, { ...agreed, ...fields })
  }

  it('whose D does not fit its content is refused', async () => {
    const refused = await bend((content) => content, 'A'.repeat(43))
    expect(refused.status).toBe(422)
    expect(refused.text).toContain('This confirmation can’t be used')
  })

  it('with a smaller amount and a D to match pays nothing: the claim server compares', async () => {
    const refused = await bend((content) => ({
      ...content,
      claims: content.claims.map((claim) => ({ ...claim, amountMinor: 1n })),
    }))
    expect(refused.status).toBe(409)
    expect(refused.text).toContain('3,150 yen instead of 1 yen')
    expect(balance()).toBe(358_900n)
  })

  it('with somebody else’s account as payer pays nothing', async () => {
    const refused = await bend((content) => ({ ...content, payerAccount: '0901-202-1-0047215' }))
    expect(refused.status).toBe(404)
    expect(balance('0901-202-1-0047215')).toBe(214_380n)
  })

  it.each(['refund', 'dated payment'])('of kind %s is refused', async (kind) => {
    expect((await bend((content) => ({ ...content, kind }))).status).toBe(422)
  })

  it.each(['', '{', '[]', '{"claims":[]}', 'x'.repeat(1000)])(
    'with content %j is a page, not a crash',
    async (content) => {
      const page = await confirm([order()])
      expect((await submit(page, { ...agreed, content })).status).toBe(422)
    },
  )

  it('without the token of this browser’s visit is refused, and nothing is paid', async () => {
    const page = await confirm([order()])
    const refused = await submit(page, { ...agreed, _csrf: 'of-another-visit' })
    expect(refused.status).toBe(403)
    expect(refused.text).toContain('Nothing was paid or changed by it')
    expect(balance()).toBe(358_900n)
  })

  it('from another site is refused', async () => {
    const page = await confirm([order()])
    const { url, init } = haruka.formRequest(page, payForm, agreed)
    const cookies = [...haruka.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { ...(init.headers as object), cookie: cookies, origin: 'https://evil.example' }
    const refused = await stage.portal.app.request(url, { ...init, headers })
    expect(refused.status).toBe(403)
    expect(executed()).toHaveLength(0)
  })
})

describe('a session that ended before the confirmation was sent', () => {
  it('pays nothing, says so, and signing in again leads back to it', async () => {
    const number = order()
    const page = await confirm([number])
    haruka.cookies.set('portal-session', 'ended')
    const ended = await submit(page)
    expect(ended.status).toBe(401)
    expect(ended.text).toContain('Nothing was paid or changed by it')
    expect(executed()).toHaveLength(0)
    const href = ended.root.querySelector('a.button')?.getAttribute('href') ?? ''
    const again = await haruka.submit(
      await haruka.open(portalUrl + href),
      'form[action="/sign-in"]',
      {
        branch: '101',
        accountNumber: '0014471',
        password: agreed.password,
      },
    )
    expect(contentOf(again).paymentId).toBe(contentOf(page).paymentId)
    expect((await submit(again)).text).toContain('Paid 3,150 yen')
  })

  it('leads to the result where the payment was confirmed before', async () => {
    const page = await confirm([order()])
    await submit(page)
    haruka.cookies.set('portal-session', 'ended')
    const ended = await submit(page)
    const href = ended.root.querySelector('a.button')?.getAttribute('href') ?? ''
    const result = await haruka.submit(
      await haruka.open(portalUrl + href),
      'form[action="/sign-in"]',
      {
        branch: '101',
        accountNumber: '0014471',
        password: agreed.password,
      },
    )
    expect(result.text).toContain('Paid 3,150 yen')
  })
})

describe('before anything is held', () => {
  it.each([
    ['core', 'authoriseRun', 'not reachable'],
    ['core', 'authoriseRun', '503'],
    ['core', 'authoriseRun', 'malformed answer'],
    ['core', 'authoriseRun', 'answer lost'],
    ['claimServer', 'findPayment', 'not reachable'],
  ] as const)(
    'an unclear answer of the %s to %s (%s) means: nothing was paid',
    async (service, call, fault) => {
      const page = await confirm([order()])
      stage.portal.mocks.faults[service].set(fault, { calls: [call] })
      const refused = await submit(page)
      expect(refused.status).toBe(503)
      expect(refused.text).toContain('Not possible at the moment')
      expect(refused.text).toContain('Nothing was paid')
      expect(executed()).toHaveLength(0)
      expect([...claimServer().claims.values()].every((one) => one.status === 'unsettled')).toBe(
        true,
      )
    },
  )
})

describe('a payment that is surely new', () => {
  beforeEach(async () => {
    stage = await openStage(database.db, 'en', { noteConfirmation: () => 'surely new' })
    haruka = await stage.haruka()
  })

  it('is paid even when the claim server can’t say whether it knows it', async () => {
    const page = await confirm([order()])
    breakClaimServer('503', 'findPayment')
    await submit(page)
    expect(executed()).toHaveLength(1)
  })

  it('and was confirmed before all the same: it is paid once, and its result shown', async () => {
    const page = await confirm([order()])
    expect((await submit(page)).text).toContain('Paid 3,150 yen')
    expect((await submit(page)).text).toContain('Paid 3,150 yen')
    expect(executed()).toHaveLength(1)
  })

  it('and was confirmed before goes to its result, even with a wrong password', async () => {
    const page = await confirm([order()])
    await submit(page)
    const again = await submit(page, { ...agreed, password: 'another one' })
    expect(again.text).toContain('Paid 3,150 yen')
    expect(executed()).toHaveLength(1)
  })

  it('and is not known is told that the password was wrong', async () => {
    const refused = await submit(await confirm([order()]), { ...agreed, password: 'another one' })
    expect(refused.status).toBe(401)
    expect(executed()).toHaveLength(0)
  })

  it('is not called unpaid while neither the core nor the claim server answers', async () => {
    const page = await confirm([order()])
    breakCore('not reachable', 'authoriseRun')
    breakClaimServer('not reachable', 'findPayment')
    const unclear = await submit(page)
    expect(unclear.text).not.toContain('Nothing was paid')
    expect(unclear.text).toContain('The result can’t be shown at the moment')
  })
})

describe('a payment that was confirmed before', () => {
  it('is not called unpaid while the claim server does not say what became of it', async () => {
    let times = 0
    const noteConfirmation = () => (times++ === 0 ? 'surely new' : 'confirmed before')
    stage = await openStage(database.db, 'en', { noteConfirmation })
    haruka = await stage.haruka()
    const page = await confirm([order()])
    await submit(page)
    expect(executed()).toHaveLength(1)
    breakClaimServer('not reachable', 'findPayment')
    const again = await submit(page)
    expect(again.text).not.toContain('Nothing was paid')
    expect(again.text).toContain('The result can’t be shown at the moment')
    expect(executed()).toHaveLength(1)
  })
})

describe('an unclear answer to the reservation', () => {
  it('that never arrived: the payment was not started, and nothing was paid', async () => {
    breakClaimServer('not reachable', 'reserveRun')
    const page = await pay(order())
    expect(page.status).toBe(404)
    expect(page.url).toContain('/payments/')
    expect(page.text).toContain('This payment was not started')
    expect(page.text).toContain('Nothing was paid')
  })

  it('that took effect is in doubt, is not executed, and ends as not paid', async () => {
    const number = order()
    breakClaimServer('answer lost', 'reserveRun')
    const page = await pay(number)
    expect(page.text).toContain('Your bank is executing the payment')
    expect(page.text).not.toContain('Nothing was paid')
    await claimServer().resolve({ evenBeforeSubmitBefore: true })
    const ended = await haruka.open(page.url)
    expect(ended.text).toContain('it never will be')
    expect(claimServer().claims.get(number)?.status).toBe('unsettled')
  })
})

describe('after the reservation', () => {
  it.each(['answer lost', 'malformed answer'] as const)(
    'an execution whose answer is unclear (%s) is in doubt, never “not paid”, and settles by its receipt',
    async (fault) => {
      breakCore(fault, 'executePayment')
      const page = await pay(order())
      expect(page.text).toContain('Your bank is executing the payment')
      stage.moveClock(6)
      const doubt = await haruka.open(page.url)
      expect(doubt.text).toContain('We are checking whether the payment was executed')
      expect(doubt.text).toContain('Do not pay again')
      expect(doubt.text).not.toMatch(/not paid|nothing was paid/i)
      await claimServer().resolve()
      expect((await haruka.open(page.url)).text).toContain('Paid 3,150 yen')
      expect(executed()).toHaveLength(1)
      expect(balance()).toBe(355_750n)
    },
  )

  it('the claims stay in the list as being paid, and can’t be ticked', async () => {
    const number = order()
    breakCore('not reachable', 'executePayment')
    await pay(number)
    stage.portal.mocks.faults.core.clear()
    const list = await open('/claims')
    expect(list.text).toContain('payment in progress since')
    expect(list.root.querySelector(`input[name=claim][value="${number}"]`)).toBeNull()
  })

  it('a completion that gets lost settles without the customer', async () => {
    breakClaimServer('not reachable', 'completePayment')
    const page = await pay(order())
    expect(page.text).toContain('Your bank is executing the payment')
    await claimServer().resolve()
    expect((await haruka.open(page.url)).text).toContain('Paid 3,150 yen')
  })

  it('a balance short meanwhile is a refusal in words, and none of the claims is paid', async () => {
    const numbers = [order(), order({ shop: 'Shop B Hats', amountMinor: 2100n })]
    const page = await confirm(numbers)
    core().setBalance(savings, 5000n)
    const refused = await submit(page)
    expect(refused.text).toContain('The balance was short by 360 yen')
    expect(refused.text).toContain('None of the 2 claims was paid')
    expect(balance()).toBe(5000n)
    for (const number of numbers) expect(claimServer().claims.get(number)?.status).toBe('unsettled')
  })

  it('the page asks for itself while the payment is open, and no longer once it is decided', async () => {
    breakCore('answer lost', 'executePayment')
    const page = await pay(order())
    const poll = page.root.querySelector('[hx-trigger="every 2s"]')?.getAttribute('hx-get') ?? ''
    expect(poll).toBe(`${new URL(page.url).pathname}/status`)
    expect((await open(poll)).root.querySelector('[hx-trigger]')).not.toBeNull()
    await claimServer().resolve()
    const ended = await open(poll)
    expect(ended.root.querySelector('[hx-trigger]')).toBeNull()
    expect(ended.text).toContain('Paid')
  })

  it('the page keeps what it shows while the claim server is silent', async () => {
    breakCore('answer lost', 'executePayment')
    const page = await pay(order())
    breakClaimServer('not reachable', 'findPayment')
    expect((await haruka.open(`${page.url}/status`)).status).toBe(204)
  })
})

describe('what belongs to another customer', () => {
  const kenjis = () => order({ customerId: 'C-100552' })

  it('a claim answers as one that does not exist, wherever its number is given', async () => {
    const number = kenjis()
    for (const path of [
      `/claims/${number}`,
      `/paid/${number}`,
      `/payments/new?claim=${number}&account=${savings}`,
      `/claims?claim=${number}`,
    ])
      expect((await open(path)).status).toBe(404)
  })

  it('an account can’t pay', async () => {
    expect((await confirm([order()], '0901-202-1-0047215')).status).toBe(404)
  })

  it('a payment looks like one that was never started', async () => {
    const number = kenjis()
    const kenji = await stage.portal.signedIn('kenji.t')
    const page = await stage.portal.open(
      kenji,
      `/payments/new?claim=${number}&account=0901-202-1-0047215`,
    )
    const paid = await kenji.submit(page, payForm, {
      accountNumber: '0047215',
      password: 'river-lantern-52',
    })
    expect(paid.text).toContain('Paid')
    const foreign = await open(new URL(paid.url).pathname)
    const unknown = await open(`/payments/${randomUUIDv7()}`)
    expect([foreign.status, unknown.status]).toEqual([404, 404])
    expect(foreign.text).toBe(unknown.text)
  })
})
