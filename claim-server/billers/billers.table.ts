import {
  foreignKey,
  index,
  integer,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { customers } from '../banks/banks.table.ts'
import { orders } from '../orders/orders.table.ts'
import { claimServer } from '../pg-schema.ts'
import { shops } from '../shops/shops.table.ts'

/** How a biller calls what it prints on its bills. Without a row there are words for any biller. */
export const billers = claimServer.table('billers', {
  shopId: uuid()
    .primaryKey()
    .references(() => shops.id),
  numberLabel: text().notNull(),
  numberLabelJa: text().notNull(),
  secondFactLabel: text().notNull(),
  secondFactLabelJa: text().notNull(),
})

/** The second facts that a biller printed on the bills of a number: only who knows one may link it. */
export const billerFacts = claimServer.table(
  'biller_facts',
  {
    shopId: uuid()
      .notNull()
      .references(() => shops.id),
    /** The payer's number at the biller, without blanks and dashes. */
    numberKey: text().notNull(),
    factHash: text().notNull(),
    firstSeenAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [
    primaryKey({
      name: 'biller_facts_pk',
      columns: [table.shopId, table.numberKey, table.factHash],
    }),
  ],
)

/** Customers who linked a biller, each by one number, each number by one customer. */
export const billerLinks = claimServer.table(
  'biller_links',
  {
    shopId: uuid()
      .notNull()
      .references(() => shops.id),
    bank: text().notNull(),
    customerId: text().notNull(),
    /** As the customer wrote it. */
    customerNumber: text().notNull(),
    numberKey: text().notNull(),
    linkedAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [
    primaryKey({
      name: 'biller_links_pk',
      columns: [table.shopId, table.bank, table.customerId],
    }),
    unique('biller_links_number').on(table.shopId, table.numberKey),
    foreignKey({
      name: 'biller_links_customer',
      columns: [table.bank, table.customerId],
      foreignColumns: [customers.bank, customers.customerId],
    }),
  ],
)

/** Tries of a customer to link a biller, counted before they are checked. Real time. */
export const linkTries = claimServer.table(
  'link_tries',
  {
    shopId: uuid()
      .notNull()
      .references(() => shops.id),
    bank: text().notNull(),
    customerId: text().notNull(),
    tries: integer().notNull(),
    lastTryAt: timestamp({ withTimezone: true }).notNull(),
    lockedUntil: timestamp({ withTimezone: true }),
  },
  (table) => [
    primaryKey({ name: 'link_tries_pk', columns: [table.shopId, table.bank, table.customerId] }),
  ],
)

/** Claims whose payer has not linked the biller: nobody sees them until then. Deleted at linking. */
export const waitingClaims = claimServer.table(
  'waiting_claims',
  {
    orderId: uuid()
      .primaryKey()
      .references(() => orders.id),
    shopId: uuid()
      .notNull()
      .references(() => shops.id),
    numberKey: text().notNull(),
  },
  (table) => [index('waiting_claims_of_number').on(table.shopId, table.numberKey)],
)

/** Batches of claims with what was answered, for ever: the same batch again gets the same answer. */
export const claimBatches = claimServer.table(
  'claim_batches',
  {
    shopId: uuid()
      .notNull()
      .references(() => shops.id),
    batchRef: text().notNull(),
    /** SHA-256 of the content as sent. */
    fingerprint: text().notNull(),
    /** The answer as JSON text; empty only inside the transaction that works it out. */
    result: text().notNull(),
    createdAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [primaryKey({ name: 'claim_batches_pk', columns: [table.shopId, table.batchRef] })],
)
