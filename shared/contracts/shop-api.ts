import * as z from 'zod'
import {
  amountMinor,
  currency,
  cursor,
  instant,
  language,
  lineOfText,
  localDate,
  orderNumber,
} from './fields.ts'
import { claimStatus } from './claim-server.ts'

/** An amount in the shops' API: integer minor units with an ISO 4217 code. */
export const money = z.strictObject({ value: amountMinor, currency }).meta({ id: 'Money' })

/** An order as a shop sends it: `POST /v1/orders`, with an `Idempotency-Key`. */
export const newOrder = z
  .strictObject({
    /** The shop's own reference, unique for ever. */
    shopOrderRef: lineOfText(64),
    description: lineOfText(140),
    /** For adverts and the customer's overview: "shoes". */
    category: lineOfText(40).optional(),
    amount: money,
    /** The last day to pay; without it the shop's default number of days counts. */
    timeLimit: localDate.optional(),
    /** Where the customer goes back to: begins with an address that the shop registered. */
    returnUrl: z.url().max(500).optional(),
    /** The language of the entry screen, if known. */
    language: language.optional(),
  })
  .meta({ id: 'NewOrder' })
export type NewOrder = z.output<typeof newOrder>

/** An order as its shop sees it. */
export const shopOrder = z
  .object({
    orderNumber,
    shopOrderRef: z.string(),
    status: claimStatus,
    description: z.string(),
    category: z.string().nullable(),
    amount: z.object({ value: amountMinor, currency }),
    orderedOn: localDate,
    timeLimit: localDate,
    /** Where the limit fell on a day on which the bank is closed: the day as sent. */
    originalTimeLimit: localDate.nullable().optional(),
    /** Payable through the end of `timeLimit` in this zone. */
    timeZone: z.string(),
    /** Where to send the customer's browser; null once the order is not open any more. */
    entryUrl: z.url().nullable(),
    createdAt: instant,
    acceptedAt: instant.nullable(),
    settledAt: instant.nullable(),
    transferId: z.string().nullable(),
    revision: z.int(),
  })
  .meta({ id: 'Order' })
export type ShopOrder = z.output<typeof shopOrder>

/** `GET /v1/orders`: newest first. */
export const orderQuery = z.object({
  status: claimStatus.optional(),
  /** The one order of this reference. */
  shopOrderRef: lineOfText(64).optional(),
  cursor: cursor.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export type OrderQuery = z.output<typeof orderQuery>

export const orderPage = z
  .object({ data: z.array(shopOrder), nextCursor: z.string().nullable() })
  .meta({ id: 'OrderPage' })
export type OrderPage = z.output<typeof orderPage>

/** `POST /v1/orders/{orderNumber}/cancel`: the customer reads the reason. */
export const cancellation = z
  .strictObject({ reason: lineOfText(140).optional() })
  .meta({ id: 'Cancellation' })

/** `POST /v1/orders/{orderNumber}/revive`: an expired order opens again under its number. */
export const revival = z.strictObject({ timeLimit: localDate }).meta({ id: 'Revival' })
