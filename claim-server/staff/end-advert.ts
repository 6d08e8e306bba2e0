import { and, eq, isNull } from 'drizzle-orm'
import { AppError } from '#shared/errors.ts'
import type { ServiceCaller } from '#shared/service-token.ts'
import { adverts } from '../adverts/adverts.table.ts'
import type { Deps } from '../deps.ts'
import { byStaff } from './by-staff.ts'

/** Takes an advert off at once; false when it was off already. Throws `not-found`. */
export const endAdvert = async (
  deps: Pick<Deps, 'db' | 'clock'>,
  { advertId, caller }: { advertId: string; caller: ServiceCaller },
): Promise<{ ended: boolean }> =>
  byStaff(deps, caller, { act: 'endAdvert', subject: advertId }, async ({ tx, bank }) => {
    const ofBank = and(eq(adverts.id, advertId), eq(adverts.bank, bank.code))
    const ended = await tx
      .update(adverts)
      .set({ endedAt: deps.clock.now() })
      .where(and(ofBank, isNull(adverts.endedAt)))
      .returning({ id: adverts.id })
    if (ended.length > 0) return { ended: true }
    if ((await tx.$count(adverts, ofBank)) === 0) throw new AppError('not-found')
    return { ended: false }
  })
