import { sql } from 'drizzle-orm'
import { bigint, check, date, index, text, uuid } from 'drizzle-orm/pg-core'
import { banks } from '../banks/banks.table.ts'
import { claimServer } from '../pg-schema.ts'

/** What one transfer costs, by relation of the two accounts and range of the amount (Fig. 23C). */
export const fees = claimServer.table(
  'fees',
  {
    id: uuid().primaryKey(),
    bank: text()
      .notNull()
      .references(() => banks.code),
    relation: text().$type<'same-branch' | 'same-bank' | 'affiliated' | 'other-bank'>().notNull(),
    fromAmountMinor: bigint({ mode: 'bigint' }).notNull(),
    /** The first amount of the next range; null for the last. */
    belowAmountMinor: bigint({ mode: 'bigint' }),
    feeMinor: bigint({ mode: 'bigint' }).notNull(),
    validFrom: date({ mode: 'string' }).notNull(),
    /** The first day on which it does not count any more. */
    validUntil: date({ mode: 'string' }),
  },
  (table) => [
    index('fees_of_bank').on(table.bank, table.relation),
    check(
      'fees_relation',
      sql`${table.relation} in ('same-branch', 'same-bank', 'affiliated', 'other-bank')`,
    ),
    check('fees_not_negative', sql`${table.feeMinor} >= 0 and ${table.fromAmountMinor} >= 0`),
    check('fees_range', sql`${table.belowAmountMinor} > ${table.fromAmountMinor}`),
  ],
)
