import { integer, jsonb, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { claimServer } from '../pg-schema.ts'
import type { Extent } from './compared.ts'
import type { Difference } from './find-differences.ts'
import type { Counts } from './reconcile.ts'

/** The claim server's own reconciliations: the row of a period says that it was made. Real time. */
export const reconciliations = claimServer.table(
  'reconciliations',
  {
    id: uuid().primaryKey(),
    extent: text().$type<Extent>().notNull(),
    /** The night or the hour it was made for: "2026-11-23", "2026-11-23T22". */
    period: text().notNull(),
    startedAt: timestamp({ withTimezone: true }).notNull(),
    endedAt: timestamp({ withTimezone: true }).notNull(),
    counts: jsonb().$type<Counts>().notNull(),
    rowsThatDiffer: integer().notNull(),
    /** The first hundred of them; the log has all. */
    differences: jsonb().$type<Difference[]>().notNull(),
  },
  (table) => [uniqueIndex('reconciliations_once').on(table.extent, table.period)],
)
