import { and, eq, sql } from 'drizzle-orm'
import type { Database, Transaction } from '#shared/database.ts'
import { addDays, dateIn } from '#shared/dates.ts'
import type { Deps } from '../deps.ts'
import type { Extent } from './compared.ts'
import { type Reconciliation, type ReconcileDeps, reconcileWithin } from './reconcile.ts'
import { reconciliations } from './reconciliations.table.ts'

/** What a reconciliation is made for, once: a night or an hour. */
export interface Period {
  extent: Extent
  period: string
}

const nightHour = 3
const recentMs = 2 * 24 * 3_600_000

/** The last night, which begins at three in the bank's time zone, and this hour. */
export const periodsAt = (now: Date, timeZone: string): [whole: Period, recent: Period] => {
  const today = dateIn(timeZone, now)
  const { hour } = Temporal.Instant.from(now.toISOString()).toZonedDateTimeISO(timeZone)
  return [
    { extent: 'whole', period: hour >= nightHour ? today : addDays(today, -1) },
    { extent: 'recent', period: now.toISOString().slice(0, 13) },
  ]
}

const wasMade = async (db: Database | Transaction, { extent, period }: Period) => {
  const rows = await db
    .select({ period: reconciliations.period })
    .from(reconciliations)
    .where(and(eq(reconciliations.extent, extent), eq(reconciliations.period, period)))
  return rows.length > 0
}

/** One replica reconciles at a time; the lock goes with the transaction, and with the process. */
const lock = async (tx: Transaction): Promise<boolean> => {
  const [row] = await tx.execute<{ locked: boolean }>(
    sql`select pg_try_advisory_xact_lock(hashtextextended('reconcile', 0)) as locked`,
  )
  return row?.locked ?? false
}

const mostKept = 100

const make = (deps: ReconcileDeps, due: Period): Promise<Reconciliation | undefined> =>
  deps.db.transaction(async (tx) => {
    if (!(await lock(tx)) || (await wasMade(tx, due))) return undefined
    const startedAt = new Date()
    const since = due.extent === 'recent' ? new Date(Date.now() - recentMs) : undefined
    const made = await reconcileWithin(deps, tx, { since })
    await tx.insert(reconciliations).values({
      id: deps.newId(),
      ...due,
      startedAt,
      endedAt: new Date(),
      counts: made.counts,
      rowsThatDiffer: made.differences.length,
      differences: made.differences.slice(0, mostKept),
    })
    return made
  })

/**
 * Reconciles all history once a night, and every hour what the core decided within two days, as signing
 * and checking years of receipts again takes long. On one replica: whoever comes first. What dies on
 * the way is taken up at the next turn; answers undefined when nothing was to do.
 */
export const reconcileIfDue = async (
  deps: ReconcileDeps & Pick<Deps, 'config'>,
): Promise<(Reconciliation & Period) | undefined> => {
  const [whole, recent] = periodsAt(new Date(), deps.config.TIME_ZONE)
  const due = (await wasMade(deps.db, whole)) ? recent : whole
  if (due === recent && (await wasMade(deps.db, recent))) return undefined
  const made = await make(deps, due)
  return made && { ...made, ...due }
}
