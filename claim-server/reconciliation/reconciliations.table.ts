import { sql } from 'drizzle-orm'
import { check, integer, jsonb, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { banks } from '../banks/banks.table.ts'
import { claimServer } from '../pg-schema.ts'
import type { Extent } from './compared.ts'
import type { Difference } from './find-differences.ts'
import type { Counts } from './reconcile.ts'

/** Comparisons with a bank's core, one for each period; under way until they have ended. Real time. */
export const reconciliations = claimServer.table(
  'reconciliations',
  {
    id: uuid().primaryKey(),
    bank: text()
      .notNull()
      .references(() => banks.code),
    extent: text().$type<Extent>().notNull(),
    /** The night or the hour it was made for, "2026-11-23" or "2026-11-23T22", or when it was asked for. */
    period: text().notNull(),
    startedAt: timestamp({ withTimezone: true }).notNull(),
    /** Until then nobody else begins it: whoever makes it may have died. */
    leasedUntil: timestamp({ withTimezone: true }).notNull(),
    endedAt: timestamp({ withTimezone: true }),
    counts: jsonb().$type<Counts>(),
    rowsThatDiffer: integer(),
    /** The first hundred of them; the log has all. */
    differences: jsonb().$type<Difference[]>(),
  },
  (table) => [
    uniqueIndex('reconciliations_once').on(table.bank, table.extent, table.period),
    check(
      'reconciliations_result',
      sql`num_nulls(${table.endedAt}, ${table.counts}, ${table.rowsThatDiffer}, ${table.differences}) in (0, 4)`,
    ),
  ],
)
