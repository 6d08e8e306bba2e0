import { boolean, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'
import { banks } from '../banks/banks.table.ts'
import { claimServer } from '../pg-schema.ts'

/** What a customer chose in the member menu. Without a row: every account pays, adverts are shown. */
export const customerChoices = claimServer.table(
  'customer_choices',
  {
    bank: text()
      .notNull()
      .references(() => banks.code),
    customerId: text().notNull(),
    /** Empty: every account pays. */
    accounts: text().array().notNull(),
    defaultAccount: text(),
    showAdverts: boolean().notNull(),
    /** Of mails; null: as the portal names it when the customer accepts an order. */
    language: text().$type<'en' | 'ja'>(),
    updatedAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [primaryKey({ name: 'customer_choices_pk', columns: [table.bank, table.customerId] })],
)
