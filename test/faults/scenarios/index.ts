import type { ScenarioName } from '../arguments.ts'
import type { RunReport } from '../report.ts'
import { runOnSystem } from '../run-on-system.ts'
import type { RunPlace } from '../run-place.ts'
import { crossing } from './crossing.ts'
import { delayedExecute } from './delayed-execute.ts'
import { doubleSubmit } from './double-submit.ts'
import { portalDeath } from './portal-death.ts'
import { races } from './races.ts'
import { restore } from './restore.ts'
import type { Scenario } from './scenario.ts'
import { shortBaskets } from './short-baskets.ts'

const scenarios: Record<ScenarioName, Scenario> = {
  'double-submit': doubleSubmit,
  restore,
  'delayed-execute': delayedExecute,
  'portal-death': portalDeath,
  races,
  'short-baskets': shortBaskets,
  crossing,
}

export const runScenario = (
  place: RunPlace,
  name: ScenarioName,
  { seed, size, say }: { seed: number; size: number | undefined; say: (line: string) => void },
): Promise<RunReport> => {
  const { fullSize, options, work } = scenarios[name]
  const wanted = size ?? fullSize
  return runOnSystem(place, { seed, ...options(wanted) }, { name, say }, (run) => work(run, wanted))
}
