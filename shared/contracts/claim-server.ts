import * as z from 'zod'
import { defineCall } from './call.ts'
import { refusalReason } from './documents.ts'
import {
  accountKey,
  amountMinor,
  currency,
  cursor,
  customerId,
  instant,
  jws,
  language,
  localDate,
  mailAddress,
  orderNumber,
  typedOrderNumber,
  uuid,
  zeroOrMoreMinor,
} from './fields.ts'
import { mostClaimsOfPayment, paymentContent } from './payment-content.ts'

const portal = ['bank-portal'] as const
const callee = 'claim-server' as const

export const claimStatus = z.enum([
  'provisional',
  'unsettled',
  'paying',
  'settled',
  'abandoned',
  'expired',
  'cancelled',
  'declined',
])
export type ClaimStatus = z.infer<typeof claimStatus>

/** A shop or biller as customers see it. */
export const payee = z.object({
  shopId: uuid,
  name: z.string(),
  nameJa: z.string().nullable(),
  kind: z.enum(['shop', 'biller']),
  phone: z.string().nullable(),
  mailAddress: z.string().nullable(),
  website: z.string().nullable(),
})

/** 128 random bits, base64url: the only thing of an order that the browser carries. */
export const entryToken = z.string().regex(/^[A-Za-z0-9_-]{22}$/)

/** What the entry screen and the acceptance page show of an order. */
export const entryOrder = z.object({
  orderNumber,
  /** False once accepted, abandoned or cancelled: the link is used up. */
  open: z.boolean(),
  /** Until when it can be accepted. */
  openUntil: instant,
  payee,
  description: z.string(),
  category: z.string().nullable(),
  amountMinor,
  currency,
  orderedOn: localDate,
  timeLimit: localDate,
  /** Where the shop wants its customer back; one of its registered addresses. */
  returnUrl: z.string().nullable(),
})
export type EntryOrder = z.output<typeof entryOrder>

/** The order behind an entry link. Reading it binds nothing. Throws `not-found`. */
export const findEntry = defineCall({
  name: 'findEntry',
  summary: 'Find the order behind an entry link',
  callee,
  callers: portal,
  method: 'GET',
  path: '/entries/:entryToken',
  changes: false,
  params: z.object({ entryToken }),
  reply: entryOrder,
})

/**
 * A signed-in customer accepts the order: it is registered formally and bound to that customer and
 * account (Fig. 32, S185-S187), and the shop is told. The first customer binds; the same customer
 * repeating it gets the same answer, anybody else `not-open`.
 */
export const acceptOrder = defineCall({
  name: 'acceptOrder',
  summary: 'Accept the order behind an entry link',
  callee,
  callers: portal,
  method: 'POST',
  path: '/entries/:entryToken/accept',
  changes: true,
  params: z.object({ entryToken }),
  body: z.strictObject({
    customerId,
    customerName: z.string().max(140),
    account: accountKey,
    mailAddress,
    language,
  }),
  reply: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('accepted'), order: entryOrder }),
    z.object({ outcome: z.literal('not-open') }),
  ]),
})

/** How a settled claim was settled. */
export const claimSettlement = z.object({
  paymentId: uuid,
  transferId: uuid,
  groupNumber: z.string(),
  account: accountKey,
  settledAt: instant,
})

/** One claim as its customer sees it. */
export const claim = z.object({
  orderNumber,
  status: claimStatus,
  payee,
  description: z.string(),
  category: z.string().nullable(),
  amountMinor,
  currency,
  orderedOn: localDate,
  /** The last day to pay. */
  timeLimit: localDate,
  /** Where the limit falls on a bank holiday, the day it had before it moved. */
  originalTimeLimit: localDate.nullable(),
  /** Unsettled, its limit not passed, not held, its payee not suspended. */
  payable: z.boolean(),
  /** Unsettled, but the bank has suspended its payee: it can be seen, not paid. */
  onHold: z.boolean(),
  /** Not seen on a list yet, or first seen there on this visit. */
  isNew: z.boolean(),
  /** While a payment holds it. */
  inPayment: z.object({ paymentId: uuid, since: instant }).nullable(),
  settlement: claimSettlement.nullable(),
})
export type Claim = z.output<typeof claim>

export const claimSort = z.enum(['time-limit', 'amount', 'shop', 'ordered-on', 'settled-at'])
export type ClaimSort = z.infer<typeof claimSort>
export const claimFilter = z.enum(['payable', 'in-progress', 'near-limit', 'new'])
export type ClaimFilter = z.infer<typeof claimFilter>

const total = z.object({ count: z.int(), amountMinor: zeroOrMoreMinor, payees: z.int() })

/** The customer's unsettled claims (`unsettled` and `paying`), or the settled ones (Figs. 11, 33). */
export const listClaims = defineCall({
  name: 'listClaims',
  summary: 'List a customer’s claims',
  callee,
  callers: portal,
  method: 'GET',
  path: '/customers/:customerId/claims',
  changes: false,
  params: z.object({ customerId }),
  query: z.object({
    list: z.enum(['unsettled', 'settled']),
    sort: claimSort.optional(),
    filter: claimFilter.optional(),
    search: z.string().max(100).optional(),
    shopId: uuid.optional(),
    month: z
      .string()
      .regex(/^\d{4}-\d{2}$/)
      .optional(),
    cursor: cursor.optional(),
    limit: z.coerce.number().int().min(1).max(200).default(100),
  }),
  reply: z.object({
    claims: z.array(claim),
    nextCursor: z.string().nullable(),
    /** Of everything that matches, not of this page alone; one row per currency. */
    totals: z.array(total.extend({ currency })),
    /** Today at the bank. */
    today: localDate,
    timeZone: z.string(),
  }),
})

export const historyEntry = z.object({
  at: instant,
  event: z.string(),
  by: z.string(),
  reason: z.string().nullable(),
})

/** One claim of the customer with its history. A foreign or unknown number: `not-found`. */
export const findClaim = defineCall({
  name: 'findClaim',
  summary: 'Find one claim of a customer',
  callee,
  callers: portal,
  method: 'GET',
  path: '/customers/:customerId/claims/:orderNumber',
  changes: false,
  params: z.object({ customerId, orderNumber: typedOrderNumber }),
  reply: z.object({ claim, history: z.array(historyEntry), today: localDate }),
})

/** The group of a quote: one payee account, one transfer, one fee. */
export const quotedGroup = z.object({
  payeeAccount: accountKey,
  shopId: uuid,
  orderNumbers: z.array(orderNumber),
  amountMinor,
  feeMinor: zeroOrMoreMinor,
  /** What separate transfers would have cost on top. */
  savedMinor: zeroOrMoreMinor,
})

/**
 * Prices a basket for each of the customer's accounts: groups, the payee account with the lowest fee,
 * fees (Figs. 14, 15). Nothing is held. Claims that are not this customer's are `not-found`.
 */
export const quoteBasket = defineCall({
  name: 'quoteBasket',
  summary: 'Price a basket of claims for each account',
  callee,
  callers: portal,
  method: 'POST',
  path: '/customers/:customerId/quotes',
  changes: false,
  params: z.object({ customerId }),
  body: z.strictObject({
    orderNumbers: z.array(typedOrderNumber).min(1).max(mostClaimsOfPayment),
    accounts: z.array(accountKey).min(1).max(50),
  }),
  reply: z.object({
    claims: z.array(claim),
    /** Those of the basket that can't be paid now; they are left out of the quotes. */
    notPayable: z.array(orderNumber),
    /** Null when the basket mixes currencies or nothing of it is payable. */
    currency: currency.nullable(),
    amountMinor: zeroOrMoreMinor,
    quotes: z.array(
      z.object({
        account: accountKey,
        groups: z.array(quotedGroup),
        feeMinor: zeroOrMoreMinor,
        totalMinor: zeroOrMoreMinor,
      }),
    ),
    today: localDate,
  }),
})

/**
 * Holds the claims of a run for its payments, and instructs the core. All or nothing; the core's
 * authorisation is verified and every D recomputed. Known ids with the same D get the same
 * instruction again; another D throws `digest-mismatch`.
 */
export const reserveRun = defineCall({
  name: 'reserveRun',
  summary: 'Hold the claims of a run',
  callee,
  callers: portal,
  method: 'POST',
  path: '/customers/:customerId/runs',
  changes: true,
  params: z.object({ customerId }),
  body: z.strictObject({ payments: z.array(paymentContent).min(1).max(20), authorisation: jws }),
  reply: z.discriminatedUnion('outcome', [
    z.object({
      outcome: z.literal('reserved'),
      payments: z.array(z.object({ paymentId: uuid, instruction: jws, submitBefore: instant })),
    }),
    z.object({
      outcome: z.literal('not-reserved'),
      reason: z.enum(['claim-not-payable', 'content-stale', 'authorisation-expired']),
      /** The claims that stand in the way, with the payment that holds them, if one does. */
      claims: z.array(z.object({ orderNumber, status: claimStatus, paymentId: uuid.nullable() })),
    }),
  ]),
})

export const paymentStatus = z.enum(['paying', 'settled', 'refused', 'voided', 'exception'])
export type PaymentStatus = z.infer<typeof paymentStatus>

/** One payment as its customer sees it, from the claim server's rows alone. */
export const payment = z.object({
  paymentId: uuid,
  runId: uuid,
  status: paymentStatus,
  reason: refusalReason.nullable(),
  shortByMinor: zeroOrMoreMinor.nullable(),
  /** Short reference to quote to staff. */
  reference: z.string(),
  account: accountKey,
  day: localDate,
  currency,
  amountMinor,
  feeMinor: zeroOrMoreMinor,
  totalMinor: amountMinor,
  since: instant,
  decidedAt: instant.nullable(),
  groups: z.array(
    z.object({
      groupNumber: z.string(),
      transferId: uuid,
      payeeAccount: accountKey,
      payeeHolder: z.string(),
      payee,
      amountMinor,
      feeMinor: zeroOrMoreMinor,
      claims: z.array(
        z.object({
          orderNumber,
          description: z.string(),
          amountMinor,
          status: claimStatus,
          exceptionId: uuid.nullable(),
          /** When what the exception is about was paid back. */
          refundedAt: instant.nullable().optional(),
        }),
      ),
    }),
  ),
})
export type Payment = z.output<typeof payment>

/** One payment of the customer. An unknown or foreign id: `not-found`. */
export const findPayment = defineCall({
  name: 'findPayment',
  summary: 'Find one payment of a customer',
  callee,
  callers: portal,
  method: 'GET',
  path: '/customers/:customerId/payments/:paymentId',
  changes: false,
  params: z.object({ customerId, paymentId: uuid }),
  reply: payment,
})

/**
 * Hands in the core's receipt. The receipt alone decides: executed settles, refused and voided
 * release. A valid receipt is never refused; a claim that is not free opens an exception.
 */
export const completePayment = defineCall({
  name: 'completePayment',
  summary: 'Complete a payment by its receipt',
  callee,
  callers: portal,
  method: 'POST',
  path: '/receipts',
  changes: true,
  body: z.strictObject({ receipt: jws }),
  reply: z.object({ paymentId: uuid, status: paymentStatus }),
})

/**
 * Prepares a refund that two staff members authorised at the core: a payment of kind "refund" from the
 * payee's account back to the payer's, of one claim, free of charge, at most what was paid for it and
 * not yet paid back. Its receipt completes it like any other, and closes the exception if there is one.
 * Throws `not-found` when nothing was paid for that claim by that payment, `digest-mismatch` for
 * another content under a known id, `invalid` when authorisation and content don't agree.
 */
export const reserveRefund = defineCall({
  name: 'reserveRefund',
  summary: 'Prepare an authorised refund',
  callee,
  callers: portal,
  method: 'POST',
  path: '/refunds',
  changes: true,
  body: z.strictObject({
    /** The executed payment that is paid back. */
    refundedPaymentId: uuid,
    content: paymentContent,
    authorisation: jws,
  }),
  reply: z.discriminatedUnion('outcome', [
    z.object({
      outcome: z.literal('reserved'),
      paymentId: uuid,
      instruction: jws,
      submitBefore: instant,
    }),
    z.object({
      outcome: z.literal('not-reserved'),
      reason: z.enum(['too-much', 'content-stale', 'authorisation-expired']),
      /** What was paid for the claim and has not gone back, nor is about to. */
      refundableMinor: zeroOrMoreMinor,
    }),
  ]),
})

/** Every call that the claim server answers to the portal. */
export const claimServerCalls = [
  findEntry,
  acceptOrder,
  listClaims,
  findClaim,
  quoteBasket,
  reserveRun,
  findPayment,
  completePayment,
  reserveRefund,
] as const
