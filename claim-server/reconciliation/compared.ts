import { type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '#shared/database.ts'

/** What a reconciliation compares: all history, or what the core decided lately. */
export type Extent = 'recent' | 'whole'

/**
 * Lays down the ids of the payments to compare, and the claims that they pay, in tables that go with the
 * transaction: those whose legs the core has listed, and those that were made and decided here since
 * then. A payment that became known here long after its decision is not among these, as the core's
 * list does not go back that far.
 */
export const chooseCompared = async (tx: Transaction, since: Date): Promise<void> => {
  const at = sql`${since.toISOString()}::timestamptz`
  await tx.execute(sql`
    create temporary table compared_payments on commit drop as
    select payment_id from executed_legs
    union
    select id from claim_server.payments
    where created_at >= ${at} and coalesce(decided_at >= ${at}, true)`)
  await tx.execute(sql`
    create temporary table compared_orders on commit drop as
    select distinct order_id from claim_server.payment_claims
    where payment_id in (select payment_id from compared_payments)`)
  await tx.execute(sql`analyze compared_payments`)
  await tx.execute(sql`analyze compared_orders`)
}

/** Whether the payment with this id is compared. */
export const isComparedPayment = (extent: Extent, id: SQL): SQL =>
  extent === 'whole' ? sql`true` : sql`${id} in (select payment_id from compared_payments)`

/** Whether the claim of this order is. */
export const isCompared = (extent: Extent, orderId: SQL): SQL =>
  extent === 'whole' ? sql`true` : sql`${orderId} in (select order_id from compared_orders)`
