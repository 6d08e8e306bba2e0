import { desc } from 'drizzle-orm'
import type { ServiceCaller } from '#shared/service-token.ts'
import type { Received, ReplyOf } from '#shared/contracts/call.ts'
import type { listReconciliations as listReconciliationsCall } from '#shared/contracts/staff.ts'
import type { Deps } from '../deps.ts'
import { reconciliations } from '../reconciliation/reconciliations.table.ts'
import { byStaff } from './by-staff.ts'
import { beyondTime, exactTime, toPage } from './pages.ts'

/** What the claim server's own reconciliations found, newest first. */
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
    async ({ tx }) => {
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
        .where(beyondTime({ at: startedAt, id }, 'down', cursor))
        .orderBy(desc(startedAt), desc(id))
        .limit(limit + 1)
      const page = toPage(rows, limit, ({ at, reconciliationId }) => ({
        at,
        id: reconciliationId,
      }))
      const shown = page.shown.map(
        ({ at: _at, counts: { settledClaims, executedTransfers }, ...one }) => ({
          ...one,
          settledClaims,
          executedTransfers,
        }),
      )
      return { reconciliations: shown, nextCursor: page.nextCursor }
    },
  )
