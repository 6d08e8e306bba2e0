import { and, eq } from 'drizzle-orm'
import type { Transaction } from '#shared/database.ts'
import type { StaffClaim } from '#shared/contracts/staff.ts'
import { customers } from '../banks/banks.table.ts'
import { claims } from '../claims/claims.table.ts'
import { orders } from '../orders/orders.table.ts'
import { shops } from '../shops/shops.table.ts'

/** Claims as staff see them, whoever's they are. */
export const selectStaffClaims = (tx: Transaction) =>
  tx
    .select({
      id: orders.id,
      orderNumber: orders.orderNumber,
      status: claims.status,
      shopId: claims.shopId,
      shopName: shops.name,
      customerId: claims.customerId,
      customerName: customers.name,
      account: claims.account,
      description: orders.description,
      amountMinor: orders.amountMinor,
      currency: orders.currency,
      orderedOn: orders.orderedOn,
      timeLimit: claims.timeLimit,
      paymentId: claims.paymentId,
    })
    .from(orders)
    .innerJoin(claims, eq(claims.orderId, orders.id))
    .innerJoin(shops, eq(shops.id, claims.shopId))
    .leftJoin(
      customers,
      and(eq(customers.bank, claims.bank), eq(customers.customerId, claims.customerId)),
    )
    .$dynamic()

type Row = Awaited<ReturnType<typeof selectStaffClaims>>[number]

export const toStaffClaim = ({ id: _id, ...claim }: Row): StaffClaim => claim
