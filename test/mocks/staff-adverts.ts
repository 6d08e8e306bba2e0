import { randomUUIDv7 } from 'node:crypto'
import type { Received } from '#shared/contracts/call.ts'
import * as calls from '#shared/contracts/staff.ts'
import { dateIn } from '#shared/dates.ts'
import { AppError, fieldError } from '#shared/errors.ts'
import type { ClaimServerState } from './claim-server-state.ts'
import { idOfAdvert, type MockAdvert } from './mock-adverts.ts'
import type { ServeStaff } from './staff-audit.ts'

const firstDayEver = '2000-01-01'

const toStaffAdvert = ({ timeZone }: ClaimServerState, advert: MockAdvert): calls.StaffAdvert => ({
  advertId: idOfAdvert(advert),
  advertiser: advert.advertiser ?? new URL(advert.url).hostname,
  text: advert.text,
  url: advert.url,
  categories: advert.categories,
  relatedWords: advert.relatedWords,
  showFrom: advert.showFrom ?? firstDayEver,
  showUntil: advert.endedAt ? dateIn(timeZone, advert.endedAt) : (advert.showUntil ?? null),
  displays: advert.shown,
})

const enter = (state: ClaimServerState, { body }: Received<typeof calls.addAdvert>) => {
  if (body.showUntil !== null && body.showUntil < body.showFrom)
    throw fieldError('#/showUntil', 'this day is before the first one')
  const advertId = randomUUIDv7()
  state.adverts.push({ ...body, advertId, shown: 0 })
  return { advertId }
}

const end = ({ adverts, clock }: ClaimServerState, advertId: string) => {
  const advert = adverts.find((one) => idOfAdvert(one) === advertId)
  if (!advert) throw new AppError('not-found')
  if (advert.endedAt) return { ended: false }
  advert.endedAt = clock.now()
  return { ended: true }
}

/** Adverts as staff enter, count and end them. */
export const serveStaffAdverts = (serve: ServeStaff, state: ClaimServerState): void => {
  serve(
    calls.listAdverts,
    () => ({ subject: 'adverts' }),
    () => ({ adverts: state.adverts.toReversed().map((one) => toStaffAdvert(state, one)) }),
  )

  serve(
    calls.addAdvert,
    ({ body }) => ({ subject: body.advertiser, detail: body.text.en }),
    (input) => enter(state, input),
  )

  serve(
    calls.endAdvert,
    ({ params }) => ({ subject: params.advertId }),
    ({ params }) => end(state, params.advertId),
  )
}
