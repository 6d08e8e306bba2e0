import { asc, eq, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { textArray, type Transaction, uuidArray } from '#shared/database.ts'
import type { LocalDate } from '#shared/dates.ts'
import { orders } from '../orders/orders.table.ts'
import { claimHistory, claims } from './claims.table.ts'

export type ClaimRow = typeof claims.$inferSelect
export type OrderRow = typeof orders.$inferSelect

/** Who changed a claim, as its history names it. */
export type ChangedBy = 'shop' | 'customer' | 'core' | 'time' | `staff:${string}`

/** One claim of one payment. */
export interface PaymentOfClaim {
  orderId: string
  paymentId: string
}

/** A claim to be held, and what must be true of it: whose it is, and on which day it was agreed to. */
export interface ClaimToHold extends PaymentOfClaim {
  bank: string
  customerId: string
  /** The day of the authorisation at the bank: the time limit is this day or later. */
  payableOn: LocalDate
}

/** A claim that a receipt settles, and when the core decided so. */
export interface ClaimToSettle extends PaymentOfClaim {
  settledAt: Date
}

// FOR UPDATE OF takes no name with a schema, which is how drizzle writes a table that has no alias.
const lockedClaim = alias(claims, 'claim')

/** What must be known of a claim to hold it. */
export interface LockedClaim {
  claim: Pick<ClaimRow, 'status' | 'bank' | 'customerId' | 'shopId' | 'timeLimit' | 'paymentId'>
  order: Pick<OrderRow, 'id' | 'orderNumber' | 'amountMinor' | 'currency'>
}

/**
 * Reads claims with their orders by order number and locks the claims in order of their ids, so that
 * two baskets that cross never wait for each other in a circle. Numbers that don't exist are left out.
 */
export const lockClaims = async (
  tx: Transaction,
  orderNumbers: readonly string[],
): Promise<LockedClaim[]> =>
  tx
    .select({
      claim: {
        status: lockedClaim.status,
        bank: lockedClaim.bank,
        customerId: lockedClaim.customerId,
        shopId: lockedClaim.shopId,
        timeLimit: lockedClaim.timeLimit,
        paymentId: lockedClaim.paymentId,
      },
      order: {
        id: orders.id,
        orderNumber: orders.orderNumber,
        amountMinor: orders.amountMinor,
        currency: orders.currency,
      },
    })
    .from(lockedClaim)
    .innerJoin(orders, eq(orders.id, lockedClaim.orderId))
    .where(sql`${orders.orderNumber} = any(${textArray(orderNumbers)})`)
    .orderBy(asc(lockedClaim.orderId))
    .for('update', { of: lockedClaim })

interface Change {
  pairs: readonly (PaymentOfClaim | ClaimToHold | ClaimToSettle)[]
  set: SQL
  where: SQL
  event: string
  by: ChangedBy
  at: Date
  reason?: string | undefined
}

/** One statement: the compare-and-set and the history rows of what it changed. Returns the changed order ids. */
const changeClaims = async (
  tx: Transaction,
  { pairs, set, where, event, by, at, reason }: Change,
): Promise<string[]> => {
  if (pairs.length === 0) return []
  const wanted = JSON.stringify(pairs)
  const rows = await tx.execute<{ order_id: string }>(sql`
    with changed as (
      update ${claims} as claim
      set ${set}, revision = claim.revision + 1
      from jsonb_to_recordset(${wanted}::jsonb) as wanted("orderId" uuid, "paymentId" uuid,
        bank text, "customerId" text, "payableOn" date, "settledAt" timestamptz)
      where claim.order_id = any(${uuidArray(pairs.map((pair) => pair.orderId))})
        and claim.order_id = wanted."orderId" and ${where}
      returning claim.order_id, wanted."paymentId" as payment_id
    ), told as (
      insert into ${claimHistory} (order_id, at, event, by, reason, payment_id)
      select order_id, ${at.toISOString()}::timestamptz, ${event}, ${by}, ${reason ?? null}::text, payment_id
      from changed
    )
    select order_id from changed`)
  return rows.map((row) => row.order_id)
}

/**
 * unsettled → paying, each claim held by its payment; one statement for all that are held together.
 * Only claims of their customer whose time limit is not over on the day of the authorisation. Returns
 * the order ids held: the caller compares them with what it asked for.
 */
export const holdClaims = (
  tx: Transaction,
  { claims: pairs, at }: { claims: readonly ClaimToHold[]; at: Date },
): Promise<string[]> =>
  changeClaims(tx, {
    pairs,
    set: sql`status = 'paying', payment_id = wanted."paymentId", paying_since = ${at.toISOString()}::timestamptz`,
    where: sql`claim.status = 'unsettled' and claim.bank = wanted.bank
      and claim.customer_id = wanted."customerId" and claim.time_limit >= wanted."payableOn"`,
    event: 'paying',
    by: 'customer',
    at,
  })

/**
 * paying by that payment → settled; also unsettled → settled, for a receipt whose hold is unknown here
 * (a restored backup). Call it with an executed receipt only, its payer checked. Returns the order ids
 * settled; every other one was not free: an exception, or settled by this payment before.
 */
export const settleClaims = (
  tx: Transaction,
  { claims: pairs, at }: { claims: readonly ClaimToSettle[]; at: Date },
): Promise<string[]> =>
  changeClaims(tx, {
    pairs,
    set: sql`status = 'settled', payment_id = wanted."paymentId", paying_since = null,
      settled_at = wanted."settledAt", closed_at = ${at.toISOString()}::timestamptz`,
    where: sql`((claim.status = 'paying' and claim.payment_id = wanted."paymentId") or claim.status = 'unsettled')`,
    event: 'settled',
    by: 'core',
    at,
  })

/**
 * paying by that payment → unsettled: the core refused or voided it. Returns the order ids released;
 * a claim that another payment holds stays as it is.
 */
export const releaseClaims = (
  tx: Transaction,
  { claims: pairs, reason, at }: { claims: readonly PaymentOfClaim[]; reason: string; at: Date },
): Promise<string[]> =>
  changeClaims(tx, {
    pairs,
    set: sql`status = 'unsettled', payment_id = null, paying_since = null`,
    where: sql`claim.status = 'paying' and claim.payment_id = wanted."paymentId"`,
    event: 'released',
    by: 'core',
    at,
    reason,
  })
