import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
  index,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import type { PaymentContent } from '#shared/contracts/payment-content.ts'
import type { Receipt, RefusalReason } from '#shared/contracts/documents.ts'
import type { Currency } from '#shared/money.ts'
import { accounts } from '../accounts/accounts.table.ts'
import { coreBanking } from '../pg-schema.ts'

/** What the core decided on each payment id: one row, never changed. */
export const payments = coreBanking.table(
  'payments',
  {
    paymentId: uuid().primaryKey(),
    /** Orders the decisions. */
    decision: bigint({ mode: 'bigint' }).notNull().generatedAlwaysAsIdentity(),
    result: text().$type<Receipt['result']>().notNull(),
    reason: text().$type<RefusalReason>(),
    shortByMinor: bigint({ mode: 'bigint' }),
    kind: text().$type<PaymentContent['kind']>().notNull(),
    payer: text().notNull(),
    digest: text().notNull(),
    /** A void knows neither account nor currency. */
    payerAccount: text(),
    currency: text().$type<Currency>(),
    authorisedAt: timestamp({ withTimezone: true }),
    decidedAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [
    uniqueIndex('payments_decision').on(table.decision),
    index('payments_by_time').using('brin', table.decidedAt),
    index('payments_executed').on(table.decision).where(sql`${table.result} = 'executed'`),
    check('payments_reason', sql`(${table.result} = 'refused') = (${table.reason} is not null)`),
  ],
)
export type PaymentRow = typeof payments.$inferSelect

/** One movement of money: a group of a payment, or an opening deposit. */
export const transfers = coreBanking.table(
  'transfers',
  {
    transferId: uuid().primaryKey(),
    /** Null for opening deposits. */
    paymentId: uuid().references(() => payments.paymentId),
    debitAccount: text()
      .notNull()
      .references(() => accounts.account),
    creditAccount: text()
      .notNull()
      .references(() => accounts.account),
    amountMinor: bigint({ mode: 'bigint' }).notNull(),
    feeMinor: bigint({ mode: 'bigint' }).notNull(),
    currency: text().$type<Currency>().notNull(),
    /** What statements show. */
    reference: text().notNull(),
    madeAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [
    index('transfers_payment').on(table.paymentId),
    check('transfers_amount', sql`${table.amountMinor} > 0 and ${table.feeMinor} >= 0`),
  ],
)

/** The debit and credit lines of transfers; the lines of one transfer sum to zero. */
export const postings = coreBanking.table(
  'postings',
  {
    posting: bigint({ mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    transferId: uuid()
      .notNull()
      .references(() => transfers.transferId),
    line: text().$type<'amount' | 'fee'>().notNull(),
    account: text()
      .notNull()
      .references(() => accounts.account),
    /** A credit is positive, a debit negative. */
    amountMinor: bigint({ mode: 'bigint' }).notNull(),
  },
  (table) => [
    index('postings_account').on(table.account, table.posting),
    index('postings_transfer').on(table.transferId),
    check('postings_amount', sql`${table.amountMinor} <> 0`),
  ],
)

/** The executed claims: one leg per claim of an executed payment. */
export const legs = coreBanking.table(
  'legs',
  {
    paymentId: uuid()
      .notNull()
      .references(() => payments.paymentId),
    orderNumber: text().notNull(),
    transferId: uuid()
      .notNull()
      .references(() => transfers.transferId),
    amountMinor: bigint({ mode: 'bigint' }).notNull(),
    kind: text().$type<PaymentContent['kind']>().notNull(),
  },
  (table) => [
    primaryKey({ name: 'legs_pk', columns: [table.paymentId, table.orderNumber] }),
    // No claim is ever paid twice, whatever the code does.
    uniqueIndex('legs_claim_paid_once').on(table.orderNumber).where(sql`${table.kind} <> 'refund'`),
    index('legs_order_number').on(table.orderNumber),
    index('legs_transfer').on(table.transferId),
    check('legs_amount', sql`${table.amountMinor} > 0`),
  ],
)
