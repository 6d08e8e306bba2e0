import { sql } from 'drizzle-orm'
import { bigint, check, date, index, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core'
import type { Currency } from '#shared/money.ts'
import { claimServer } from '../pg-schema.ts'
import { shops } from '../shops/shops.table.ts'

/** What a shop sent (Fig. 23D). Inserted, never edited. */
export const orders = claimServer.table(
  'orders',
  {
    id: uuid().primaryKey(),
    orderNumber: text().notNull(),
    shopId: uuid()
      .notNull()
      .references(() => shops.id),
    /** The shop's own reference, unique for ever. */
    shopOrderRef: text().notNull(),
    /** SHA-256 of the content as sent: the same reference with another content is refused. */
    fingerprint: text().notNull(),
    description: text().notNull(),
    category: text(),
    amountMinor: bigint({ mode: 'bigint' }).notNull(),
    currency: text().$type<Currency>().notNull(),
    orderedOn: date({ mode: 'string' }).notNull(),
    /** The limit as sent or as the shop's default gave it. */
    timeLimit: date({ mode: 'string' }).notNull(),
    returnUrl: text(),
    /** Of the entry screen, as far as the shop knows it. */
    language: text().$type<'en' | 'ja'>(),
    /** 128 random bits; null where no entry link was made (billers' claims). */
    entryToken: text(),
    createdAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [
    unique('orders_order_number').on(table.orderNumber),
    unique('orders_shop_reference').on(table.shopId, table.shopOrderRef),
    unique('orders_entry_token').on(table.entryToken),
    index('orders_of_amount').on(table.amountMinor, table.id),
    index('orders_of_day').on(table.orderedOn, table.id),
    check('orders_amount', sql`${table.amountMinor} between 1 and 100000000000`),
  ],
)
