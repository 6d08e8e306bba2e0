import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { bankStaff, bankWorld } from '../../test/demo/bank-world.ts'
import { openTestBank, origin, type TestBank } from '../../test/support/core-bank.ts'
import {
  harukaSavings,
  hats,
  hatsAccount,
  newPayment,
  pay,
  shoesAccount,
} from '../../test/support/core-payments.ts'
import { createVisitor, type Visitor } from '../../test/support/visitor.ts'
import { accounts } from '../accounts/accounts.table.ts'
import { checkBooks } from '../payments/check-books.ts'
import { operatorTries } from './operator.table.ts'

let bank: TestBank
beforeAll(async () => {
  bank = await openTestBank()
})
afterAll(() => bank.close())
beforeEach(async () => {
  await bank.deps.db.delete(operatorTries)
})

const at = (path: string) => `${origin}${path}`

const newVisitor = (language = 'en') =>
  createVisitor({
    language,
    fetch: async (input, init) => bank.app.fetch(new Request(input, init)),
  })

const signIn = async (visitor: Visitor, typed: { staffId?: string; password?: string } = {}) => {
  const page = await visitor.open(at('/operator'))
  const { staffId, password } = bankStaff.operator
  return visitor.submit(page, 'form.form', { staffId, password, ...typed })
}

const operator = async (language = 'en') => {
  const visitor = newVisitor(language)
  await signIn(visitor)
  return visitor
}

describe('sign-in', () => {
  test('leads an operator to the page they asked for', async () => {
    const visitor = newVisitor()
    const asked = await visitor.open(at(`/operator/accounts/${harukaSavings}`))
    expect(asked.text).toContain('Operator sign-in')
    const { staffId, password } = bankStaff.operator
    const page = await visitor.submit(asked, 'form.form', { staffId, password })
    expect(page.url).toBe(at(`/operator/accounts/${harukaSavings}`))
    expect(page.text).toContain('Haruka Sato')
  })

  test.each<[string, { staffId?: string; password?: string }]>([
    ['a wrong password', { password: 'wrong' }],
    ['an id that nobody has', { staffId: 'nobody' }],
    [
      'a staff member who is no operator',
      { staffId: bankStaff.clerk.staffId, password: bankStaff.clerk.password },
    ],
  ])('refuses %s with one answer', async (_case, typed) => {
    const page = await signIn(newVisitor(), typed)
    expect(page.status).toBe(401)
    expect(page.text).toContain('These details were not accepted')
  })

  test('names what was not filled in', async () => {
    const page = await signIn(newVisitor('ja'), { staffId: ' ', password: '' })
    expect(page.status).toBe(422)
    expect(page.text).toContain('行員IDを入力してください')
    expect(page.text).toContain('パスワードを入力してください')
  })

  test('is paused after five wrong passwords, also for the right one', async () => {
    const visitor = newVisitor()
    for (let tries = 0; tries < 5; tries++) await signIn(visitor, { password: 'wrong' })
    const page = await signIn(visitor)
    expect(page.status).toBe(429)
    expect(page.text).toContain('Too many tries')
  })

  test('ends with sign-out: the cookie from before is worth nothing', async () => {
    const visitor = await operator()
    const before = new Map(visitor.cookies)
    await visitor.submit(await visitor.open(at('/operator')), 'form[action="/operator/sign-out"]')
    for (const [name, value] of before) visitor.cookies.set(name, value)
    expect((await visitor.open(at('/operator'))).text).toContain('You were signed out')
  })

  test.each([
    ['/operator'],
    ['/operator/accounts/new'],
    [`/operator/accounts/${harukaSavings}`],
    ['/operator/payments'],
    ['/operator/payments/01a2065b-6b64-760b-8ed0-d1b2469bda75'],
    ['/operator/books'],
  ])('is needed for %s', async (path) => {
    const page = await newVisitor().open(at(path))
    expect(new URL(page.url).pathname).toBe('/operator/sign-in')
  })

  test('is needed to open an account: without it nothing is opened', async () => {
    const visitor = newVisitor()
    const page = await visitor.open(at('/operator/sign-in'))
    const token = page.root.querySelector('[name=_csrf]')?.getAttribute('value') ?? ''
    const before = await bank.deps.db.$count(accounts)
    const sent = await visitor.send(at('/operator/accounts'), {
      method: 'POST',
      body: new URLSearchParams({ _csrf: token, formId: bank.deps.newId() }),
    })
    expect(new URL(sent.url).pathname).toBe('/operator/sign-in')
    expect(await bank.deps.db.$count(accounts)).toBe(before)
  })
})

describe('the list of accounts', () => {
  test('shows every account with its balance', async () => {
    const page = await (await operator()).open(at('/operator'))
    const opened = [...bankWorld.customers, ...bankWorld.companies].flatMap((one) => one.accounts)
    expect(page.text).toContain(`${opened.length + 2} accounts`)
    expect(page.text).toContain('1,284,300 yen')
  })

  test.each([
    ['a holder', 'haruka', 'Haruka Sato', 3],
    ['a holder in Japanese script', '佐藤', 'Haruka Sato', 3],
    ['digits typed full-width', '００１４４７１', 'Haruka Sato', 1],
    ['a customer id', 'c-100552', 'Kenji Tanaka', 2],
  ])('is searched by %s', async (_case, search, holder, count) => {
    const page = await (await operator()).open(at(`/operator?${new URLSearchParams({ search })}`))
    expect(page.text).toContain(`${count} account${count === 1 ? '' : 's'} found`)
    expect(page.text).toContain(holder)
  })

  test('takes % and _ for themselves', async () => {
    const page = await (await operator()).open(at('/operator?search=%25_'))
    expect(page.text).toContain('No account matches this search')
  })

  test('takes a search with control characters for one without', async () => {
    const visitor = await operator()
    for (const path of ['/operator', '/operator/payments'])
      expect((await visitor.open(at(`${path}?search=a%00b`))).status).toBe(200)
  })

  test('answers htmx with the rows alone', async () => {
    const visitor = await operator()
    const part = await visitor.send(at('/operator?search=haruka'), {
      headers: { 'hx-request': 'true' },
    })
    expect(part.root.querySelector('html')).toBeNull()
    expect(part.root.querySelectorAll('#accounts li')).toHaveLength(3)
  })
})

describe('a fragment', () => {
  const headers = { 'hx-request': 'true', 'hx-current-url': at('/operator?search=sato') }

  test('without a session makes the browser go to the sign-in, and back to its page', async () => {
    const answer = await bank.app.request(at('/operator?search=s'), { headers })
    expect(answer.status).toBe(401)
    expect(answer.headers.get('hx-redirect')).toBe(
      '/operator/sign-in?next=%2Foperator%3Fsearch%3Dsato',
    )
  })

  test('that fails gives way to a whole page, whose language switch leads to the page before', async () => {
    const visitor = await operator()
    const page = await visitor.send(at('/operator/accounts/none'), { headers })
    expect(page.status).toBe(404)
    expect(page.headers.get('hx-retarget')).toBe('body')
    expect(page.root.querySelector('input[name=to]')?.getAttribute('value')).toBe(
      '/operator?search=sato',
    )
  })
})

describe('opening an account', () => {
  const filled = {
    customerId: 'C-100698',
    branch: '202',
    type: 'savings',
    label: 'New bicycle',
    labelJa: '自転車',
    deposit: '１２,０００',
  }

  test('posts the opening deposit, and the books stay right', async () => {
    const visitor = await operator()
    const form = await visitor.open(at('/operator/accounts/new'))
    const page = await visitor.submit(form, 'main form', filled)
    expect(page.text).toContain('The account is open.')
    expect(page.text).toContain('Yuki Mori')
    expect(page.text).toContain('12,000 yen')
    expect(page.text).toContain('Opening deposit')
    expect(new URL(page.url).pathname).toMatch(/\/0901-202-4-\d{7}$/)
    expect(await checkBooks(bank.deps)).toMatchObject({ differences: [] })
  })

  test('sent ten times at once opens one account', async () => {
    const visitor = await operator()
    const form = await visitor.open(at('/operator/accounts/new'))
    const before = await bank.deps.db.$count(accounts)
    const { url, init } = visitor.formRequest(form, 'main form', filled)
    const pages = await Promise.all(Array.from({ length: 10 }, async () => visitor.send(url, init)))
    expect(new Set(pages.map((page) => page.url)).size).toBe(1)
    expect(await bank.deps.db.$count(accounts)).toBe(before + 1)
  })

  test('for a company keeps its name as written, markup and all', async () => {
    const visitor = await operator()
    const form = await visitor.open(at('/operator/accounts/new'))
    const company = 'Fish & <b>Chips</b> "Minato"'
    const page = await visitor.submit(form, 'main form', {
      ...filled,
      customerId: '',
      company,
      deposit: '',
    })
    expect(page.root.querySelector('h1')?.text).toBe(company)
    expect(page.root.querySelector('h1 b')).toBeNull()
    const [row] = await bank.deps.db.select().from(accounts).where(eq(accounts.holder, company))
    expect(row).toMatchObject({ balanceMinor: 0n, customerId: null })
  })

  test('refused, is in the other language at the press of a button', async () => {
    const visitor = await operator()
    const form = await visitor.open(at('/operator/accounts/new'))
    const refused = await visitor.submit(form, 'main form', { ...filled, label: '' })
    const page = await visitor.submit(refused, 'form[action="/language"]', { language: 'ja' })
    expect(page.url).toBe(at('/operator/accounts/new'))
    expect(page.status).toBe(200)
  })

  test.each([
    ['nobody', { customerId: '' }, 'Choose a customer, or write the name of a company'],
    ['both at once', { company: 'Shop' }, 'not both'],
    ['an unknown customer', { customerId: 'C-0' }, 'Choose a customer'],
    ['an unknown branch', { branch: '999' }, 'Choose a branch'],
    ['an unknown type', { type: 'gold' }, 'Choose a type of account'],
    ['no name', { label: ' ' }, 'Write the English name'],
    ['a name that turns text around', { labelJa: 'a\u202eb' }, 'Write the Japanese name'],
    ['a negative deposit', { deposit: '-5' }, 'Write a whole number of yen'],
    ['half a yen', { deposit: '1.5' }, 'Write a whole number of yen'],
    ['too much', { deposit: '100000000001' }, 'Write a whole number of yen'],
  ])(
    'for or with %s is refused with the field, and what was typed stays',
    async (_case, changed, message) => {
      const visitor = await operator()
      const form = await visitor.open(at('/operator/accounts/new'))
      const before = await bank.deps.db.$count(accounts)
      const page = await visitor.submit(form, 'main form', { ...filled, ...changed })
      expect(page.status).toBe(422)
      expect(page.text).toContain(message)
      expect(page.root.querySelector('.field-error')).not.toBeNull()
      expect(page.root.querySelector('[name=formId]')?.getAttribute('value')).toBe(
        form.root.querySelector('[name=formId]')?.getAttribute('value'),
      )
      expect(await bank.deps.db.$count(accounts)).toBe(before)
    },
  )
})

describe('an account’s page', () => {
  test('shows postings newest first, each with the balance after it, page by page', async () => {
    const visitor = await operator()
    const paid = [...Array(35).keys()].map((index) => 100n + BigInt(index))
    for (const amountMinor of paid)
      await pay(
        bank,
        newPayment(bank, {
          claims: [{ amountMinor, payeeAccount: hatsAccount, payeeHolder: hats.holder }],
        }),
      )
    const balance = 612_470n + paid.reduce((sum, one) => sum + one, 0n)
    const first = await visitor.open(at(`/operator/accounts/${hatsAccount}`))
    expect(first.root.querySelectorAll('main li')).toHaveLength(30)
    const newest = first.root.querySelector('main li')?.text.replaceAll(/\s+/g, ' ')
    expect(newest).toContain('Haruka Sato')
    expect(newest).toContain('134 yen')
    expect(newest).toContain(`balance ${balance.toLocaleString('en')} yen`)
    const older = first.root.querySelector('[rel=next]')?.getAttribute('href') ?? ''
    const second = await visitor.open(at(older))
    expect(second.root.querySelectorAll('main li')).toHaveLength(6)
    expect(second.text).toContain('Opening deposit')
    expect(second.text).toContain('balance 612,470 yen')
  })

  test.each([
    ['an account that does not exist', '/operator/accounts/0901-101-1-5555555'],
    ['no account at all', '/operator/accounts/%27%20or%201=1'],
    ['a payment that does not exist', '/operator/payments/01a2065b-6b64-760b-8ed0-d1b2469bda75'],
    ['no payment at all', '/operator/payments/1'],
    ['no page', '/operator/nowhere'],
  ])('of %s is a page that says so', async (_case, path) => {
    const page = await (await operator()).open(at(path))
    expect(page.status).toBe(404)
    expect(page.text).toContain('This page does not exist')
  })

  test('with a cursor that is none is refused, not an error', async () => {
    const page = await (await operator()).open(at(`/operator/accounts/${hatsAccount}?cursor=x`))
    expect(page.status).toBe(422)
  })
})

describe('payments', () => {
  test('are listed and found by id, claim, customer and result', async () => {
    const visitor = await operator()
    const content = newPayment(bank, { claims: [{ amountMinor: 8_400n }, { amountMinor: 850n }] })
    await pay(bank, content)
    const { paymentId, claims } = content
    for (const search of [paymentId, claims[1]?.orderNumber ?? '', 'C-100417', harukaSavings]) {
      const query = new URLSearchParams({ search, result: 'executed' })
      const page = await visitor.open(at(`/operator/payments?${query}`))
      expect(page.text).toContain(paymentId.slice(-8))
      expect(page.text).toContain('2 claims')
      expect(page.text).toContain('9,250 yen')
    }
    const none = await visitor.open(at(`/operator/payments?search=${paymentId}&result=voided`))
    expect(none.text).toContain('No payment matches this search')
  })

  test('show everything that was posted for them, and its sum of zero', async () => {
    const content = newPayment(bank, { feeMinor: 110n })
    await pay(bank, content)
    const page = await (await operator()).open(at(`/operator/payments/${content.paymentId}`))
    expect(page.text).toContain('Executed')
    expect(page.text).toContain(shoesAccount)
    expect(page.text).toContain(bank.deps.config.FEE_ACCOUNT)
    expect(page.root.querySelector('tfoot')?.text).toContain('0 yen')
  })

  test.each([
    ['en', 'The balance was short by 998,800 yen.'],
    ['ja', '残高が998,800円不足していました。'],
  ])('that were refused say why, in %s', async (language, words) => {
    const content = newPayment(bank, {
      payerAccount: '0901-202-4-0033310',
      claims: [{ amountMinor: 1_000_000n }],
    })
    await pay(bank, content)
    const page = await (await operator(language)).open(
      at(`/operator/payments/${content.paymentId}`),
    )
    expect(page.text).toContain(words)
  })
})

test('the books say that they are right, or which rows differ', async () => {
  const visitor = await operator()
  expect((await visitor.open(at('/operator/books'))).text).toContain('The books are right')
  const change = (minor: number) =>
    bank.deps.db
      .update(accounts)
      .set({ balanceMinor: sql`${accounts.balanceMinor} + ${minor}` })
      .where(eq(accounts.account, harukaSavings))
  await change(7)
  const wrong = await visitor.open(at('/operator/books'))
  await change(-7)
  expect(wrong.text).toContain('2 rows differ')
  expect(wrong.text).toContain(harukaSavings)
})

describe('a form', () => {
  test('without the token of this browser is refused with a page', async () => {
    const visitor = await operator()
    const form = await visitor.open(at('/operator/accounts/new'))
    const page = await visitor.submit(form, 'main form', { _csrf: 'x.y' })
    expect(page.status).toBe(403)
    expect(page.text).toContain('This page was open too long')
  })

  test('from another site is refused', async () => {
    const visitor = await operator()
    const form = await visitor.open(at('/operator/accounts/new'))
    const { url, init } = visitor.formRequest(form, 'main form')
    const headers = new Headers(init.headers)
    headers.set('cookie', [...visitor.cookies].map((pair) => pair.join('=')).join('; '))
    headers.set('origin', 'https://evil.example')
    const response = await bank.app.request(url, { ...init, headers })
    expect(response.status).toBe(403)
  })

  test('of 100 KB is refused', async () => {
    const visitor = await operator()
    const form = await visitor.open(at('/operator/accounts/new'))
    const page = await visitor.submit(form, 'main form', { label: 'x'.repeat(100_000) })
    expect(page.status).toBe(413)
  })
})

test('the language is switched on the page, and stays', async () => {
  const visitor = await operator()
  const page = await visitor.open(at('/operator/payments?result=voided'))
  const switched = await visitor.submit(page, 'form[action="/language"]', { language: 'ja' })
  expect(new URL(switched.url).pathname).toBe('/operator/payments')
  expect(switched.root.querySelector('html')?.getAttribute('lang')).toBe('ja')
  expect((await visitor.open(at('/operator/books'))).text).toContain('帳簿は一致しています')
})
