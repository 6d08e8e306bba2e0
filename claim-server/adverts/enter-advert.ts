import type { Database, Transaction } from '#shared/database.ts'
import { fieldError } from '#shared/errors.ts'
import type { Received } from '#shared/contracts/call.ts'
import type { addAdvert } from '#shared/contracts/staff.ts'
import type { Deps } from '../deps.ts'
import { adverts } from './adverts.table.ts'

export type NewAdvert = Received<typeof addAdvert>['body']

/** Enters an advert on an advertiser's request (Fig. 18, S140). Returns its id; throws `invalid`. */
export const enterAdvert = async (
  db: Database | Transaction,
  { clock, newId }: Pick<Deps, 'clock' | 'newId'>,
  { bank, text, ...advert }: NewAdvert & { bank: string },
): Promise<string> => {
  if (advert.showUntil !== null && advert.showUntil < advert.showFrom)
    throw fieldError('#/showUntil', 'this day is before the first one')
  const id = newId()
  await db
    .insert(adverts)
    .values({ ...advert, id, bank, text: text.en, textJa: text.ja, createdAt: clock.now() })
  return id
}
