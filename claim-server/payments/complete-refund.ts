import { and, eq, isNull, or, sql } from 'drizzle-orm'
import type { PaymentStatus } from '#shared/contracts/claim-server.ts'
import type { Transaction } from '#shared/database.ts'
import { claimHistory } from '../claims/claims.table.ts'
import type { Deps } from '../deps.ts'
import { writeNotices } from '../notices/write-notices.ts'
import { decidePayment } from './decide-payment.ts'
import type { LockedPayment } from './lock-for-receipts.ts'
import { openExceptions } from './open-exceptions.ts'
import { exceptions, groups, paymentClaims, payments, refunds } from './payments.table.ts'
import type { BelievedReceipt, ExecutedReceipt } from './read-receipt.ts'
import { storePaymentFromReceipt } from './store-from-receipt.ts'
import type { Leg } from './weigh-receipt.ts'
import { orders } from '../orders/orders.table.ts'

type RefundRow = typeof refunds.$inferSelect
type Believed = BelievedReceipt & { content: ExecutedReceipt }

const findInstructed = async (tx: Transaction, paymentId: string) => {
  const [found] = await tx
    .select({ refund: refunds, group: groups })
    .from(refunds)
    .innerJoin(groups, eq(groups.paymentId, refunds.paymentId))
    .where(eq(refunds.paymentId, paymentId))
  return found
}

const asInstructed = (
  receipt: ExecutedReceipt,
  payment: LockedPayment,
  { refund, group }: { refund: RefundRow; group: typeof groups.$inferSelect },
): boolean => {
  const [leg] = receipt.legs
  return (
    receipt.legs.length === 1 &&
    receipt.digest === payment.digest &&
    receipt.payer === payment.customerId &&
    receipt.payerAccount === payment.account &&
    leg?.orderNumber === refund.orderNumber &&
    leg.amountMinor === refund.amountMinor &&
    leg.transferId === group.transferId &&
    leg.payeeAccount === group.payeeAccount
  )
}

/** The executed payment of that claim between the same two accounts, for a refund that is unknown here. */
const findRefunded = async (tx: Transaction, { payerAccount }: ExecutedReceipt, leg: Leg) => {
  const [found] = await tx
    .select({ refundedPaymentId: payments.id, orderId: orders.id })
    .from(payments)
    .innerJoin(
      groups,
      and(eq(groups.paymentId, payments.id), eq(groups.payeeAccount, payerAccount)),
    )
    .innerJoin(orders, eq(orders.orderNumber, leg.orderNumber))
    .leftJoin(
      paymentClaims,
      and(eq(paymentClaims.paymentId, payments.id), eq(paymentClaims.orderId, orders.id)),
    )
    .leftJoin(
      exceptions,
      and(eq(exceptions.paymentId, payments.id), eq(exceptions.orderNumber, leg.orderNumber)),
    )
    .where(
      and(
        eq(payments.status, 'executed'),
        eq(payments.account, leg.payeeAccount),
        or(eq(paymentClaims.orderId, orders.id), eq(exceptions.orderNumber, leg.orderNumber)),
      ),
    )
    .limit(1)
  return found
}

/** The case is closed once all that was paid has gone back. */
const closeException = (tx: Transaction, refund: RefundRow, at: Date) =>
  tx
    .update(exceptions)
    .set({ closedAt: at, refundPaymentId: refund.paymentId })
    .where(
      and(
        eq(exceptions.paymentId, refund.refundedPaymentId),
        eq(exceptions.orderNumber, refund.orderNumber),
        isNull(exceptions.closedAt),
        sql`${exceptions.amountMinor} <= (
          select sum(${refunds.amountMinor}) from ${refunds}
          join ${payments} on ${payments.id} = ${refunds.paymentId}
          where ${refunds.refundedPaymentId} = ${refund.refundedPaymentId}
            and ${refunds.orderNumber} = ${refund.orderNumber}
            and ${payments.status} = 'executed')`,
      ),
    )

type RefundDeps = Pick<Deps, 'clock' | 'newId' | 'log'>

const record = async (deps: RefundDeps, tx: Transaction, refund: RefundRow): Promise<void> => {
  const at = deps.clock.now()
  const { orderId, paymentId } = refund
  await closeException(tx, refund, at)
  if (!orderId) return
  await tx.insert(claimHistory).values({ orderId, at, event: 'refunded', by: 'core', paymentId })
  await writeNotices(tx, deps, [{ orderId, event: 'claim-refunded', occasion: paymentId }])
}

const oddLegs = (receipt: ExecutedReceipt, orderId: string | undefined) =>
  receipt.legs.map((leg) => ({
    leg,
    orderId,
    outcome: orderId ? ('differs' as const) : ('unknown-order' as const),
  }))

const completeKnown = async (
  deps: RefundDeps,
  tx: Transaction,
  receipt: Believed,
  payment: LockedPayment,
): Promise<PaymentStatus> => {
  const instructed = await findInstructed(tx, payment.id)
  await decidePayment(tx, receipt, payment.status)
  if (instructed && asInstructed(receipt.content, payment, instructed)) {
    await record(deps, tx, instructed.refund)
    return 'settled'
  }
  const orderId = instructed?.refund.orderId ?? undefined
  await openExceptions(deps, tx, payment.id, oddLegs(receipt.content, orderId))
  return 'exception'
}

const completeUnknown = async (
  deps: RefundDeps,
  tx: Transaction,
  receipt: Believed,
): Promise<PaymentStatus> => {
  const { content } = receipt
  await storePaymentFromReceipt(deps, tx, receipt)
  const [leg] = content.legs
  const refunded = leg && content.legs.length === 1 && (await findRefunded(tx, content, leg))
  if (!refunded) {
    await openExceptions(deps, tx, content.jti, oddLegs(content, undefined))
    return 'exception'
  }
  const refund = {
    ...refunded,
    paymentId: content.jti,
    orderNumber: leg.orderNumber,
    amountMinor: leg.amountMinor,
  }
  await tx.insert(refunds).values(refund)
  await record(deps, tx, refund)
  return 'settled'
}

/**
 * An executed refund closes the exception that it pays back, is written into the claim's history, and
 * told to shop and customer.
 * Its claim stays as it is: `settled` is terminal.
 */
export const completeRefund = (
  deps: RefundDeps,
  tx: Transaction,
  receipt: Believed,
  payment: LockedPayment | undefined,
): Promise<PaymentStatus> =>
  payment ? completeKnown(deps, tx, receipt, payment) : completeUnknown(deps, tx, receipt)
