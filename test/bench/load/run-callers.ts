import { quantile } from '../figures/median.ts'

/** The next thing that one of the customers does; undefined when there is nothing left. */
export type Caller = (at: number) => Promise<void> | undefined

export interface Driven {
  count: number
  seconds: number
  p50Ms: number
  p99Ms: number
  /** What went wrong first; nothing counts then. */
  unexpected: string | undefined
}

/**
 * All callers at once until the time is over, or until the first has nothing left to do: from then on
 * fewer would be at it than was said. What is answered after that is waited for and not counted.
 */
export const runCallers = async (callers: readonly Caller[], seconds: number): Promise<Driven> => {
  const begin = performance.now()
  let stopAt = begin + seconds * 1000
  let unexpected: string | undefined
  const tookMs: number[] = []
  const goOn = async (call: Caller): Promise<void> => {
    for (let at = 0; ; at++) {
      const sentAt = performance.now()
      if (sentAt >= stopAt) return
      const answered = call(at)
      if (!answered) {
        stopAt = Math.min(stopAt, sentAt)
        return
      }
      try {
        await answered
      } catch (error) {
        unexpected ??= error instanceof Error ? error.message : String(error)
        stopAt = begin
      }
      const now = performance.now()
      if (now > stopAt) return
      tookMs.push(now - sentAt)
    }
  }
  await Promise.all(callers.map(goOn))
  return {
    count: tookMs.length,
    seconds: (stopAt - begin) / 1000,
    p50Ms: tookMs.length > 0 ? quantile(tookMs, 0.5) : 0,
    p99Ms: tookMs.length > 0 ? quantile(tookMs, 0.99) : 0,
    unexpected,
  }
}
