import * as z from 'zod'
import { defineCall } from './call.ts'
import { customerId, orderNumber } from './fields.ts'

/**
 * One advert for the claims on screen: by category, else by a related word in their descriptions,
 * else any (Fig. 18). The display is counted, without who saw it. Null: none, or switched off.
 */
export const chooseAdvert = defineCall({
  name: 'chooseAdvert',
  summary: 'Choose an advert for the claims on screen',
  callee: 'claim-server',
  callers: ['bank-portal'],
  method: 'POST',
  path: '/customers/:customerId/advert',
  changes: true,
  params: z.object({ customerId }),
  body: z.strictObject({ orderNumbers: z.array(orderNumber).max(200) }),
  reply: z.object({
    advert: z
      .object({
        text: z.object({ en: z.string(), ja: z.string() }),
        url: z.url(),
        /** Why this one: the category or word it matched; null when it is any. */
        because: z.object({ en: z.string(), ja: z.string() }).nullable(),
      })
      .nullable(),
  }),
})

export const advertCalls = [chooseAdvert] as const
