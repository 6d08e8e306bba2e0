import type { Patch } from '../build-services.ts'
import type { Invariant } from '../invariants/violation.ts'
import type { Run, RunResult } from '../run-on-system.ts'
import type { WorldSize } from '../world.ts'

/** A seeded bug, and what provokes it: without the bug the same is green. */
export interface Mutant {
  name: string
  /** The bug in a sentence, and which second guard goes with it, where one would hide it. */
  bug: string
  patches: Patch[]
  /** Guards of the tables that go with it. */
  tables?: { core?: string; claims?: string }
  /** At least one of these must be broken. */
  breaks: Invariant[]
  world: WorldSize
  provoke: (run: Run) => Promise<RunResult>
}
