import { allCases } from './all-cases.ts'
import type { Ran } from './compare.ts'
import { normalise } from './normalise.ts'
import { type Answer, type ContractCase, openBench, type Side } from './side.ts'

type NamedCase = ContractCase & { name: string }

/** Runs a case on a side, and keeps what was answered once all of it is as the rule says. */
export const runCase = async (
  side: Side,
  { name, run }: NamedCase,
  kept: { ran: Ran; answers?: Answer[] },
): Promise<void> => {
  side.begin(allCases.findIndex((one) => one.name === name))
  const bench = openBench(side)
  await run(bench)
  kept.ran.set(name, normalise(bench.answers))
  kept.answers?.push(...bench.answers)
}
