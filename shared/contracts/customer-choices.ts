import * as z from 'zod'
import { defineCall } from './call.ts'
import {
  accountKey,
  currency,
  customerId,
  language,
  lineOfText,
  localDate,
  typedOrderNumber,
  uuid,
  zeroOrMoreMinor,
} from './fields.ts'

const portal = ['bank-portal'] as const
const callee = 'claim-server' as const

/** Which of their accounts a customer pays from, and the default ("account registration/modification"). */
export const payingAccounts = z.object({
  /** Empty until the customer chose: then every account pays. */
  accounts: z.array(accountKey),
  defaultAccount: accountKey.nullable(),
  showAdverts: z.boolean(),
})

export const findChoices = defineCall({
  name: 'findChoices',
  summary: 'Find which accounts a customer pays from',
  callee,
  callers: portal,
  method: 'GET',
  path: '/customers/:customerId/choices',
  changes: false,
  params: z.object({ customerId }),
  reply: payingAccounts.extend({
    /** Of mails; null: as the page was in which the customer last accepted an order. */
    language: language.nullable(),
  }),
})

/** Replaces the choices. The portal passes only accounts that are the customer's. */
export const chooseAccounts = defineCall({
  name: 'chooseAccounts',
  summary: 'Choose which accounts pay, and the default',
  callee,
  callers: portal,
  method: 'PUT',
  path: '/customers/:customerId/choices',
  changes: true,
  params: z.object({ customerId }),
  body: z.strictObject({
    accounts: z.array(accountKey).max(50),
    defaultAccount: accountKey.nullable(),
    showAdverts: z.boolean(),
  }),
  reply: payingAccounts,
})

/** What to say after sign-in (Fig. 17: a warning on screen; "new claim"). */
export const summariseClaims = defineCall({
  name: 'summariseClaims',
  summary: 'Summarise what a customer has to pay',
  callee,
  callers: portal,
  method: 'GET',
  path: '/customers/:customerId/summary',
  changes: false,
  params: z.object({ customerId }),
  reply: z.object({
    unsettled: z.int(),
    inProgress: z.int(),
    new: z.int(),
    /** Claims whose warning date has come. */
    nearLimit: z.int(),
    limitToday: z.int(),
    nextLimit: localDate.nullable(),
    today: localDate,
  }),
})

export const declineReason = z.enum([
  'not-delivered',
  'returned',
  'wrong-amount',
  'paid-otherwise',
  'not-mine',
  'other',
])
export type DeclineReason = z.infer<typeof declineReason>

/**
 * The customer declines a claim; the payee is told the reason. "not-mine" is also a report for staff.
 * A repeat answers the same. Throws `claim-in-payment`, `claim-settled`, `claim-expired`,
 * `claim-not-open`.
 */
export const declineClaim = defineCall({
  name: 'declineClaim',
  summary: 'Decline a claim with a reason',
  callee,
  callers: portal,
  method: 'POST',
  path: '/customers/:customerId/claims/:orderNumber/decline',
  changes: true,
  params: z.object({ customerId, orderNumber: typedOrderNumber }),
  body: z.strictObject({ reason: declineReason, text: lineOfText(200).optional() }),
  reply: z.object({ status: z.literal('declined') }),
})

/** The language of this customer's mails. */
export const chooseLanguage = defineCall({
  name: 'chooseLanguage',
  summary: 'Choose the language of a customer’s mails',
  callee,
  callers: portal,
  method: 'PUT',
  path: '/customers/:customerId/language',
  changes: true,
  params: z.object({ customerId }),
  body: z.strictObject({ language }),
  reply: z.object({ language }),
})

const sums = {
  count: z.int(),
  /** One row per currency. */
  totals: z.array(z.object({ currency, amountMinor: zeroOrMoreMinor })),
}

/** Settled claims by month, newest first, and by shop: for the history's headings. */
export const settledMonths = defineCall({
  name: 'settledMonths',
  summary: 'Sum a customer’s settled claims by month and by shop',
  callee,
  callers: portal,
  method: 'GET',
  path: '/customers/:customerId/settled-months',
  changes: false,
  params: z.object({ customerId }),
  reply: z.object({
    months: z.array(z.object({ month: z.string(), ...sums })),
    shops: z.array(
      z.object({ shopId: uuid, name: z.string(), nameJa: z.string().nullable(), ...sums }),
    ),
  }),
})

export const customerChoiceCalls = [
  findChoices,
  chooseAccounts,
  summariseClaims,
  declineClaim,
  chooseLanguage,
  settledMonths,
] as const
