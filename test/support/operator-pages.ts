import { randomUUIDv7 } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { voidPayment } from '#shared/contracts/core-banking.ts'
import { digestOf } from '#shared/contracts/payment-content.ts'
import type { Language } from '#shared/texts.ts'
import { accounts } from '../../mock-core-banking/accounts/accounts.table.ts'
import { operatorTries } from '../../mock-core-banking/operator/operator.table.ts'
import { bankStaff } from '../demo/bank-world.ts'
import { origin, type TestBank } from './core-bank.ts'
import {
  haruka,
  harukaSavings,
  hats,
  hatsAccount,
  newPayment,
  pay,
  shoesAccount,
} from './core-payments.ts'
import { createVisitor, type VisitedPage, type Visitor } from './visitor.ts'

/** The core's operator at work: a bank where some payments have been made. */
export interface OperatorStage {
  bank: TestBank
  language: Language
  payments: Record<'executed' | 'refused' | 'voided', string>
}

export interface OperatorPageCase {
  name: string
  status: number
  visit(stage: OperatorStage): Promise<VisitedPage>
}

const travelOfHaruka = '0901-202-4-0033310'
const passbookPage = 30

/** Payments of every result, and an account whose postings fill more than a page. */
export const fillBank = async (bank: TestBank, language: Language): Promise<OperatorStage> => {
  const executed = newPayment(bank, {
    claims: [{ amountMinor: 8400n }, { amountMinor: 850n }],
    feeMinor: 110n,
  })
  const refused = newPayment(bank, {
    payerAccount: travelOfHaruka,
    claims: [{ amountMinor: 1_000_000n }],
  })
  const voided = randomUUIDv7()
  await pay(bank, executed)
  await pay(bank, refused)
  await bank.callAs['claim-server'](voidPayment, {
    params: { paymentId: voided },
    body: { payer: haruka.customerId, digest: digestOf(executed), kind: 'payment' },
  })
  const toHats = { payeeAccount: hatsAccount, payeeHolder: hats.holder }
  for (let count = 0; count <= passbookPage; count++)
    await pay(bank, newPayment(bank, { claims: [{ amountMinor: 100n, ...toHats }] }))
  return {
    bank,
    language,
    payments: { executed: executed.paymentId, refused: refused.paymentId, voided },
  }
}

const visitorOf = ({ bank, language }: OperatorStage): Visitor =>
  createVisitor({
    language,
    fetch: async (input, init) => bank.app.fetch(new Request(input, init)),
  })

const signIn = async (visitor: Visitor, fields: Record<string, string>) =>
  visitor.submit(await visitor.open(`${origin}/operator`), 'form.form', fields)

const tryToSignIn = async (stage: OperatorStage, fields: Record<string, string>) => {
  await stage.bank.deps.db.delete(operatorTries)
  return signIn(visitorOf(stage), fields)
}

const signedIn = async (stage: OperatorStage): Promise<Visitor> => {
  const visitor = visitorOf(stage)
  await stage.bank.deps.db.delete(operatorTries)
  const { staffId, password } = bankStaff.operator
  await signIn(visitor, { staffId, password })
  return visitor
}

const at =
  (path: string | ((stage: OperatorStage) => string)): OperatorPageCase['visit'] =>
  async (stage) => {
    const visitor = await signedIn(stage)
    return visitor.open(origin + (typeof path === 'string' ? path : path(stage)))
  }

const openForm = async (stage: OperatorStage, fields: Record<string, string>) => {
  const visitor = await signedIn(stage)
  const form = await visitor.open(`${origin}/operator/accounts/new`)
  return visitor.submit(form, 'main form', fields)
}

const newAccount = {
  customerId: 'C-100698',
  branch: '202',
  type: 'savings',
  label: 'New bicycle',
  labelJa: '自転車',
  deposit: '12,000',
}

/** Every page of the core's operator, in every state that looks different. */
export const operatorPages: readonly OperatorPageCase[] = [
  {
    name: 'sign-in',
    status: 200,
    visit: (stage) => visitorOf(stage).open(`${origin}/operator/sign-in`),
  },
  {
    name: 'sign-in: nothing typed',
    status: 422,
    visit: (stage) => tryToSignIn(stage, { staffId: '', password: '' }),
  },
  {
    name: 'sign-in: not accepted',
    status: 401,
    visit: (stage) => tryToSignIn(stage, { staffId: 'nobody', password: 'no' }),
  },
  {
    name: 'sign-in: tried too often',
    status: 429,
    visit: async (stage) => {
      await stage.bank.deps.db.delete(operatorTries)
      const wrong = { staffId: bankStaff.operator.staffId, password: 'no' }
      for (let tries = 0; tries < 5; tries++) await signIn(visitorOf(stage), wrong)
      return signIn(visitorOf(stage), wrong)
    },
  },
  {
    name: 'signed out',
    status: 200,
    visit: async (stage) => {
      const visitor = await signedIn(stage)
      const page = await visitor.open(`${origin}/operator`)
      return visitor.submit(page, 'form[action="/operator/sign-out"]')
    },
  },
  { name: 'accounts', status: 200, visit: at('/operator') },
  { name: 'accounts: found', status: 200, visit: at('/operator?search=haruka') },
  { name: 'accounts: none found', status: 200, visit: at('/operator?search=zzz') },
  { name: 'account of a customer', status: 200, visit: at(`/operator/accounts/${harukaSavings}`) },
  { name: 'account of a company', status: 200, visit: at(`/operator/accounts/${shoesAccount}`) },
  {
    name: 'account: older postings',
    status: 200,
    visit: async (stage) => {
      const visitor = await signedIn(stage)
      const page = await visitor.open(`${origin}/operator/accounts/${hatsAccount}`)
      const older = page.root.querySelector('[rel=next]')?.getAttribute('href') ?? '/no-older'
      return visitor.open(new URL(older, page.url).href)
    },
  },
  { name: 'account to open', status: 200, visit: at('/operator/accounts/new') },
  {
    name: 'account to open: with mistakes',
    status: 422,
    visit: (stage) =>
      openForm(stage, { customerId: '', branch: '999', type: 'gold', label: ' ', deposit: '-5' }),
  },
  { name: 'account opened', status: 200, visit: (stage) => openForm(stage, newAccount) },
  { name: 'payments', status: 200, visit: at('/operator/payments') },
  { name: 'payments: refused', status: 200, visit: at('/operator/payments?result=refused') },
  { name: 'payments: none found', status: 200, visit: at('/operator/payments?search=zzz') },
  ...(['executed', 'refused', 'voided'] as const).map((result) => ({
    name: `payment: ${result}`,
    status: 200,
    visit: at(({ payments }) => `/operator/payments/${payments[result]}`),
  })),
  { name: 'books', status: 200, visit: at('/operator/books') },
  {
    name: 'books: rows differ',
    status: 200,
    visit: async (stage) => {
      const change = (minor: number) =>
        stage.bank.deps.db
          .update(accounts)
          .set({ balanceMinor: sql`${accounts.balanceMinor} + ${minor}` })
          .where(eq(accounts.account, harukaSavings))
      const visitor = await signedIn(stage)
      await change(7)
      const page = await visitor.open(`${origin}/operator/books`)
      await change(-7)
      return page
    },
  },
  {
    name: 'error: form out of date',
    status: 403,
    visit: (stage) => openForm(stage, { ...newAccount, _csrf: 'of-another-page' }),
  },
  { name: 'error: no such page', status: 404, visit: at('/operator/nowhere') },
]
