import { and, eq } from 'drizzle-orm'
import { customers } from '../../banks/banks.table.ts'
import { claims } from '../../claims/claims.table.ts'
import type { Deps } from '../../deps.ts'
import { orders } from '../../orders/orders.table.ts'
import { groups, paymentClaims, payments } from '../../payments/payments.table.ts'

const columns = {
  orderId: claims.orderId,
  orderNumber: orders.orderNumber,
  shopOrderRef: orders.shopOrderRef,
  description: orders.description,
  category: orders.category,
  amountMinor: orders.amountMinor,
  currency: orders.currency,
  orderedOn: orders.orderedOn,
  entryToken: orders.entryToken,
  createdAt: orders.createdAt,
  status: claims.status,
  revision: claims.revision,
  timeLimit: claims.timeLimit,
  originalTimeLimit: claims.originalTimeLimit,
  openUntil: claims.openUntil,
  acceptedAt: claims.acceptedAt,
  payingSince: claims.payingSince,
  settledAt: claims.settledAt,
  closedAt: claims.closedAt,
  bank: claims.bank,
  customerId: claims.customerId,
  customerName: customers.name,
  /** The account that paid; only of settled orders. */
  account: payments.account,
  payeeAccount: groups.payeeAccount,
  transferId: groups.transferId,
  groupNumber: groups.groupNumber,
  groupAmountMinor: groups.amountMinor,
}

/** A shop's orders with their customers, and the transfer that settled them. */
export const selectOrders = ({ db }: Pick<Deps, 'db'>) =>
  db
    .select(columns)
    .from(claims)
    .innerJoin(orders, eq(orders.id, claims.orderId))
    .leftJoin(
      customers,
      and(eq(customers.bank, claims.bank), eq(customers.customerId, claims.customerId)),
    )
    .leftJoin(payments, and(eq(claims.status, 'settled'), eq(payments.id, claims.paymentId)))
    .leftJoin(
      paymentClaims,
      and(eq(paymentClaims.paymentId, payments.id), eq(paymentClaims.orderId, claims.orderId)),
    )
    .leftJoin(groups, eq(groups.transferId, paymentClaims.transferId))
    .$dynamic()

export type OrderRow = Awaited<ReturnType<typeof selectOrders>>[number]

/** An order as its shop sees it: the customer by name and by the shop's own reference. */
export interface InquiredOrder
  extends Omit<OrderRow, 'customerId' | 'customerName' | 'bank' | 'entryToken'> {
  customer: { name: string; reference: string } | null
}

export const toInquired = (
  { customerId, customerName, bank, entryToken: _secret, ...row }: OrderRow,
  referenceOf: (customer: { bank: string; customerId: string }) => string | undefined,
): InquiredOrder => {
  const reference = customerId === null ? undefined : referenceOf({ bank, customerId })
  return {
    ...row,
    customer: reference && customerName !== null ? { name: customerName, reference } : null,
  }
}
