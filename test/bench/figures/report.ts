/** What one measurement of one side took. */
export interface Measured {
  /** How much was done, in the figure's unit. */
  count: number
  seconds: number
  /** CPU seconds by process, all its threads, user and system. */
  cpuSeconds?: Record<string, number>
  meanMs?: number
  p50Ms?: number
  p99Ms?: number
}

export const rateOf = ({ count, seconds }: Pick<Measured, 'count' | 'seconds'>): number =>
  count / seconds

export interface Pair {
  peer: Measured
  ours: Measured
}

/** One line of the table: a value of ours, and what it is held against. */
export interface Figure {
  name: string
  unit: string
  ours: number
  peer?: { name: string; unit: string; value: number; cpuMsEach?: Record<string, number> }
  /** Ours by the peer's; the median of the pairs. */
  ratio?: number
  /** The peer's CPU seconds for one of its units by ours for one of ours: what else runs matters less. */
  cpuRatio?: number
  /** What it should reach, or stay below. */
  reach?: { least?: number; most?: number }
  cpuMsEach?: Record<string, number>
  peakRssMb?: Record<string, number>
  p50Ms?: number
  p99Ms?: number
  pairs?: Pair[]
  notes?: string[]
}

/** What one row of the bench found. */
export interface RowReport {
  row: string
  what: string
  ranAt: string
  commit: string
  machine: Record<string, string | number>
  /** PostgreSQL's settings, the same for ours and for the peer. */
  server: Record<string, string>
  /** Of the services, over production's own. */
  settings: Record<string, string>
  size: string
  figures: Figure[]
}
