import { date, primaryKey, text } from 'drizzle-orm/pg-core'
import { banks } from '../banks/banks.table.ts'
import { claimServer } from '../pg-schema.ts'

/** Days on which a bank is closed, besides Saturdays and Sundays. A limit on one moves on. */
export const holidays = claimServer.table(
  'holidays',
  {
    bank: text()
      .notNull()
      .references(() => banks.code),
    date: date({ mode: 'string' }).notNull(),
    name: text().notNull(),
    nameJa: text().notNull(),
  },
  (table) => [primaryKey({ name: 'holidays_pk', columns: [table.bank, table.date] })],
)
