import type { RunPlace } from '../../faults/run-place.ts'
import type { Measured } from '../figures/report.ts'
import { initPgbench, runPgbench } from './pgbench.ts'

const filled = new WeakMap<RunPlace, Set<number>>()

/** pgbench's own transaction on the run's server: one history row and three balances, flushed. */
export const tpcB = async (
  place: RunPlace,
  { scale, seconds, clients }: { scale: number; seconds: number; clients: number },
): Promise<Measured> => {
  const database = `pgbench_${scale}`
  const scales = filled.get(place) ?? new Set()
  if (!scales.has(scale)) {
    await initPgbench(place.cluster, { database, scale })
    filled.set(place, scales.add(scale))
    await runPgbench(place.cluster, {
      database,
      clients,
      threads: 2,
      until: { seconds: Math.min(seconds, 3) },
    })
  }
  await place.cluster.run('checkpoint')
  return runPgbench(place.cluster, { database, clients, threads: 2, until: { seconds } })
}
