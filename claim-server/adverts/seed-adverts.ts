import { eq } from 'drizzle-orm'
import type { LocalDate } from '#shared/dates.ts'
import type { Deps } from '../deps.ts'
import { adverts } from './adverts.table.ts'
import { demoAdverts } from './demo-adverts.ts'
import { enterAdvert } from './enter-advert.ts'

/** Enters the demo's adverts unless the bank has any. Returns how many it entered. */
export const seedAdverts = (
  deps: Pick<Deps, 'db' | 'clock' | 'newId'>,
  { bank, showFrom }: { bank: string; showFrom: LocalDate },
): Promise<number> =>
  deps.db.transaction(async (tx) => {
    if ((await tx.$count(adverts, eq(adverts.bank, bank))) > 0) return 0
    for (const advert of demoAdverts)
      await enterAdvert(tx, deps, { ...advert, bank, showFrom, showUntil: null })
    return demoAdverts.length
  })
