import { repeat } from '#shared/service-process.ts'
import type { Deps } from '../deps.ts'
import { expireClaims } from './expire-claims.ts'
import { warnOfLimits } from './warn-of-limit.ts'

const everyMs = 1000

/** Warns of limits and expires claims as the business clock moves on. */
export const startTimeLimitWorkers = (deps: Deps): { stop(): Promise<void> } =>
  repeat(
    'warn of limits and expire claims',
    everyMs,
    async () => {
      // Expire first: after days of downtime nobody is warned of a limit that has passed.
      await expireClaims(deps)
      await warnOfLimits(deps)
    },
    deps.log,
  )
