import * as z from 'zod'
import { defineCall } from './call.ts'
import { lineOfText, localDate, uuid } from './fields.ts'
import { callee, portal } from './staff-call.ts'

export const staffAdvert = z.object({
  advertId: uuid,
  advertiser: z.string(),
  text: z.object({ en: z.string(), ja: z.string() }),
  url: z.url(),
  categories: z.array(z.string()),
  relatedWords: z.array(z.string()),
  showFrom: localDate,
  showUntil: localDate.nullable(),
  displays: z.int(),
})
export type StaffAdvert = z.output<typeof staffAdvert>

export const listAdverts = defineCall({
  name: 'listAdverts',
  summary: 'List adverts with their display counts',
  callee,
  callers: portal,
  method: 'GET',
  path: '/staff/adverts',
  changes: true,
  reply: z.object({ adverts: z.array(staffAdvert) }),
})

/** Enters an advert on an advertiser's request, with category and related words (Fig. 18, S140). */
export const addAdvert = defineCall({
  name: 'addAdvert',
  summary: 'Enter an advert',
  callee,
  callers: portal,
  method: 'POST',
  path: '/staff/adverts',
  changes: true,
  body: z.strictObject({
    advertiser: lineOfText(80),
    text: z.strictObject({ en: lineOfText(100), ja: lineOfText(100) }),
    url: z.url({ protocol: /^https$/ }).max(300),
    categories: z.array(lineOfText(40)).max(20),
    relatedWords: z.array(lineOfText(40)).max(40),
    showFrom: localDate,
    showUntil: localDate.nullable(),
  }),
  reply: z.object({ advertId: uuid }),
})

export const endAdvert = defineCall({
  name: 'endAdvert',
  summary: 'End an advert',
  callee,
  callers: portal,
  method: 'POST',
  path: '/staff/adverts/:advertId/end',
  changes: true,
  params: z.object({ advertId: uuid }),
  reply: z.object({ ended: z.boolean() }),
})
