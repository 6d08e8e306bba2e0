import type { RefusalReason } from '#shared/contracts/documents.ts'
import { totalOf } from '#shared/contracts/payment-content.ts'
import { isOpen, isOwnedBy, payeesAsNamed } from '../accounts/account-rules.ts'
import type { KnownAccount } from '../accounts/find-accounts.ts'
import type { PaymentOrder } from './read-payment-order.ts'
import { type ExecutedLeg, isRefundable } from './refund-rules.ts'

/** What was found, and locked, for the decision. */
export interface PaymentFacts {
  accounts: Map<string, KnownAccount>
  /** Everything executed before for these claims: payments and refunds. */
  legs: ExecutedLeg[]
  /** Real time, in milliseconds. */
  nowMs: number
}

export type Decision =
  | { result: 'executed' }
  | { result: 'refused'; reason: RefusalReason; shortByMinor?: bigint }

const isAuthorised = ({ authorisation, content, digest, payer, submitBefore }: PaymentOrder) =>
  authorisation.payer === payer &&
  submitBefore.getTime() <= authorisation.exp * 1000 &&
  authorisation.payments.some((one) => one.paymentId === content.paymentId && one.digest === digest)

const isPaid = (order: PaymentOrder, legs: ExecutedLeg[]): boolean =>
  order.content.kind === 'refund'
    ? !isRefundable(order.content, legs)
    : legs.some((leg) => leg.kind !== 'refund')

const refuseAccounts = (
  { content, payer }: PaymentOrder,
  accounts: PaymentFacts['accounts'],
): RefusalReason | undefined => {
  const payerAccount = accounts.get(content.payerAccount)
  if (!isOpen(payerAccount)) return 'account-closed'
  // A refund comes from a shop's account; that it is the one that was paid is checked by its legs.
  if (content.kind !== 'refund' && !isOwnedBy(payerAccount, payer)) return 'not-authorised'
  if (payerAccount.currency !== content.currency) return 'not-authorised'
  return payeesAsNamed(content, accounts) ? undefined : 'payee-not-found'
}

const refused = (reason: RefusalReason, shortByMinor?: bigint): Decision => ({
  result: 'refused',
  reason,
  ...(shortByMinor === undefined ? {} : { shortByMinor }),
})

/** Decides a payment that was not decided before, in the order of the protocol. */
export const decidePayment = (
  order: PaymentOrder,
  { accounts, legs, nowMs }: PaymentFacts,
): Decision => {
  if (nowMs > order.submitBefore.getTime()) return refused('submitted-late')
  if (!isAuthorised(order)) return refused('not-authorised')
  if (isPaid(order, legs)) return refused('already-paid')
  const reason = refuseAccounts(order, accounts)
  if (reason) return refused(reason)
  const payer = accounts.get(order.content.payerAccount)
  const available = (payer?.balanceMinor ?? 0n) - (payer?.limitMinor ?? 0n)
  const total = totalOf(order.content)
  return total <= available
    ? { result: 'executed' }
    : refused('insufficient-funds', total - available)
}
