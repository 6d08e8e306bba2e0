import { randomUUIDv7 } from 'node:crypto'
import * as calls from '#shared/contracts/staff.ts'
import type { ClaimServerState } from './claim-server-state.ts'
import type { ServeStaff } from './staff-audit.ts'
import { pageOf } from './staff-pages.ts'

/**
 * A comparison of claims and money, as the real one makes by night and by the hour. In memory both
 * always agree; give it `differences` to see what staff are shown when they don't.
 */
export const addReconciliation = (
  { reconciliations, claims, payments, clock }: ClaimServerState,
  {
    extent = 'whole',
    differences = [],
  }: Partial<Pick<calls.StaffReconciliation, 'extent' | 'differences'>> = {},
): void => {
  const at = clock.now()
  const executed = [...payments.values()].filter((one) => one.status === 'executed')
  reconciliations.push({
    reconciliationId: randomUUIDv7(),
    extent,
    startedAt: at,
    endedAt: at,
    settledClaims: [...claims.values()].filter((one) => one.status === 'settled').length,
    executedTransfers: executed.flatMap((one) => one.groups).length,
    rowsThatDiffer: differences.length,
    differences,
  })
}

export const serveReconciliations = (serve: ServeStaff, state: ClaimServerState): void => {
  serve(
    calls.listReconciliations,
    () => ({ subject: 'reconciliations' }),
    ({ query }) => {
      const { shown, nextCursor } = pageOf(state.reconciliations, query, {
        first: 'newest',
        placeOf: ({ startedAt }, at) => [startedAt.toISOString(), at],
      })
      return { reconciliations: shown, nextCursor }
    },
  )
}
