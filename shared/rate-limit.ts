import { AppError } from './errors.ts'

/**
 * So many requests a minute per key at this process, in bursts of as many; throws
 * `too-many-requests` with Retry-After. In memory: it guards against loops, not against attackers.
 */
export const createRateLimit = (perMinute: number, now: () => number = Date.now) => {
  const stepMs = 60_000 / perMinute
  const emptyAt = new Map<string, number>()
  const forget = (at: number) => {
    if (emptyAt.size < 10_000) return
    for (const [key, until] of emptyAt) if (until <= at) emptyAt.delete(key)
  }
  return (key: string): void => {
    const at = now()
    forget(at)
    const level = Math.max(emptyAt.get(key) ?? 0, at) + stepMs
    if (level > at + 60_000) {
      const seconds = Math.max(1, Math.ceil((level - at - 60_000) / 1000))
      throw new AppError('too-many-requests', { headers: { 'retry-after': `${seconds}` } })
    }
    emptyAt.set(key, level)
  }
}
