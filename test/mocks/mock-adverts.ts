import type { Hono } from 'hono'
import { chooseAdvert } from '#shared/contracts/adverts.ts'
import { answerCall, type MockOptions } from './answer-call.ts'
import { type ClaimServerState, findOwn, type MockAdvert } from './claim-server-state.ts'
import { choicesOf } from './mock-customer-choices.ts'

type Chosen = { advert: MockAdvert; because: MockAdvert['words'][number] | null }

/** By category, else by a word in the descriptions, else any (Fig. 18). */
const choose = (
  { adverts, claims }: ClaimServerState,
  orderNumbers: readonly string[],
): Chosen | undefined => {
  const shown = orderNumbers.flatMap((number) => claims.get(number) ?? [])
  const categories = new Set(shown.map((one) => one.category))
  const byCategory = adverts.find((one) => one.category && categories.has(one.category.en))
  if (byCategory?.category) return { advert: byCategory, because: byCategory.category }
  const text = shown.map((one) => one.description.toLowerCase()).join('\n')
  for (const advert of adverts) {
    const word = advert.words.find((one) => text.includes(one.en) || text.includes(one.ja))
    if (word) return { advert, because: word }
  }
  const [any] = adverts
  return any && { advert: any, because: null }
}

/** One advert for the claims on screen; its display is counted, without who saw it. */
export const serveAdverts = (app: Hono, options: MockOptions, state: ClaimServerState): void => {
  answerCall(app, options, chooseAdvert, async ({ params: { customerId }, body }) => {
    for (const number of body.orderNumbers) findOwn(state, customerId, number)
    if (!choicesOf(state, customerId).showAdverts) return { advert: null }
    const chosen = choose(state, body.orderNumbers)
    if (!chosen) return { advert: null }
    chosen.advert.shown += 1
    const { text, url } = chosen.advert
    return { advert: { text, url, because: chosen.because } }
  })
}
