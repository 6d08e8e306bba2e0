import { quantile } from '../figures/median.ts'
import { openConnection } from './connection.ts'

/** What the customers at one connection do, one request after the other. */
export interface Script {
  /** Whole requests. With `repeat` they begin again after the last. */
  requests: Buffer[]
}

export interface Drive {
  port: number
  scripts: Script[]
  /** Stops after so long. */
  seconds: number
  repeat: boolean
  /** What a good answer is; any other ends the run. */
  status: number
}

export interface Driven {
  count: number
  seconds: number
  p50Ms: number
  p99Ms: number
  bytes: number
  /** The first answer that was not as expected, or that there was none. */
  unexpected: string | undefined
}

/**
 * All connections at once until the time is over, or until the first has nothing more to send: from
 * then on fewer would be at it than was said. Answers after that are waited for and not counted.
 */
export const drive = async ({ port, scripts, seconds, repeat, status }: Drive): Promise<Driven> => {
  const connections = await Promise.all(scripts.map(() => openConnection(port)))
  const begin = performance.now()
  let stopAt = begin + seconds * 1000
  let bytes = 0
  let unexpected: string | undefined
  const tookMs: number[] = []
  await Promise.all(
    scripts.map(async ({ requests }, index) => {
      for (let at = 0; ; at++) {
        const request = requests[repeat ? at % requests.length : at]
        const sentAt = performance.now()
        if (sentAt >= stopAt) return
        if (!request) {
          stopAt = Math.min(stopAt, sentAt)
          return
        }
        const answer = await connections[index]?.send(request)
        const now = performance.now()
        if (answer?.status !== status) {
          unexpected ??= answer?.head ?? 'no answer'
          stopAt = 0
          return
        }
        if (now > stopAt) return
        tookMs.push(now - sentAt)
        bytes += answer.bytes
      }
    }),
  ).finally(() => {
    for (const connection of connections) connection.close()
  })
  if (tookMs.length === 0 && !unexpected) unexpected = `nothing within ${seconds} s`
  return {
    count: tookMs.length,
    seconds: (Math.min(performance.now(), stopAt || Number.POSITIVE_INFINITY) - begin) / 1000,
    p50Ms: unexpected ? 0 : quantile(tookMs, 0.5),
    p99Ms: unexpected ? 0 : quantile(tookMs, 0.99),
    bytes,
    unexpected,
  }
}
