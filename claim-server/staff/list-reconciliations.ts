import { and, desc, eq, isNotNull } from 'drizzle-orm'
import type { ServiceCaller } from '#shared/service-token.ts'
import type { Received, ReplyOf } from '#shared/contracts/call.ts'
import type { listReconciliations as listReconciliationsCall } from '#shared/contracts/staff.ts'
import type { Deps } from '../deps.ts'
import { reconciliations } from '../reconciliation/reconciliations.table.ts'
import { byStaff } from './by-staff.ts'
import { beyondTime, exactTime, toPage } from './pages.ts'

/** The reconciliations with the bank's core that have ended, newest first, with what differed. */
export const listReconciliations = async (
  deps: Pick<Deps, 'db' | 'clock'>,
  {
    query: { cursor, limit },
    caller,
  }: Pick<Received<typeof listReconciliationsCall>, 'query'> & { caller: ServiceCaller },
): Promise<ReplyOf<typeof listReconciliationsCall>> =>
  byStaff(
    deps,
    caller,
    { act: 'listReconciliations', subject: 'reconciliations' },
    async ({ tx, bank }) => {
      const { startedAt, id } = reconciliations
      const rows = await tx
        .select({
          at: exactTime(startedAt),
          reconciliationId: id,
          extent: reconciliations.extent,
          startedAt,
          endedAt: reconciliations.endedAt,
          counts: reconciliations.counts,
          rowsThatDiffer: reconciliations.rowsThatDiffer,
          differences: reconciliations.differences,
        })
        .from(reconciliations)
        .where(
          and(
            eq(reconciliations.bank, bank.code),
            isNotNull(reconciliations.endedAt),
            beyondTime({ at: startedAt, id }, 'down', cursor),
          ),
        )
        .orderBy(desc(startedAt), desc(id))
        .limit(limit + 1)
      const page = toPage(rows, limit, ({ at, reconciliationId }) => ({
        at,
        id: reconciliationId,
      }))
      const shown = page.shown.flatMap(({ at: _at, endedAt, counts, ...one }) => {
        const { rowsThatDiffer, differences } = one
        if (!endedAt || !counts || rowsThatDiffer === null || !differences) return []
        const { settledClaims, executedTransfers } = counts
        return [{ ...one, endedAt, settledClaims, executedTransfers, rowsThatDiffer, differences }]
      })
      return { reconciliations: shown, nextCursor: page.nextCursor }
    },
  )
