import { eq, lt, and, isNull } from 'drizzle-orm'
import type { Deps } from '../deps.ts'
import type { Extent } from './compared.ts'
import type { Reconciliation } from './reconcile.ts'
import { reconciliations } from './reconciliations.table.ts'

/** What a reconciliation is made for, once: a night, an hour, or a question of an operator. */
export interface Period {
  extent: Extent
  period: string
}

type KeepDeps = Pick<Deps, 'db' | 'newId' | 'config'>

/** Longer than one takes: past it another replica begins anew. */
const leaseMs: Record<Extent, number> = { whole: 6 * 3_600_000, recent: 3_600_000 }

/** Takes a period for itself; undefined while another has it, and once it was made. */
export const leasePeriod = async (
  { db, newId, config }: KeepDeps,
  period: Period,
): Promise<string | undefined> => {
  const now = new Date()
  const lease = { startedAt: now, leasedUntil: new Date(now.getTime() + leaseMs[period.extent]) }
  const [row] = await db
    .insert(reconciliations)
    .values({ id: newId(), bank: config.BANK_CODE, ...period, ...lease })
    .onConflictDoUpdate({
      target: [reconciliations.bank, reconciliations.extent, reconciliations.period],
      set: lease,
      setWhere: and(isNull(reconciliations.endedAt), lt(reconciliations.leasedUntil, now)),
    })
    .returning({ id: reconciliations.id })
  return row?.id
}

/** Leaves a period that could not be compared to the next turn. */
export const releasePeriod = async ({ db }: KeepDeps, id: string): Promise<void> => {
  await db
    .update(reconciliations)
    .set({ leasedUntil: new Date(0) })
    .where(and(eq(reconciliations.id, id), isNull(reconciliations.endedAt)))
}

const mostKept = 100

/** Writes down what was found, for the bank's staff. */
export const keepReconciliation = async (
  { db }: KeepDeps,
  id: string,
  { counts, differences }: Reconciliation,
): Promise<void> => {
  await db
    .update(reconciliations)
    .set({
      endedAt: new Date(),
      counts,
      rowsThatDiffer: differences.length,
      differences: differences.slice(0, mostKept),
    })
    .where(eq(reconciliations.id, id))
}
