import type { Deps } from '../deps.ts'
import type { AuthorisedRun } from './authorise-runs.ts'

const mostFailures = 0.05
/** Below this a few slips of the finger would be a large share. */
const fewestTries = 40
const windowMs = 10 * 60_000

/**
 * Raises an alarm in the log when more than one in twenty authorisations fail: customers mistype less,
 * so somebody is guessing, perhaps with the portal's key. Once in ten minutes, at each process.
 */
export const createFailureAlarm = (
  { log }: Pick<Deps, 'log'>,
  now: () => number = Date.now,
): ((run: Pick<AuthorisedRun, 'outcome'>) => void) => {
  let window = { endsAt: 0, tries: 0, failures: 0, told: false }
  return ({ outcome }) => {
    if (outcome === 'content-stale') return
    if (now() >= window.endsAt)
      window = { endsAt: now() + windowMs, tries: 0, failures: 0, told: false }
    window.tries++
    if (outcome !== 'authorised') window.failures++
    const { tries, failures, told } = window
    if (told || tries < fewestTries || failures <= tries * mostFailures) return
    window.told = true
    log.error({ alarm: 'authorisations-fail', tries, failures }, 'too many authorisations fail')
  }
}
