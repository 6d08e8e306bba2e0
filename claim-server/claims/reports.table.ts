import { index, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { banks } from '../banks/banks.table.ts'
import { orders } from '../orders/orders.table.ts'
import { claimServer } from '../pg-schema.ts'

/** Claims that a customer declined as not theirs: for the bank's staff to look into. */
export const claimReports = claimServer.table(
  'claim_reports',
  {
    orderId: uuid()
      .primaryKey()
      .references(() => orders.id),
    bank: text()
      .notNull()
      .references(() => banks.code),
    customerId: text().notNull(),
    text: text(),
    reportedAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [index('claim_reports_of_bank').on(table.bank, table.reportedAt, table.orderId)],
)
