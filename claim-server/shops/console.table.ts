import { primaryKey, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core'
import { sessionTable } from '#shared/web/sessions.ts'
import { throttleTable } from '#shared/web/throttle.ts'
import { claimServer } from '../pg-schema.ts'
import { shops } from './shops.table.ts'

/** How a shop signs in to its console (Fig. 19, S161). */
export const shopLogins = claimServer.table(
  'shop_logins',
  {
    shopId: uuid()
      .primaryKey()
      .references(() => shops.id),
    /** In small letters. */
    signInId: text().notNull(),
    /** argon2id, as a PHC string. */
    passwordHash: text().notNull(),
    changedAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [unique('shop_logins_sign_in_id').on(table.signInId)],
)

/** A session of the console belongs to a shop; what it may see is read anew with each request. */
export interface ConsoleSession {
  signInId: string
}

export const consoleSessions = sessionTable<ConsoleSession>(claimServer)
export const consoleTries = throttleTable(claimServer)

/**
 * What a shop knows a customer by: a random reference of its own. Two shops can't find out that they
 * have the same customer, and none learns the bank's customer id.
 */
export const shopCustomers = claimServer.table(
  'shop_customers',
  {
    shopId: uuid()
      .notNull()
      .references(() => shops.id),
    bank: text().notNull(),
    customerId: text().notNull(),
    reference: text().notNull(),
  },
  (table) => [
    primaryKey({
      name: 'shop_customers_pk',
      columns: [table.shopId, table.bank, table.customerId],
    }),
    unique('shop_customers_reference').on(table.shopId, table.reference),
  ],
)
