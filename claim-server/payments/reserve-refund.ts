import { and, eq, inArray, ne } from 'drizzle-orm'
import { digestOf, type PaymentContent } from '#shared/contracts/payment-content.ts'
import { type Transaction, violatesUnique } from '#shared/database.ts'
import { AppError, fieldError } from '#shared/errors.ts'
import { sumMinor } from '#shared/money.ts'
import type { ServiceCaller } from '#shared/service-token.ts'
import type { Bank } from '../banks/find-bank.ts'
import { changeByCall } from '../change-by-call.ts'
import type { Deps } from '../deps.ts'
import { orders } from '../orders/orders.table.ts'
import { type Draft, draftPayment } from './draft-payment.ts'
import { exceptions, groups, paymentClaims, payments, refunds } from './payments.table.ts'
import { type Agreement, readAuthorisation } from './read-authorisation.ts'

export interface RefundToReserve {
  bank: Bank
  /** The executed payment that is paid back. */
  refundedPaymentId: string
  content: PaymentContent
  authorisation: string
  caller: ServiceCaller
}

export type ReservedRefund =
  | { outcome: 'reserved'; paymentId: string; instruction: string; submitBefore: Date }
  | {
      outcome: 'not-reserved'
      reason: 'too-much' | 'content-stale' | 'authorisation-expired'
      refundableMinor: bigint
    }

/** What was paid for one claim by one payment, and between which accounts. */
interface PaidLeg {
  orderId: string | null
  payeeAccount: string
  payerAccount: string
  customerId: string
  currency: string
  amountMinor: bigint
}

const checkForm = ({ kind, claims, fees }: PaymentContent): string => {
  if (kind !== 'refund') throw fieldError('#/content/kind', 'only refunds are reserved here')
  const [claim] = claims
  if (!claim || claims.length > 1)
    throw fieldError('#/content/claims', 'a refund is of exactly one claim')
  if (fees.some((fee) => fee.feeMinor !== 0n))
    throw fieldError('#/content/fees', 'a refund is free of charge')
  return claim.orderNumber
}

/** The payment under lock, so that two refunds of it come one after the other. */
const lockRefunded = async (tx: Transaction, bank: Bank, paymentId: string) => {
  const [payment] = await tx
    .select()
    .from(payments)
    .where(
      and(
        eq(payments.id, paymentId),
        eq(payments.bank, bank.code),
        eq(payments.status, 'executed'),
        ne(payments.kind, 'refund'),
      ),
    )
    .for('update')
  if (!payment) throw new AppError('not-found')
  return payment
}

/** The settled claim's own leg, else that of an exception: also what was not instructed can go back. */
const findPaidLeg = async (
  tx: Transaction,
  { id, account, customerId, currency }: typeof payments.$inferSelect,
  orderNumber: string,
): Promise<PaidLeg> => {
  const payer = { payerAccount: account, customerId, currency }
  const [exception] = await tx
    .select()
    .from(exceptions)
    .where(and(eq(exceptions.paymentId, id), eq(exceptions.orderNumber, orderNumber)))
  if (exception) {
    const { orderId, payeeAccount, amountMinor } = exception
    return { ...payer, orderId, payeeAccount, amountMinor }
  }
  const [leg] = await tx
    .select({
      orderId: paymentClaims.orderId,
      payeeAccount: groups.payeeAccount,
      amountMinor: paymentClaims.amountMinor,
    })
    .from(paymentClaims)
    .innerJoin(groups, eq(groups.transferId, paymentClaims.transferId))
    .innerJoin(orders, eq(orders.id, paymentClaims.orderId))
    .where(
      and(
        eq(paymentClaims.paymentId, id),
        eq(orders.orderNumber, orderNumber),
        eq(paymentClaims.live, true),
      ),
    )
  if (!leg) throw new AppError('not-found')
  return { ...payer, ...leg }
}

/** What has gone back, or is about to: open refunds count until a receipt ends them. */
const findRefundedMinor = async (
  tx: Transaction,
  refundedPaymentId: string,
  orderNumber: string,
): Promise<bigint> => {
  const rows = await tx
    .select({ amountMinor: refunds.amountMinor })
    .from(refunds)
    .innerJoin(payments, eq(payments.id, refunds.paymentId))
    .where(
      and(
        eq(refunds.refundedPaymentId, refundedPaymentId),
        eq(refunds.orderNumber, orderNumber),
        inArray(payments.status, ['paying', 'executed']),
      ),
    )
  return sumMinor(rows.map((row) => row.amountMinor))
}

const goesBackAsPaid = (content: PaymentContent, paid: PaidLeg, agreement: Agreement): boolean =>
  content.payerAccount === paid.payeeAccount &&
  content.claims[0]?.payeeAccount === paid.payerAccount &&
  content.currency === paid.currency &&
  content.day === agreement.day &&
  agreement.payer === paid.customerId

const findKnown = async (
  tx: Transaction,
  content: PaymentContent,
): Promise<ReservedRefund | undefined> => {
  const [known] = await tx.select().from(payments).where(eq(payments.id, content.paymentId))
  if (!known) return undefined
  if (known.digest !== digestOf(content)) throw new AppError('digest-mismatch')
  // A refund that only its receipt told of: there is nothing left to instruct.
  if (!known.instruction)
    return { outcome: 'not-reserved', reason: 'too-much', refundableMinor: 0n }
  const { id: paymentId, instruction, submitBefore } = known
  return { outcome: 'reserved', paymentId, instruction, submitBefore }
}

const store = async (
  tx: Transaction,
  { payment, groups: groupRows }: Draft,
  refund: Omit<typeof refunds.$inferInsert, 'paymentId'>,
): Promise<void> => {
  await Promise.all([
    tx.insert(payments).values(payment),
    tx.insert(groups).values(groupRows),
    tx.insert(refunds).values({ ...refund, paymentId: payment.id }),
  ])
}

const reserve = async (
  tx: Transaction,
  { bank, refundedPaymentId, content }: RefundToReserve,
  { orderNumber, agreement, draft }: { orderNumber: string; agreement: Agreement; draft: Draft },
): Promise<ReservedRefund> => {
  const refunded = await lockRefunded(tx, bank, refundedPaymentId)
  const known = await findKnown(tx, content)
  if (known) return known
  const paid = await findPaidLeg(tx, refunded, orderNumber)
  const back = await findRefundedMinor(tx, refundedPaymentId, orderNumber)
  const refundableMinor = paid.amountMinor > back ? paid.amountMinor - back : 0n
  if (agreement.expiresAt.getTime() <= Date.now())
    return { outcome: 'not-reserved', reason: 'authorisation-expired', refundableMinor }
  if (!goesBackAsPaid(content, paid, agreement))
    return { outcome: 'not-reserved', reason: 'content-stale', refundableMinor }
  const { id: paymentId, amountMinor, instruction, submitBefore } = draft.payment
  if (amountMinor > refundableMinor)
    return { outcome: 'not-reserved', reason: 'too-much', refundableMinor }
  const { orderId } = paid
  await store(tx, draft, { refundedPaymentId, orderId, orderNumber, amountMinor })
  return { outcome: 'reserved', paymentId, instruction, submitBefore }
}

/**
 * Prepares a refund that two staff members authorised at the core: of one claim, from the account that
 * was paid to the one that paid, at most what has not gone back yet, also when two race. Its receipt
 * completes it. Throws `not-found` when that payment paid nothing for the claim.
 */
export const reserveRefund = async (
  deps: Pick<Deps, 'db' | 'clock' | 'keys' | 'trust' | 'newId' | 'log'>,
  refund: RefundToReserve,
): Promise<ReservedRefund> => {
  const { bank, content, caller } = refund
  const orderNumber = checkForm(content)
  const agreement = await readAuthorisation(deps, bank, refund.authorisation, [content])
  const draft = await draftPayment(deps, bank, { content, agreement, runId: deps.newId() })
  const once = () =>
    changeByCall(deps, caller, (tx) => reserve(tx, refund, { orderNumber, agreement, draft }))
  try {
    return await once()
  } catch (error) {
    // The same id for refunds of two payments at once: the second time it is known.
    if (violatesUnique(error, 'payments_pkey')) return once()
    throw error
  }
}
