import { expect } from 'vitest'
import * as calls from '#shared/contracts/staff.ts'
import type { ContractGroup } from '../side.ts'
import { asStaff, expectRefused } from '../staff-acts.ts'

export const reconciliations: ContractGroup = {
  of: 'reconciliations',
  cases: [
    {
      rule: 'are listed newest first, page by page, with what was compared and what differed',
      async run(bench) {
        const list = (query: Record<string, unknown>) =>
          asStaff(bench)(calls.listReconciliations, { query })
        expect(await list({})).toEqual({ reconciliations: [], nextCursor: null })
        const difference = { kind: 'wrong-amount', id: '7K3M-9XQ2-4', words: 'the claim is 3150' }
        await bench.addReconciliation({ extent: 'whole', differences: [difference] })
        bench.clock.advance({ minutes: 1 })
        await bench.addReconciliation({ extent: 'recent', differences: [] })
        const first = await list({ limit: 1 })
        const rest = await list({ limit: 1, cursor: first.nextCursor })
        expect(rest.nextCursor).toBeNull()
        expect([...first.reconciliations, ...rest.reconciliations]).toMatchObject([
          { extent: 'recent', rowsThatDiffer: 0, differences: [] },
          { extent: 'whole', rowsThatDiffer: 1, differences: [difference] },
        ])
        await expectRefused(bench, [
          ['?cursor', calls.listReconciliations, { query: { cursor: 'bm8' } }],
          ['?limit', calls.listReconciliations, { query: { limit: 0 } }],
        ])
      },
    },
  ],
}
