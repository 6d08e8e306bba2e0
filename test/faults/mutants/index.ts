import { StartError } from '#shared/service-process.ts'
import type { Violation } from '../invariants/violation.ts'
import type { RunReport } from '../report.ts'
import { runOnSystem } from '../run-on-system.ts'
import type { RunPlace } from '../run-place.ts'
import { jtiNotStored } from './jti-not-stored.ts'
import type { Mutant } from './mutant.ts'
import { newIdPerRetry } from './new-id-per-retry.ts'
import { noticeOutside } from './notice-outside.ts'
import { payeeNotCompared } from './payee-not-compared.ts'
import { portalsWord } from './portals-word.ts'
import { refusalNotStored } from './refusal-not-stored.ts'
import { releaseWithoutVoid } from './release-without-void.ts'
import { stateWithoutId } from './state-without-id.ts'

export const mutants: readonly Mutant[] = [
  newIdPerRetry,
  noticeOutside,
  portalsWord,
  releaseWithoutVoid,
  refusalNotStored,
  stateWithoutId,
  jtiNotStored,
  payeeNotCompared,
]

const choose = (names: readonly string[]): readonly Mutant[] => {
  const unknown = names.find((name) => !mutants.some((one) => one.name === name))
  if (unknown)
    throw new StartError(
      `no mutant ${unknown}; there are ${mutants.map((one) => one.name).join(', ')}`,
    )
  return names.length === 0 ? mutants : mutants.filter((one) => names.includes(one.name))
}

interface MutantOptions {
  seed: number
  say: (line: string) => void
}

const runOnce = (
  place: RunPlace,
  mutant: Mutant,
  { seed, say }: MutantOptions,
  isMutated: boolean,
): Promise<RunReport> =>
  runOnSystem(
    place,
    {
      seed,
      world: mutant.world,
      ...(isMutated ? { patches: mutant.patches, tables: mutant.tables ?? {} } : {}),
    },
    {
      name: `${mutant.name}, ${isMutated ? 'with' : 'without'} it`,
      say,
      // What a mutant has broken for good need not be waited for long.
      patience: { paymentsMs: 60_000, mailsMs: isMutated ? 10_000 : 90_000 },
    },
    mutant.provoke,
  )

const brokenBy = (violations: readonly Violation[]) => [
  ...new Set(violations.map((violation) => violation.invariant)),
]

/** One mutant: the same scenario without the bug, which must be green, and with it, which must not. */
const runMutant = async (
  place: RunPlace,
  mutant: Mutant,
  options: MutantOptions,
): Promise<RunReport> => {
  const without = await runOnce(place, mutant, options, false)
  const withIt = await runOnce(place, mutant, options, true)
  const broken = brokenBy(withIt.violations)
  const isCaught = mutant.breaks.some((invariant) => broken.includes(invariant))
  const found: Violation[] = [
    ...without.violations,
    ...(isCaught
      ? []
      : [
          {
            invariant: 'figure' as const,
            detail: `the mutant should have broken ${mutant.breaks.join(' or ')}, and ${
              broken.length === 0 ? 'stayed green' : `broke ${broken.join(', ')}`
            }`,
          },
        ]),
  ]
  return {
    ...withIt,
    run: `mutant ${mutant.name}`,
    verdict: 'caught',
    seconds: without.seconds + withIt.seconds,
    figures: {
      bug: mutant.bug,
      'without it': without.violations.length === 0 ? 'green' : 'RED',
      'with it': broken.length === 0 ? 'green' : `red: ${broken.join(', ')}`,
      ...Object.fromEntries(
        withIt.violations.map(({ invariant, detail }, at) => [
          `found ${at + 1}`,
          `${invariant} ${detail}`,
        ]),
      ),
    },
    violations: found,
  }
}

/** Runs the mutants one after the other; one that stays green is a violation. */
export const runMutants = async (
  place: RunPlace,
  names: readonly string[],
  options: MutantOptions,
): Promise<RunReport[]> => {
  const reports: RunReport[] = []
  for (const mutant of choose(names)) reports.push(await runMutant(place, mutant, options))
  return reports
}
