import type { Measured } from '../figures/report.ts'
import type { Load } from '../load/start-load.ts'
import type { BenchBank } from './start-bank.ts'
import { forgetStatements } from './statements.ts'

/** One run of the load, with the CPU seconds that each process took for it. */
export const measureBank = async <Order>(
  bank: BenchBank,
  load: Load<Order>,
  order: Order,
): Promise<Measured> => {
  await bank.cluster.run('checkpoint')
  if (bank.profileFolder) await forgetStatements(bank)
  let before: Record<string, number> = {}
  let after: Record<string, number> = {}
  const { count, seconds, p50Ms, p99Ms, cpuSeconds } = await load.run(order, {
    before: () => {
      before = bank.cpuSeconds()
    },
    after: () => {
      after = bank.cpuSeconds()
    },
  })
  const taken = Object.entries(after).map(([name, until]) => [name, until - (before[name] ?? 0)])
  return {
    count,
    seconds,
    cpuSeconds: { ...Object.fromEntries(taken), load: cpuSeconds },
    p50Ms,
    p99Ms,
  }
}
