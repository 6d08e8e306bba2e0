import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  date,
  index,
  integer,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import type { RefusalReason } from '#shared/contracts/documents.ts'
import type { Currency } from '#shared/money.ts'
import { banks } from '../banks/banks.table.ts'
import { orders } from '../orders/orders.table.ts'
import { claimServer } from '../pg-schema.ts'

/** One confirmed attempt by one customer to pay a basket from one account. `paying` until a receipt decides. */
export const payments = claimServer.table(
  'payments',
  {
    id: uuid().primaryKey(),
    runId: uuid().notNull(),
    /** For people: what a customer quotes to staff. Follows from the id. */
    reference: text().notNull(),
    bank: text()
      .notNull()
      .references(() => banks.code),
    customerId: text().notNull(),
    kind: text().$type<'payment' | 'dated payment' | 'refund'>().notNull(),
    status: text().$type<'paying' | 'executed' | 'refused' | 'voided'>().notNull(),
    reason: text().$type<RefusalReason>(),
    shortByMinor: bigint({ mode: 'bigint' }),
    account: text().notNull(),
    day: date({ mode: 'string' }).notNull(),
    currency: text().$type<Currency>().notNull(),
    amountMinor: bigint({ mode: 'bigint' }).notNull(),
    feeMinor: bigint({ mode: 'bigint' }).notNull(),
    digest: text().notNull(),
    /** The signed documents: evidence. Null for a payment that is known by its receipt alone. */
    authorisation: text(),
    instruction: text(),
    receipt: text(),
    receiptKid: text(),
    /** When the customer agreed, by the business clock. */
    authorisedAt: timestamp({ withTimezone: true }).notNull(),
    /** After this the core refuses to execute, and the payment may be voided. Real time. */
    submitBefore: timestamp({ withTimezone: true }).notNull(),
    /** When the row was made. Real time: how long a payment has been in doubt. */
    createdAt: timestamp({ withTimezone: true }).notNull(),
    /** When the core decided, as its receipt says. */
    decidedAt: timestamp({ withTimezone: true }),
    /** The resolver's next turn, pushed on as its lease before the core is asked. Real time. */
    askAt: timestamp({ withTimezone: true }).notNull(),
    timesAsked: integer().notNull(),
  },
  (table) => [
    check('payments_status', sql`${table.status} in ('paying', 'executed', 'refused', 'voided')`),
    check('payments_decided', sql`(${table.status} = 'paying') = (${table.receipt} is null)`),
    check('payments_amounts', sql`${table.amountMinor} > 0 and ${table.feeMinor} >= 0`),
    index('payments_open').on(table.askAt).where(sql`${table.status} = 'paying'`),
    index('payments_of_account').on(table.account, table.createdAt),
    index('payments_by_time').using('brin', table.createdAt),
  ],
)

/** The claims of one payment that go to one payee account: one transfer, one fee (Fig. 24A). Kept for ever. */
export const groups = claimServer.table(
  'groups',
  {
    /** The transfer's id, made here before the core hears of it. */
    transferId: uuid().primaryKey(),
    paymentId: uuid()
      .notNull()
      .references(() => payments.id),
    /** For people: on the payment record and in the shop's mail. */
    groupNumber: text().notNull(),
    payeeAccount: text().notNull(),
    /** As the core names it; empty where only a receipt tells of the group. */
    payeeHolder: text().notNull(),
    amountMinor: bigint({ mode: 'bigint' }).notNull(),
    feeMinor: bigint({ mode: 'bigint' }).notNull(),
  },
  (table) => [
    uniqueIndex('groups_payee_once').on(table.paymentId, table.payeeAccount),
    check('groups_amounts', sql`${table.amountMinor} > 0 and ${table.feeMinor} >= 0`),
  ],
)

/** Which claims a payment pays. `live` while the payment is open or executed. */
export const paymentClaims = claimServer.table(
  'payment_claims',
  {
    paymentId: uuid()
      .notNull()
      .references(() => payments.id),
    orderId: uuid()
      .notNull()
      .references(() => orders.id),
    transferId: uuid()
      .notNull()
      .references(() => groups.transferId),
    amountMinor: bigint({ mode: 'bigint' }).notNull(),
    live: boolean().notNull(),
  },
  (table) => [
    primaryKey({ name: 'payment_claims_pk', columns: [table.paymentId, table.orderId] }),
    // Never two live payments for one claim: the database holds it, whatever the code does.
    uniqueIndex('payment_claims_one_live').on(table.orderId).where(sql`${table.live}`),
    // The others are few: an order's payments are found by these two.
    index('payment_claims_released').on(table.orderId).where(sql`not ${table.live}`),
  ],
)

/** A receipt that found its claim not free: paid late, paid twice. A case for staff, ended by a refund. */
export const exceptions = claimServer.table(
  'exceptions',
  {
    id: uuid().primaryKey(),
    paymentId: uuid()
      .notNull()
      .references(() => payments.id),
    /** Null when the order itself is unknown here. */
    orderId: uuid().references(() => orders.id),
    orderNumber: text().notNull(),
    kind: text().$type<'paid-late' | 'paid-twice' | 'unknown-order' | 'differs'>().notNull(),
    transferId: uuid().notNull(),
    payeeAccount: text().notNull(),
    amountMinor: bigint({ mode: 'bigint' }).notNull(),
    openedAt: timestamp({ withTimezone: true }).notNull(),
    /** The refund's payment, once staff have authorised it. */
    refundPaymentId: uuid(),
    closedAt: timestamp({ withTimezone: true }),
  },
  (table) => [uniqueIndex('exceptions_once').on(table.paymentId, table.orderNumber)],
)

/** Money back: a payment of the payee's account to the payer's, linked to what was paid for the claim. */
export const refunds = claimServer.table(
  'refunds',
  {
    paymentId: uuid()
      .primaryKey()
      .references(() => payments.id),
    /** The payment that is paid back, in part or whole. */
    refundedPaymentId: uuid()
      .notNull()
      .references(() => payments.id),
    /** Null when the order itself is unknown here. */
    orderId: uuid().references(() => orders.id),
    orderNumber: text().notNull(),
    amountMinor: bigint({ mode: 'bigint' }).notNull(),
  },
  (table) => [
    index('refunds_of_payment').on(table.refundedPaymentId, table.orderNumber),
    check('refunds_amount', sql`${table.amountMinor} > 0`),
  ],
)

/**
 * Receipts that were believed but had nothing to decide here: refused or voided for a payment that is
 * unknown, or contrary to a final one. Evidence, nothing else.
 */
export const strayReceipts = claimServer.table(
  'stray_receipts',
  {
    paymentId: uuid().notNull(),
    result: text().$type<'executed' | 'refused' | 'voided'>().notNull(),
    payer: text().notNull(),
    digest: text().notNull(),
    receipt: text().notNull(),
    receiptKid: text().notNull(),
    receivedAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [primaryKey({ name: 'stray_receipts_pk', columns: [table.paymentId, table.result] })],
)

/** Public receipt keys of the core as they were published when a receipt was believed: to verify it for ever. */
export const receiptKeys = claimServer.table(
  'receipt_keys',
  {
    issuer: text().notNull(),
    kid: text().notNull(),
    jwk: text().notNull(),
    firstSeenAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [primaryKey({ name: 'receipt_keys_pk', columns: [table.issuer, table.kid] })],
)
