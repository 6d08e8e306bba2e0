import { desc, eq, sql } from 'drizzle-orm'
import { dateIn } from '#shared/dates.ts'
import type { ServiceCaller } from '#shared/service-token.ts'
import type { ReplyOf } from '#shared/contracts/call.ts'
import type { listAdverts as listAdvertsCall } from '#shared/contracts/staff.ts'
import { advertDisplays, adverts } from '../adverts/adverts.table.ts'
import type { Deps } from '../deps.ts'
import { byStaff } from './by-staff.ts'

/** The bank's adverts, newest first, with how often each was shown; one that was ended until that day. */
export const listAdverts = async (
  deps: Pick<Deps, 'db' | 'clock'>,
  { caller }: { caller: ServiceCaller },
): Promise<ReplyOf<typeof listAdvertsCall>> =>
  byStaff(deps, caller, { act: 'listAdverts', subject: 'adverts' }, async ({ tx, bank }) => {
    const rows = await tx
      .select({
        advert: adverts,
        displays: sql`coalesce(sum(${advertDisplays.displays}), 0)`.mapWith(Number),
      })
      .from(adverts)
      .leftJoin(advertDisplays, eq(advertDisplays.advertId, adverts.id))
      .where(eq(adverts.bank, bank.code))
      .groupBy(adverts.id)
      .orderBy(desc(adverts.id))
    return {
      adverts: rows.map(({ advert, displays }) => ({
        advertId: advert.id,
        advertiser: advert.advertiser,
        text: { en: advert.text, ja: advert.textJa },
        url: advert.url,
        categories: advert.categories,
        relatedWords: advert.relatedWords,
        showFrom: advert.showFrom,
        showUntil: advert.endedAt ? dateIn(bank.timeZone, advert.endedAt) : advert.showUntil,
        displays,
      })),
    }
  })
