import { randomUUIDv7 } from 'node:crypto'
import type { Hono } from 'hono'
import { chooseAdvert } from '#shared/contracts/adverts.ts'
import type { Language } from '#shared/texts.ts'
import { matchAdverts } from '../../claim-server/adverts/match-adverts.ts'
import { answerCall, type MockOptions } from './answer-call.ts'
import { type ClaimServerState, todayOf } from './claim-server-state.ts'
import { choicesOf } from './mock-customer-choices.ts'

export interface MockAdvert {
  categories: string[]
  relatedWords: string[]
  text: Record<Language, string>
  url: string
  /** How often it was displayed. */
  shown: number
  /** How often on the last day on which it was. */
  lastShown?: { day: string; times: number }
  advertId?: string
  advertiser?: string
  /** The first and the last day on which it is shown: always unless said otherwise. */
  showFrom?: string
  showUntil?: string | null
  /** When staff took it off. */
  endedAt?: Date
}

export const idOfAdvert = (advert: MockAdvert): string => {
  advert.advertId ??= randomUUIDv7()
  return advert.advertId
}

const isShownOn = ({ showFrom, showUntil, endedAt }: MockAdvert, day: string): boolean =>
  !endedAt && (!showFrom || showFrom <= day) && (!showUntil || day <= showUntil)

const shownOn = ({ lastShown }: MockAdvert, day: string): number =>
  lastShown?.day === day ? lastShown.times : 0

const countDisplay = (advert: MockAdvert, day: string) => {
  advert.lastShown = { day, times: shownOn(advert, day) + 1 }
  advert.shown += 1
}

/** One advert for the claims on screen; its display is counted, without who saw it. */
export const serveAdverts = (app: Hono, options: MockOptions, state: ClaimServerState): void => {
  answerCall(app, options, chooseAdvert, async ({ params: { customerId }, body }) => {
    if (!choicesOf(state, customerId).showAdverts) return { advert: null }
    const goods = body.orderNumbers.flatMap((number) => {
      const claim = state.claims.get(number)
      return claim?.customerId === customerId ? [claim] : []
    })
    const today = todayOf(state)
    const shown = state.adverts.filter((one) => isShownOn(one, today))
    const { adverts, becauseOf } = matchAdverts(shown, goods)
    const [chosen] = adverts.toSorted((a, b) => shownOn(a, today) - shownOn(b, today))
    if (!chosen) return { advert: null }
    countDisplay(chosen, today)
    const { text, url } = chosen
    return { advert: { text, url, because: becauseOf(chosen) } }
  })
}
