import type { Authorisation, Instruction, RefusalReason } from '#shared/contracts/documents.ts'
import { groupsOf, type PaymentContent, totalOf } from '#shared/contracts/payment-content.ts'
import { dateIn } from '#shared/dates.ts'
import { type ExecutedLeg, isRefundable } from '../../mock-core-banking/payments/refund-rules.ts'
import {
  type CoreState,
  findOpenAccount,
  type MockPosting,
  type StoredReceipt,
  takeScenario,
} from './core-state.ts'

/** Whether every payee is an open account of that holder, in that currency. */
export const payeesAsNamed = (state: CoreState, { claims, currency }: PaymentContent): boolean =>
  claims.every(({ payeeAccount, payeeHolder }) => {
    const payee = findOpenAccount(state, payeeAccount)
    return payee?.holder === payeeHolder && payee.currency === currency
  })

export const isToday = ({ timeZone, clock }: CoreState, day: string): boolean =>
  day === dateIn(timeZone, clock.now())

/** Everything that was executed for these claims: payments and refunds. */
export const executedLegs = (
  { receipts }: CoreState,
  orderNumbers: readonly string[],
): ExecutedLeg[] =>
  [...receipts.values()]
    .filter((one) => one.result === 'executed')
    .flatMap(({ kind, payer, payerAccount = '', legs }) =>
      legs
        .filter((leg) => orderNumbers.includes(leg.orderNumber))
        .map(({ orderNumber, amountMinor, payeeAccount }) => ({
          orderNumber,
          kind,
          amountMinor,
          payer,
          debitAccount: payerAccount,
          creditAccount: payeeAccount,
        })),
    )

/** The documents and the content of one execution. */
export interface Execution {
  instruction: Instruction
  authorisation: Authorisation
  content: PaymentContent
}

type Refusal = { reason: RefusalReason; shortByMinor?: bigint }

const isAuthorised = ({ instruction, authorisation, content }: Execution) =>
  authorisation.payer === instruction.payer &&
  instruction.submitBefore <= authorisation.exp &&
  authorisation.payments.some(
    (one) => one.paymentId === content.paymentId && one.digest === instruction.digest,
  )

const isPaid = (state: CoreState, content: PaymentContent) => {
  const numbers = content.claims.map((claim) => claim.orderNumber)
  const legs = executedLegs(state, numbers)
  return content.kind === 'refund'
    ? !isRefundable(content, legs)
    : legs.some((leg) => leg.kind !== 'refund')
}

const judgeMoney = (state: CoreState, { instruction, content }: Execution): Refusal | undefined => {
  const payer = findOpenAccount(state, content.payerAccount)
  if (!payer) return { reason: 'account-closed' }
  const isOwn = content.kind === 'refund' || payer.customerId === instruction.payer
  if (!isOwn || payer.currency !== content.currency) return { reason: 'not-authorised' }
  if (!payeesAsNamed(state, content)) return { reason: 'payee-not-found' }
  const missing = totalOf(content) - (payer.balanceMinor - payer.limitMinor)
  return missing > 0n ? { reason: 'insufficient-funds', shortByMinor: missing } : undefined
}

/** Why the core refuses, in the order in which it checks; undefined when it executes. */
const judge = (state: CoreState, execution: Execution): Refusal | undefined => {
  const { instruction, content } = execution
  const planned = takeScenario(state, 'refuse')
  if (planned === 'insufficient-funds') return { reason: planned, shortByMinor: totalOf(content) }
  if (planned) return { reason: planned }
  if (Date.now() > instruction.submitBefore * 1000) return { reason: 'submitted-late' }
  if (!isAuthorised(execution)) return { reason: 'not-authorised' }
  if (isPaid(state, content)) return { reason: 'already-paid' }
  return judgeMoney(state, execution)
}

const post = (state: CoreState, posting: MockPosting) => {
  const account = state.accounts.get(posting.account)
  if (!account) throw new Error(`the mocked bank has no account ${posting.account}`)
  account.balanceMinor += posting.amountMinor
  state.postings.push(posting)
}

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** Moves the money, all groups and fees. What the receipt tells of it. */
const execute = (state: CoreState, { instruction, content }: Execution) => {
  const { paymentId, payerAccount } = content
  const transferOf = new Map(instruction.groups.map((one) => [one.payeeAccount, one.transferId]))
  for (const { payeeAccount, amountMinor, feeMinor } of groupsOf(content)) {
    const transferId = transferOf.get(payeeAccount) ?? ''
    const move = (line: MockPosting['line'], to: string, minor: bigint) => {
      if (minor === 0n) return
      const posting = { transferId, paymentId, line }
      post(state, { ...posting, account: payerAccount, amountMinor: -minor })
      post(state, { ...posting, account: to, amountMinor: minor })
    }
    move('amount', payeeAccount, amountMinor)
    move('fee', state.feeAccount, feeMinor)
  }
  const legs = content.claims
    .map(({ orderNumber, payeeAccount, amountMinor }) => ({
      orderNumber,
      payeeAccount,
      amountMinor,
      transferId: transferOf.get(payeeAccount) ?? '',
    }))
    .sort((a, b) => byText(a.orderNumber, b.orderNumber))
  const feeOf = new Map(content.fees.map((one) => [one.payeeAccount, one.feeMinor]))
  const payees = [...new Set(legs.map((leg) => leg.payeeAccount))]
  const fees = payees.map((payeeAccount) => ({
    payeeAccount,
    transferId: transferOf.get(payeeAccount) ?? '',
    feeMinor: feeOf.get(payeeAccount) ?? 0n,
  }))
  return { legs, fees }
}

export const storeReceipt = (
  { receipts }: CoreState,
  paymentId: string,
  receipt: Omit<StoredReceipt, 'iss' | 'aud' | 'jti'>,
): void => {
  receipts.set(paymentId, { iss: 'core-banking', aud: 'claim-server', jti: paymentId, ...receipt })
}

/** Decides a payment that was not decided before, and stores the receipt. */
export const decidePayment = (state: CoreState, execution: Execution): void => {
  const { instruction, authorisation, content } = execution
  const now = state.clock.now()
  const decided = {
    kind: content.kind,
    payer: instruction.payer,
    digest: instruction.digest,
    payerAccount: content.payerAccount,
    currency: content.currency,
    authorisedAt: new Date(now.getTime() - (Date.now() - authorisation.iat * 1000)),
    decidedAt: now,
  }
  const refusal = judge(state, execution)
  storeReceipt(
    state,
    content.paymentId,
    refusal
      ? { ...decided, result: 'refused', ...refusal, legs: [], fees: [] }
      : { ...decided, result: 'executed', ...execute(state, execution) },
  )
}
