/** What a call can suffer. `answer lost`: it takes effect, and nobody hears of it. */
export type Fault = 'not reachable' | '503' | 'answer lost' | 'malformed answer' | 'slow'

/** Faults by name, each for one or all calls of a mock. */
export interface Faults {
  /** Every call suffers it from now on, or the named calls; `times` calls when given. */
  set(fault: Fault, options?: { calls?: readonly string[]; times?: number; slowMs?: number }): void
  clear(): void
  take(call: string): { fault: Fault; slowMs: number } | undefined
}

export const createFaults = (): Faults => {
  let planned: {
    fault: Fault
    calls: readonly string[] | undefined
    times: number
    slowMs: number
  }[] = []
  return {
    set: (fault, { calls, times = Number.POSITIVE_INFINITY, slowMs = 200 } = {}) => {
      planned.push({ fault, calls, times, slowMs })
    },
    clear: () => {
      planned = []
    },
    take: (call) => {
      const found = planned.find((one) => one.times > 0 && (one.calls?.includes(call) ?? true))
      if (!found) return undefined
      found.times -= 1
      return found
    },
  }
}
