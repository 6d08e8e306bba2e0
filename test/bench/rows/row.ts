import type { RunPlace } from '../../faults/run-place.ts'
import type { Figure } from '../figures/report.ts'
import type { Size } from '../arguments.ts'

/** What every row is run with. */
export interface RowOptions {
  pairs: number
  size: Size
  /** Of each measured run, over the size's own. */
  seconds: number | undefined
  /** Settings of services over production's own, by variable name. */
  settings: Record<string, string>
  /** Where the services' CPU profiles and the statements go. */
  profileFolder: string | undefined
  tenMillion: boolean
  say(line: string): void
}

export interface Row {
  what: string
  /** Its peer is run by pgbench. */
  needsPgbench?: boolean
  run(place: RunPlace, options: RowOptions): Promise<Figure[]>
}
