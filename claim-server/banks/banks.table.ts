import { primaryKey, text, timestamp } from 'drizzle-orm/pg-core'
import type { Currency } from '#shared/money.ts'
import { claimServer } from '../pg-schema.ts'

/** The banks that host a portal. A call's issuer says which bank it speaks for. */
export const banks = claimServer.table('banks', {
  code: text().primaryKey(),
  name: text().notNull(),
  nameJa: text().notNull(),
  portalIssuer: text().notNull().unique('banks_portal_issuer'),
  portalUrl: text().notNull(),
  coreIssuer: text().notNull(),
  coreUrl: text().notNull(),
  timeZone: text().notNull(),
  /** What its accounts are held in; claims on its customers are in this currency. */
  currency: text().$type<Currency>().notNull().default('JPY'),
})

/** Customers, known only by their bank's reference and what mails need. */
export const customers = claimServer.table(
  'customers',
  {
    bank: text()
      .notNull()
      .references(() => banks.code),
    customerId: text().notNull(),
    name: text().notNull(),
    mailAddress: text().notNull(),
    language: text().$type<'en' | 'ja'>().notNull(),
    updatedAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [primaryKey({ name: 'customers_pk', columns: [table.bank, table.customerId] })],
)
