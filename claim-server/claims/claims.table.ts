import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
  date,
  foreignKey,
  index,
  integer,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core'
import type { ClaimStatus } from '#shared/contracts/claim-server.ts'
import type { Currency } from '#shared/money.ts'
import { banks, customers } from '../banks/banks.table.ts'
import { orders } from '../orders/orders.table.ts'
import { claimServer } from '../pg-schema.ts'
import { shops } from '../shops/shops.table.ts'

/** What lists and indexes tell apart. */
export type ListedAs = Exclude<ClaimStatus, 'paying'>

/**
 * The order seen as money owed. One row per order; its status moves only by compare-and-set on the
 * status before, and on the payment that holds it.
 */
export const claims = claimServer.table(
  'claims',
  {
    orderId: uuid()
      .primaryKey()
      .references(() => orders.id),
    shopId: uuid()
      .notNull()
      .references(() => shops.id),
    status: text().$type<ClaimStatus>().notNull(),
    /**
     * The status without the moment of a payment: what is being paid is listed as unsettled. Indexes
     * name it in place of the status, and so PostgreSQL holds and releases a claim without writing any
     * of them (HOT): none may name what a payment changes, but for its settlement.
     */
    listedAs: text()
      .$type<ListedAs>()
      .notNull()
      .generatedAlwaysAs(sql`case status when 'paying' then 'unsettled' else status end`),
    /** Counts the changes: the ETag of the order, the sequence of its events. */
    revision: integer().notNull(),
    bank: text()
      .notNull()
      .references(() => banks.code),
    // The order's, copied by a trigger whatever an insert says: lists and totals read this table alone.
    amountMinor: bigint({ mode: 'bigint' })
      .notNull()
      .$defaultFn(() => sql`null`),
    currency: text()
      .$type<Currency>()
      .notNull()
      .$defaultFn(() => sql`null`),
    orderedOn: date({ mode: 'string' })
      .notNull()
      .$defaultFn(() => sql`null`),
    /** The payer, bound at acceptance. */
    customerId: text(),
    /** The account chosen at acceptance (Fig. 32, S186). */
    account: text(),
    acceptedAt: timestamp({ withTimezone: true }),
    /** Until when a provisional order can be accepted. */
    openUntil: timestamp({ withTimezone: true }),
    /** The last day to pay: moved off holidays, and by a revival. */
    timeLimit: date({ mode: 'string' }).notNull(),
    /** The limit before it was moved off a holiday. */
    originalTimeLimit: date({ mode: 'string' }),
    /** When both are warned (Fig. 17, S135), and whether they were. */
    warnOn: date({ mode: 'string' }).notNull(),
    warnedAt: timestamp({ withTimezone: true }),
    /** When the customer first had it on a list. */
    seenAt: timestamp({ withTimezone: true }),
    /** The live payment while `paying`, the executed one once `settled`. */
    paymentId: uuid(),
    payingSince: timestamp({ withTimezone: true }),
    settledAt: timestamp({ withTimezone: true }),
    closedAt: timestamp({ withTimezone: true }),
  },
  (table) => [
    foreignKey({
      name: 'claims_customer',
      columns: [table.bank, table.customerId],
      foreignColumns: [customers.bank, customers.customerId],
    }),
    check(
      'claims_status',
      sql`${table.status} in ('provisional', 'unsettled', 'paying', 'settled', 'abandoned', 'expired', 'cancelled', 'declined')`,
    ),
    check(
      'claims_payer_bound',
      sql`${table.customerId} is not null or ${table.status} in ('provisional', 'abandoned', 'cancelled')`,
    ),
    check(
      'claims_payment',
      sql`(${table.paymentId} is not null) = (${table.status} in ('paying', 'settled'))`,
    ),
    check(
      'claims_settled_at',
      sql`(${table.settledAt} is not null) = (${table.status} = 'settled')`,
    ),
    // A customer's lists in every order, their totals and filters: all of it is read in the index.
    index('claims_of_customer').on(
      table.bank,
      table.customerId,
      table.listedAs,
      table.settledAt,
      table.orderId,
      table.timeLimit,
      table.amountMinor,
      table.currency,
      table.shopId,
      table.orderedOn,
      table.warnOn,
    ),
    index('claims_of_account')
      .on(table.account, table.orderId)
      .where(sql`${table.account} is not null`),
    // What staff look for and is rare among millions of settled claims; no payment comes by here.
    index('claims_unusual')
      .on(table.listedAs, table.orderId)
      .where(sql`${table.listedAs} in ('abandoned', 'expired', 'cancelled', 'declined')`),
    index('claims_unusual_by_amount')
      .on(table.listedAs, table.amountMinor, table.orderId)
      .where(sql`${table.listedAs} in ('abandoned', 'expired', 'cancelled', 'declined')`),
    // A shop's inquiry: by day of order, limit, amount and settlement; at the end what totals need.
    index('claims_of_shop_by_day').on(
      table.shopId,
      table.listedAs,
      table.orderedOn,
      table.orderId,
      table.amountMinor,
      table.currency,
    ),
    index('claims_of_shop_by_limit').on(
      table.shopId,
      table.listedAs,
      table.timeLimit,
      table.orderId,
      table.amountMinor,
      table.currency,
    ),
    index('claims_of_shop_by_amount').on(
      table.shopId,
      table.listedAs,
      table.amountMinor,
      table.orderId,
      table.currency,
    ),
    index('claims_of_shop_by_settlement')
      .on(table.shopId, table.settledAt, table.orderId, table.amountMinor, table.currency)
      .where(sql`${table.listedAs} = 'settled'`),
    index('claims_provisional').on(table.openUntil).where(sql`${table.listedAs} = 'provisional'`),
    index('claims_limits').on(table.timeLimit).where(sql`${table.listedAs} = 'unsettled'`),
    index('claims_to_warn')
      .on(table.warnOn)
      .where(sql`${table.listedAs} = 'unsettled' and ${table.warnedAt} is null`),
  ],
)

/** Every change of a claim: append-only. */
export const claimHistory = claimServer.table(
  'claim_history',
  {
    id: bigint({ mode: 'bigint' }).notNull().generatedAlwaysAsIdentity(),
    orderId: uuid()
      .notNull()
      .references(() => orders.id),
    at: timestamp({ withTimezone: true }).notNull(),
    /** The status reached, or what else happened. */
    event: text().notNull(),
    /** "shop", "customer", "core", "time", "staff:<id>". */
    by: text().notNull(),
    reason: text(),
    paymentId: uuid(),
  },
  (table) => [primaryKey({ name: 'claim_history_pk', columns: [table.orderId, table.id] })],
)
