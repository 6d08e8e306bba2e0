import { bigint, index, text, timestamp } from 'drizzle-orm/pg-core'
import { banks } from '../banks/banks.table.ts'
import { claimServer } from '../pg-schema.ts'

/**
 * Every read of a customer's data and every act by a bank's staff, written in its transaction.
 * Append-only: a trigger refuses to change, delete or truncate.
 */
export const auditLog = claimServer.table(
  'audit_log',
  {
    id: bigint({ mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    bank: text()
      .notNull()
      .references(() => banks.code),
    at: timestamp({ withTimezone: true }).notNull(),
    staffId: text().notNull(),
    /** The call or act: "readClaim", "unlock-customer". */
    act: text().notNull(),
    /** What it was about: an order number, a shop's id, a customer. */
    subject: text().notNull(),
    detail: text(),
  },
  (table) => [
    index('audit_log_of_staff').on(table.bank, table.staffId, table.id),
    index('audit_log_of_subject').on(table.bank, table.subject, table.id),
  ],
)
