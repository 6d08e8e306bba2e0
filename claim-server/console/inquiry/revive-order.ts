import type { LocalDate } from '#shared/dates.ts'
import { AppError } from '#shared/errors.ts'
import { reviveClaim } from '../../claims/revive-claim.ts'
import type { Deps } from '../../deps.ts'
import type { ShopCaller } from '../../shops/find-key-owner.ts'

/** Opens an expired order again; in words what stood against it. Throws `not-found`, `forbidden`. */
export const reviveOrder = async (
  deps: Deps,
  caller: ShopCaller,
  revival: { orderNumber: string; timeLimit: LocalDate; ifRevision: number },
): Promise<'revived' | 'bad-limit' | 'not-revived'> => {
  try {
    await deps.db.transaction((tx) => reviveClaim(tx, deps, caller, revival))
    return 'revived'
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    if (error.code === 'invalid') return 'bad-limit'
    if ([409, 410, 412].includes(error.status)) return 'not-revived'
    throw error
  }
}
