import type { Run, RunResult } from '../run-on-system.ts'
import type { SystemOptions } from '../system.ts'

/** A way to break things that comes to the same on every run, with figures that it must reach. */
export interface Scenario {
  /** Its full size, and of what. */
  fullSize: number
  options: (size: number) => Omit<SystemOptions, 'seed'>
  work: (run: Run, size: number) => Promise<RunResult>
}

/** Counts by name. */
export const countBy = (names: Iterable<string>): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1
  return counts
}

export const inWords = (counts: Record<string, number>): string =>
  Object.entries(counts)
    .map(([name, times]) => `${name} ${times}`)
    .join(', ')
