import { sql } from 'drizzle-orm'
import {
  check,
  index,
  integer,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { banks } from '../banks/banks.table.ts'
import { claimServer } from '../pg-schema.ts'

/** Payees: shops, and billers that send claims without a purchase (Fig. 23B). */
export const shops = claimServer.table(
  'shops',
  {
    id: uuid().primaryKey(),
    bank: text()
      .notNull()
      .references(() => banks.code),
    kind: text().$type<'shop' | 'biller'>().notNull(),
    status: text().$type<'waiting' | 'live' | 'suspended'>().notNull(),
    name: text().notNull(),
    nameJa: text(),
    phone: text(),
    /** Where mails to the shop go. */
    mailAddress: text().notNull(),
    /** What customers may see: the public contact. */
    contactAddress: text(),
    website: text(),
    language: text().$type<'en' | 'ja'>().notNull(),
    /** Days allowed to pay when an order names no limit (Fig. 17, S134). */
    defaultDaysToPay: integer().notNull(),
    /** Days before the limit on which customer and shop are warned (S135). */
    warningDays: integer().notNull(),
    createdAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [
    check('shops_kind', sql`${table.kind} in ('shop', 'biller')`),
    check('shops_status', sql`${table.status} in ('waiting', 'live', 'suspended')`),
    check('shops_days', sql`${table.defaultDaysToPay} between 0 and 365`),
    check('shops_warning_days', sql`${table.warningDays} between 0 and 60`),
    // Every list looks for these few, among however many shops.
    index('shops_suspended').on(table.id).where(sql`${table.status} = 'suspended'`),
  ],
)

/** The accounts on which a shop can be paid; the holder is as the core confirmed it. */
export const shopAccounts = claimServer.table(
  'shop_accounts',
  {
    shopId: uuid()
      .notNull()
      .references(() => shops.id),
    account: text().notNull(),
    holder: text().notNull(),
    createdAt: timestamp({ withTimezone: true }).notNull(),
    /** From then on no new payment goes there. The row stays: payments of before name it. */
    stoppedAt: timestamp({ withTimezone: true }),
  },
  (table) => [
    primaryKey({ name: 'shop_accounts_pk', columns: [table.shopId, table.account] }),
    // One account, one payee: a transfer to it is always for claims of one shop.
    unique('shop_accounts_account').on(table.account),
  ],
)

/** The beginnings of addresses to which a shop's customers may be sent back. */
export const shopReturnAddresses = claimServer.table(
  'shop_return_addresses',
  {
    shopId: uuid()
      .notNull()
      .references(() => shops.id),
    prefix: text().notNull(),
  },
  (table) => [
    primaryKey({ name: 'shop_return_addresses_pk', columns: [table.shopId, table.prefix] }),
  ],
)

/** API keys, stored as SHA-256 of their 256 random bits; `publicPart` finds the row and names it on screen. */
export const apiKeys = claimServer.table(
  'api_keys',
  {
    id: uuid().primaryKey(),
    shopId: uuid()
      .notNull()
      .references(() => shops.id),
    publicPart: text().notNull(),
    secretHash: text().notNull(),
    label: text().notNull(),
    createdAt: timestamp({ withTimezone: true }).notNull(),
    revokedAt: timestamp({ withTimezone: true }),
  },
  (table) => [unique('api_keys_public_part').on(table.publicPart)],
)

/** Answers of creating requests, kept for thirty days in the transaction of their effect. */
export const idempotentRequests = claimServer.table(
  'idempotent_requests',
  {
    shopId: uuid()
      .notNull()
      .references(() => shops.id),
    operation: text().notNull(),
    key: text().notNull(),
    /** SHA-256 of the raw body. */
    fingerprint: text().notNull(),
    status: integer().notNull(),
    body: text().notNull(),
    location: text(),
    createdAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [
    primaryKey({
      name: 'idempotent_requests_pk',
      columns: [table.shopId, table.operation, table.key],
    }),
  ],
)
