import { addDays, dateIn } from '#shared/dates.ts'
import type { Deps } from '../deps.ts'
import type { Extent } from './compared.ts'
import {
  keepReconciliation,
  leasePeriod,
  type Period,
  releasePeriod,
} from './keep-reconciliation.ts'
import { reconcile, type ReconcileDeps, type Reconciliation } from './reconcile.ts'

const nightHour = 3
const recentMs = 2 * 24 * 3_600_000

/** This hour, or the last night, which begins at three in the bank's time zone. */
export const periodAt = (extent: Extent, now: Date, timeZone: string): Period => {
  if (extent === 'recent') return { extent, period: now.toISOString().slice(0, 13) }
  const today = dateIn(timeZone, now)
  const { hour } = Temporal.Instant.from(now.toISOString()).toZonedDateTimeISO(timeZone)
  return { extent, period: hour >= nightHour ? today : addDays(today, -1) }
}

/**
 * Reconciles all history once a night, or once an hour what the core decided within two days: signing
 * and checking years of receipts again takes long. On one replica, whichever comes first. One that
 * fails is made at the next turn, one whose process dies when its lease is over. Undefined when nothing
 * was to do; throws `NoAnswer` when the core does not say what it executed or how its books are.
 */
export const reconcileIfDue = async (
  deps: ReconcileDeps & Pick<Deps, 'config'>,
  extent: Extent,
  { signal }: { signal?: AbortSignal } = {},
): Promise<Reconciliation | undefined> => {
  const id = await leasePeriod(deps, periodAt(extent, new Date(), deps.config.TIME_ZONE))
  if (id === undefined) return undefined
  try {
    const since = extent === 'recent' ? new Date(Date.now() - recentMs) : undefined
    const made = await reconcile(deps, { since, needsBooks: true, signal })
    await keepReconciliation(deps, id, made)
    return made
  } catch (error) {
    await releasePeriod(deps, id)
    throw error
  }
}
