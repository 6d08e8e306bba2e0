import { sql } from 'drizzle-orm'
import { boolean, check, integer, text, timestamp, unique } from 'drizzle-orm/pg-core'
import type { StaffRole } from '#shared/contracts/core-banking.ts'
import type { Language } from '#shared/contracts/fields.ts'
import { coreBanking } from '../pg-schema.ts'

export const customers = coreBanking.table(
  'customers',
  {
    customerId: text().primaryKey(),
    name: text().notNull(),
    nameJa: text(),
    mailAddress: text().notNull(),
    language: text().$type<Language>().notNull(),
    /** In lower case: sign-in doesn't mind the case. */
    userId: text().notNull(),
    /** A PHC string; its parameters are read from it when a password is checked. */
    passwordHash: text().notNull(),
  },
  (table) => [
    unique('customers_user_id').on(table.userId),
    check('customers_user_id_lower', sql`${table.userId} = lower(${table.userId})`),
  ],
)

export const staff = coreBanking.table(
  'staff',
  {
    staffId: text().primaryKey(),
    name: text().notNull(),
    roles: text().array().$type<StaffRole[]>().notNull(),
    passwordHash: text().notNull(),
    /** Made by an approver for somebody else, who has not chosen an own one yet. */
    passwordIsTemporary: boolean().notNull().default(false),
    /** Suspended members sign in nowhere and agree to nothing. */
    suspendedAt: timestamp({ withTimezone: true }),
  },
  (table) => [check('staff_id_lower', sql`${table.staffId} = lower(${table.staffId})`)],
)

/** Wrong passwords in a row of whoever authorises: "customer/C-1001", "staff/inoue". */
export const authorisationTries = coreBanking.table('authorisation_tries', {
  subject: text().primaryKey(),
  tries: integer().notNull(),
  /** Set with the last try that was allowed; taken away when that try turns out right. */
  lockedUntil: timestamp({ withTimezone: true }),
  unlockedBy: text(),
  unlockedAt: timestamp({ withTimezone: true }),
})
