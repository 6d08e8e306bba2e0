import { dateIn } from '#shared/dates.ts'
import { enterAdvert } from '../../../claim-server/adverts/enter-advert.ts'
import type { BenchBank } from './start-bank.ts'

/** Three adverts, one of which fits what the bench's customers owe. */
export const enterAdverts = async ({ claims }: BenchBank): Promise<void> => {
  const showFrom = dateIn(claims.config.TIME_ZONE, claims.clock.now())
  for (const category of ['shoes', 'books', 'travel'])
    await enterAdvert(claims.db, claims, {
      advertiser: `All about ${category}`,
      text: { en: `Everything for ${category}`, ja: `${category}の専門店` },
      url: `https://${category}.example`,
      categories: [category],
      relatedWords: [category],
      bank: claims.config.BANK_CODE,
      showFrom,
      showUntil: null,
    })
}
