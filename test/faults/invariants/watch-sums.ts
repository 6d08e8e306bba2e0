import { setTimeout as sleep } from 'node:timers/promises'
import type { Sql } from 'postgres'
import type { Violations } from './violation.ts'

/** I1 while the run goes on: one snapshot of all balances after the other. */
export interface SumWatch {
  /** How often the sum was read. */
  reads(): number
  stop(): Promise<void>
}

export const readSum = async (core: Sql) => {
  const [row] = await core<[{ total: bigint; below: bigint }]>`
    select sum(balance_minor)::bigint as total,
      count(*) filter (where balance_minor < limit_minor) as below
    from core_banking.accounts`
  return row
}

export const watchSums = async (
  core: Sql,
  violations: Violations,
  everyMs = 50,
): Promise<SumWatch> => {
  const { total: expected } = await readSum(core)
  let reads = 0
  let stopped = false
  const watch = async () => {
    while (!stopped) {
      try {
        const { total, below } = await readSum(core)
        reads++
        if (total !== expected)
          violations.add('I1', `the balances sum to ${total}, not ${expected}`)
        if (below > 0n) violations.add('I1', `${below} balances are below their limit`)
      } catch {
        // The database was just killed. What it held is read when it is back.
      }
      await sleep(everyMs)
    }
  }
  const running = watch()
  return {
    reads: () => reads,
    stop: async () => {
      stopped = true
      await running
    },
  }
}
