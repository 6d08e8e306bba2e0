import type { Account, Customer } from '#shared/contracts/core-banking.ts'
import type {
  Authorisation,
  Instruction,
  Receipt,
  RefusalReason,
} from '#shared/contracts/documents.ts'
import { type PaymentContent, totalOf } from '#shared/contracts/payment-content.ts'
import { type Clock, dateIn } from '#shared/dates.ts'

export interface MockCustomer extends Customer {
  userId: string
  password: string
}

export interface MockAccount extends Omit<Account, 'availableMinor'> {
  /** Undefined for accounts of shops and of the bank. */
  customerId?: string
  /** What the balance may not go below; 0 without an overdraft. */
  limitMinor: bigint
  closed: boolean
}

export interface MockPosting {
  transferId: string
  paymentId: string
  account: string
  /** Negative for a debit; those of one transfer sum to zero. */
  amountMinor: bigint
}

/** Outcomes that testers ask for by name; each counts for the next payment alone. */
export interface CoreScenarios {
  /** The next authorisation finds the password wrong. */
  wrongPassword: boolean
  /** The next authorisation finds that day or payees have changed. */
  contentStale: boolean
  /** The next execution is refused for this reason. */
  refuse: RefusalReason | undefined
}

export type StoredReceipt = Omit<Receipt, 'iat'>

/** The books of the mocked core, for tests to read and to change. */
export interface CoreState {
  clock: Clock
  timeZone: string
  feeAccount: string
  customers: MockCustomer[]
  accounts: Map<string, MockAccount>
  postings: MockPosting[]
  receipts: Map<string, StoredReceipt>
  wrongTries: Map<string, { count: number; lockedUntil: number }>
  scenarios: CoreScenarios
}

const tries = 5
const lockMs = 30 * 60_000

export const ownAccounts = ({ accounts }: CoreState, customerId: string): MockAccount[] =>
  [...accounts.values()].filter((one) => one.customerId === customerId && !one.closed)

/** Whether the customer may agree to it: today, from an own account, to payees as named. */
export const isCurrent = (state: CoreState, content: PaymentContent, customerId: string): boolean =>
  content.day === dateIn(state.timeZone, state.clock.now()) &&
  state.accounts.get(content.payerAccount)?.customerId === customerId &&
  content.claims.every(
    (claim) => state.accounts.get(claim.payeeAccount)?.holder === claim.payeeHolder,
  )

/** Counts a wrong password; the fifth locks. How many are left. */
export const countWrongTry = ({ wrongTries }: CoreState, customerId: string): number => {
  const count = (wrongTries.get(customerId)?.count ?? 0) + 1
  const isLast = count >= tries
  const lockedUntil = isLast ? Date.now() + lockMs : 0
  wrongTries.set(customerId, { count: isLast ? 0 : count, lockedUntil })
  return tries - count
}

export const storeReceipt = (
  { receipts }: CoreState,
  paymentId: string,
  receipt: Omit<StoredReceipt, 'iss' | 'aud' | 'jti'>,
): void => {
  receipts.set(paymentId, { iss: 'core-banking', aud: 'claim-server', jti: paymentId, ...receipt })
}

/** The documents and the content of one execution. */
export interface Execution {
  instruction: Instruction
  authorisation: Authorisation
  content: PaymentContent
}

export type Refusal = { reason: RefusalReason; shortByMinor?: bigint }

const isAuthorised = ({ instruction, authorisation }: Execution, nowSeconds: number) =>
  nowSeconds <= authorisation.exp &&
  authorisation.payer === instruction.payer &&
  authorisation.payments.some((one) => one.digest === instruction.digest)

const isPaid = ({ receipts }: CoreState, { claims }: PaymentContent) => {
  const executed = [...receipts.values()].filter((one) => one.result === 'executed')
  const paid = new Set(executed.flatMap((one) => one.legs.map((leg) => leg.orderNumber)))
  return claims.some((claim) => paid.has(claim.orderNumber))
}

/** Why the core refuses, in the order in which it checks; undefined when it executes. */
export const judgePayment = (state: CoreState, execution: Execution): Refusal | undefined => {
  const { instruction, content } = execution
  const planned = state.scenarios.refuse
  state.scenarios.refuse = undefined
  if (planned === 'insufficient-funds') return { reason: planned, shortByMinor: 1n }
  if (planned) return { reason: planned }
  const nowSeconds = Math.floor(Date.now() / 1000)
  if (nowSeconds > instruction.submitBefore) return { reason: 'submitted-late' }
  if (!isAuthorised(execution, nowSeconds)) return { reason: 'not-authorised' }
  if (isPaid(state, content)) return { reason: 'already-paid' }
  const payer = state.accounts.get(content.payerAccount)
  if (!payer || payer.closed) return { reason: 'account-closed' }
  if (content.claims.some((claim) => !state.accounts.has(claim.payeeAccount)))
    return { reason: 'payee-not-found' }
  const missing = totalOf(content) - (payer.balanceMinor - payer.limitMinor)
  return missing > 0n ? { reason: 'insufficient-funds', shortByMinor: missing } : undefined
}

const post = (state: CoreState, posting: MockPosting) => {
  const account = state.accounts.get(posting.account)
  if (!account) return
  account.balanceMinor += posting.amountMinor
  state.postings.push(posting)
}

/** Moves the money, all groups and fees, and stores the receipt. */
export const postPayment = (
  state: CoreState,
  { instruction, authorisation, content }: Execution,
): void => {
  const { paymentId, payerAccount, currency, kind } = content
  const transferOf = new Map(instruction.groups.map((one) => [one.payeeAccount, one.transferId]))
  const move = (transferId: string, to: string, amountMinor: bigint) => {
    post(state, { paymentId, transferId, account: payerAccount, amountMinor: -amountMinor })
    post(state, { paymentId, transferId, account: to, amountMinor })
  }
  const legs = content.claims.map(({ orderNumber, payeeAccount, amountMinor }) => ({
    orderNumber,
    payeeAccount,
    amountMinor,
    transferId: transferOf.get(payeeAccount) ?? '',
  }))
  const fees = instruction.groups.map(({ payeeAccount, transferId, feeMinor }) => ({
    payeeAccount,
    transferId,
    feeMinor,
  }))
  for (const leg of legs) move(leg.transferId, leg.payeeAccount, leg.amountMinor)
  for (const fee of fees)
    if (fee.feeMinor > 0n) move(fee.transferId, state.feeAccount, fee.feeMinor)
  const now = state.clock.now()
  storeReceipt(state, paymentId, {
    result: 'executed',
    kind,
    payer: instruction.payer,
    digest: instruction.digest,
    payerAccount,
    currency,
    legs,
    fees,
    authorisedAt: new Date(now.getTime() - (Date.now() - authorisation.iat * 1000)),
    decidedAt: now,
  })
}
