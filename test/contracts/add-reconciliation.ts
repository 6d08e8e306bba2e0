import { randomUUIDv7 } from 'node:crypto'
import { eq, inArray } from 'drizzle-orm'
import type { StaffReconciliation } from '#shared/contracts/staff.ts'
import { claims } from '../../claim-server/claims/claims.table.ts'
import type { Deps } from '../../claim-server/deps.ts'
import { groups, payments } from '../../claim-server/payments/payments.table.ts'
import { reconciliations } from '../../claim-server/reconciliation/reconciliations.table.ts'

/**
 * One that found this, without comparing anything: a real one would complete what earlier cases left
 * open, which the mocks don't.
 */
export const addReconciliation = async (
  { db, clock, newId }: Pick<Deps, 'db' | 'clock' | 'newId'>,
  { extent, differences }: Pick<StaffReconciliation, 'extent' | 'differences'>,
): Promise<void> => {
  const at = clock.now()
  const executed = db
    .select({ id: payments.id })
    .from(payments)
    .where(eq(payments.status, 'executed'))
  await db.insert(reconciliations).values({
    id: newId(),
    bank: '0901',
    extent,
    period: randomUUIDv7(),
    startedAt: at,
    leasedUntil: at,
    endedAt: at,
    counts: {
      settledClaims: await db.$count(claims, eq(claims.status, 'settled')),
      executedTransfers: await db.$count(groups, inArray(groups.paymentId, executed)),
      openPayments: 0,
      openExceptions: 0,
      waitingNotices: 0,
    },
    rowsThatDiffer: differences.length,
    differences,
  })
}
