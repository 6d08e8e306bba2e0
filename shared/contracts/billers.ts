import * as z from 'zod'
import { payee } from './claim-server.ts'
import { defineCall } from './call.ts'
import { money } from './shop-api.ts'
import {
  customerId,
  instant,
  language,
  lineOfText,
  localDate,
  mailAddress,
  orderNumber,
  uuid,
} from './fields.ts'

const portal = ['bank-portal'] as const
const callee = 'claim-server' as const

/** Billers that customers of this bank can link, and which of them this customer has linked. */
export const listBillers = defineCall({
  name: 'listBillers',
  summary: 'List billers and the customer’s links to them',
  callee,
  callers: portal,
  method: 'GET',
  path: '/customers/:customerId/billers',
  changes: false,
  params: z.object({ customerId }),
  reply: z.object({
    billers: z.array(
      z.object({
        payee,
        /** How this biller calls the number on its bills, and the second fact: in both languages. */
        numberLabel: z.object({ en: z.string(), ja: z.string() }),
        secondFactLabel: z.object({ en: z.string(), ja: z.string() }),
        link: z.object({ customerNumber: z.string(), linkedAt: instant }).nullable(),
      }),
    ),
  }),
})

/**
 * Links a biller by the customer's number there and a second fact from a bill. Five wrong tries of a
 * customer at a biller lock it for a day, so that nobody reads a stranger's bills. One answer,
 * whichever of the two was wrong. Waiting claims of that number become the customer's.
 */
export const linkBiller = defineCall({
  name: 'linkBiller',
  summary: 'Link a biller by number and a second fact',
  callee,
  callers: portal,
  method: 'POST',
  path: '/customers/:customerId/billers/:shopId',
  changes: true,
  params: z.object({ customerId, shopId: uuid }),
  body: z.strictObject({
    customerNumber: lineOfText(40),
    secondFact: lineOfText(60),
    customerName: z.string().max(140),
    mailAddress,
    language,
  }),
  reply: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('linked'), newClaims: z.int() }),
    z.object({ outcome: z.literal('not-accepted'), triesLeft: z.int() }),
    z.object({ outcome: z.literal('locked'), lockedUntil: instant }),
    z.object({ outcome: z.literal('linked-elsewhere') }),
  ]),
})

export const unlinkBiller = defineCall({
  name: 'unlinkBiller',
  summary: 'End the link to a biller; claims on the list stay',
  callee,
  callers: portal,
  method: 'DELETE',
  path: '/customers/:customerId/billers/:shopId',
  changes: true,
  params: z.object({ customerId, shopId: uuid }),
  reply: z.object({ unlinked: z.boolean() }),
})

/** One claim of a batch that a biller sends: `POST /v1/claim-batches`. */
export const batchClaim = z
  .strictObject({
    shopOrderRef: lineOfText(64),
    /** The payer's number at the biller. */
    customerNumber: lineOfText(40),
    /** A second fact printed on the bill; who links must know it. */
    secondFact: lineOfText(60),
    description: lineOfText(140),
    category: lineOfText(40).optional(),
    amount: money,
    timeLimit: localDate.optional(),
  })
  .meta({ id: 'BatchClaim' })

/**
 * A batch, idempotent by its reference. At most 1,000 rows, each a `batchClaim`; they are read one by
 * one, so that a wrong one is refused alone.
 */
export const claimBatch = z
  .strictObject({
    batchRef: lineOfText(64),
    claims: z.array(z.unknown()).min(1).max(1000),
  })
  .meta({ id: 'ClaimBatch' })

/** The results of a batch, in the order of its rows, numbered from 0. */
export const batchResult = z
  .object({
    batchRef: z.string(),
    received: z.int(),
    refused: z.int(),
    results: z.array(
      z.discriminatedUnion('outcome', [
        z.object({
          row: z.int(),
          outcome: z.literal('received'),
          orderNumber,
          shopOrderRef: z.string(),
        }),
        z.object({
          row: z.int(),
          outcome: z.literal('existing'),
          orderNumber,
          shopOrderRef: z.string(),
        }),
        z.object({
          row: z.int(),
          outcome: z.literal('refused'),
          type: z.string(),
          errors: z.array(z.object({ pointer: z.string(), detail: z.string() })),
        }),
      ]),
    ),
  })
  .meta({ id: 'BatchResult' })

export const billerCalls = [listBillers, linkBiller, unlinkBiller] as const
