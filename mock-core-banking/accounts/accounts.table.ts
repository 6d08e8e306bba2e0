import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
  foreignKey,
  index,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import type { Currency } from '#shared/money.ts'
import { throttleColumns } from '#shared/web/throttle.ts'
import { customers } from '../credentials/credentials.table.ts'
import { coreBanking } from '../pg-schema.ts'

export const branches = coreBanking.table(
  'branches',
  {
    bank: text().notNull(),
    branch: text().notNull(),
    name: text().notNull(),
    nameJa: text().notNull(),
  },
  (table) => [primaryKey({ name: 'branches_pk', columns: [table.bank, table.branch] })],
)

/** `holder` accounts belong to customers and companies; the other two are the bank's own. */
export type AccountPurpose = 'holder' | 'fees' | 'deposits'

export const accounts = coreBanking.table(
  'accounts',
  {
    /** The account's key: "0901-101-1-0014471". */
    account: text().primaryKey(),
    bank: text().notNull(),
    branch: text().notNull(),
    number: text().notNull(),
    purpose: text().$type<AccountPurpose>().notNull(),
    /** Null for companies, which have no online banking here, and for the bank's own accounts. */
    customerId: text().references(() => customers.customerId),
    holder: text().notNull(),
    label: text().notNull(),
    labelJa: text().notNull(),
    currency: text().$type<Currency>().notNull(),
    balanceMinor: bigint({ mode: 'bigint' }).notNull().default(sql`0`),
    /** The lowest balance allowed: 0, or less where the bank grants credit; null for the bank's own. */
    limitMinor: bigint({ mode: 'bigint' }),
    /** The id of the operator's form that opened it: sending the form again opens nothing more. */
    formId: uuid(),
    openedAt: timestamp({ withTimezone: true }).notNull(),
    closedAt: timestamp({ withTimezone: true }),
  },
  (table) => [
    foreignKey({
      name: 'accounts_branch',
      columns: [table.bank, table.branch],
      foreignColumns: [branches.bank, branches.branch],
    }),
    unique('accounts_number').on(table.bank, table.branch, table.number),
    unique('accounts_form_id').on(table.formId),
    index('accounts_customer').on(table.customerId),
    check('accounts_limit', sql`${table.balanceMinor} >= ${table.limitMinor}`),
    check(
      'accounts_limit_set',
      sql`${table.purpose} <> 'holder' or ${table.limitMinor} is not null`,
    ),
  ],
)
export type AccountRow = typeof accounts.$inferSelect

/** How often holders' names were tried on accounts (hashes of both); see accountExists. */
export const accountChecks = coreBanking.table('account_checks', throttleColumns())
