import { asc, eq, sql } from 'drizzle-orm'
import { alias, unionAll } from 'drizzle-orm/pg-core'
import { textArray, type Transaction, uuidArray } from '#shared/database.ts'
import { claims } from '../claims/claims.table.ts'
import { orders } from '../orders/orders.table.ts'
import type { PaymentRow } from './decide-payment.ts'
import { groups, paymentClaims, payments } from './payments.table.ts'
import type { BelievedReceipt } from './read-receipt.ts'
import type { ClaimOfReceipt, InstructedPayment } from './weigh-receipt.ts'

const locked = alias(claims, 'claim')

/** The claims that receipts are about, held or paid, locked in order of their ids as every basket locks them. */
export const lockClaimsOfReceipts = (
  tx: Transaction,
  receipts: readonly Pick<BelievedReceipt['content'], 'jti' | 'legs'>[],
): Promise<ClaimOfReceipt[]> => {
  const numbers = receipts.flatMap(({ legs }) => legs.map((leg) => leg.orderNumber))
  const held = tx
    .select({ id: paymentClaims.orderId })
    .from(paymentClaims)
    .where(sql`${paymentClaims.paymentId} = any(${uuidArray(receipts.map(({ jti }) => jti))})`)
  const paid = tx
    .select({ id: orders.id })
    .from(orders)
    .where(sql`${orders.orderNumber} = any(${textArray(numbers)})`)
  return tx
    .select({
      orderId: locked.orderId,
      orderNumber: orders.orderNumber,
      status: locked.status,
      paymentId: locked.paymentId,
      customerId: locked.customerId,
      shopId: locked.shopId,
      amountMinor: orders.amountMinor,
      currency: orders.currency,
    })
    .from(locked)
    .innerJoin(orders, eq(orders.id, locked.orderId))
    .where(sql`${locked.orderId} = any(array(${unionAll(held, paid)}))`)
    .orderBy(asc(locked.orderId))
    .for('update', { of: locked })
}

// FOR UPDATE OF takes no name with a schema, which is how drizzle writes a table that has no alias.
const payment = alias(payments, 'payment')

/** What a receipt is compared with. */
export type LockedPayment = Pick<
  PaymentRow,
  'id' | 'kind' | 'status' | 'digest' | 'customerId' | 'account'
>

/** In order of their ids, after their claims. */
export const lockPaymentRows = (
  tx: Transaction,
  ids: readonly string[],
): Promise<LockedPayment[]> =>
  tx
    .select({
      id: payment.id,
      kind: payment.kind,
      status: payment.status,
      digest: payment.digest,
      customerId: payment.customerId,
      account: payment.account,
    })
    .from(payment)
    .where(sql`${payment.id} = any(${uuidArray(ids)})`)
    .orderBy(asc(payment.id))
    .for('update', { of: payment })

export type InstructedLeg = InstructedPayment['legs'][number] & {
  paymentId: string
  orderId: string
}

/** What the instructions of these payments said of each claim. */
export const findInstructedLegs = (
  tx: Transaction,
  paymentIds: readonly string[],
): Promise<InstructedLeg[]> =>
  tx
    .select({
      paymentId: paymentClaims.paymentId,
      orderId: paymentClaims.orderId,
      orderNumber: orders.orderNumber,
      payeeAccount: groups.payeeAccount,
      amountMinor: paymentClaims.amountMinor,
      transferId: paymentClaims.transferId,
      feeMinor: groups.feeMinor,
    })
    .from(paymentClaims)
    .innerJoin(groups, eq(groups.transferId, paymentClaims.transferId))
    .innerJoin(orders, eq(orders.id, paymentClaims.orderId))
    .where(sql`${paymentClaims.paymentId} = any(${uuidArray(paymentIds)})`)
