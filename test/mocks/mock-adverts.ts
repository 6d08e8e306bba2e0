import type { Hono } from 'hono'
import { chooseAdvert } from '#shared/contracts/adverts.ts'
import { matchAdverts } from '../../claim-server/adverts/match-adverts.ts'
import { answerCall, type MockOptions } from './answer-call.ts'
import type { ClaimServerState } from './claim-server-state.ts'
import { choicesOf } from './mock-customer-choices.ts'

/** One advert for the claims on screen; its display is counted, without who saw it. */
export const serveAdverts = (app: Hono, options: MockOptions, state: ClaimServerState): void => {
  answerCall(app, options, chooseAdvert, async ({ params: { customerId }, body }) => {
    if (!choicesOf(state, customerId).showAdverts) return { advert: null }
    const goods = body.orderNumbers.flatMap((number) => {
      const claim = state.claims.get(number)
      return claim?.customerId === customerId ? [claim] : []
    })
    const { adverts, becauseOf } = matchAdverts(state.adverts, goods)
    const [chosen] = adverts.toSorted((a, b) => a.shown - b.shown)
    if (!chosen) return { advert: null }
    chosen.shown += 1
    const { text, url } = chosen
    return { advert: { text, url, because: becauseOf(chosen) } }
  })
}
