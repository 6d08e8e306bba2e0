import * as z from 'zod'
import { claimStatus } from './claim-server.ts'
import { defineCall } from './call.ts'
import {
  accountKey,
  amountMinor,
  currency,
  cursor,
  customerId,
  instant,
  lineOfText,
  localDate,
  orderNumber,
  uuid,
  zeroOrMoreMinor,
} from './fields.ts'

const portal = ['bank-portal'] as const
const callee = 'claim-server' as const
const limit = z.coerce.number().int().min(1).max(200).default(50)
const page = { cursor: cursor.optional(), limit }
const next = { nextCursor: z.string().nullable() }

// Staff calls carry `obo` = "staff:<staffId>"; each writes a row of the audit log.

export const staffClaim = z.object({
  orderNumber,
  status: claimStatus,
  shopId: uuid,
  shopName: z.string(),
  customerId: customerId.nullable(),
  customerName: z.string().nullable(),
  account: accountKey.nullable(),
  description: z.string(),
  amountMinor,
  currency,
  orderedOn: localDate,
  timeLimit: localDate,
  paymentId: uuid.nullable(),
})
export type StaffClaim = z.output<typeof staffClaim>

/** Finds any claim by number, customer, account, shop, amount, date, status. */
export const searchClaims = defineCall({
  name: 'searchClaims',
  summary: 'Search all claims',
  callee,
  callers: portal,
  method: 'GET',
  path: '/staff/claims',
  changes: true,
  query: z.object({
    orderNumber: z.string().max(40).optional(),
    customer: z.string().max(60).optional(),
    account: z.string().max(30).optional(),
    shop: z.string().max(60).optional(),
    amountMinor: amountMinor
      .optional()
      .or(z.coerce.number().int().positive().transform(BigInt).optional()),
    from: localDate.optional(),
    until: localDate.optional(),
    status: claimStatus.optional(),
    ...page,
  }),
  reply: z.object({ claims: z.array(staffClaim), ...next }),
})

/** One step of a claim's timeline, over the three services. */
export const timelineStep = z.object({
  at: instant,
  service: z.enum(['claim-server', 'core-banking', 'bank-portal', 'mail']),
  event: z.string(),
  by: z.string(),
  detail: z.string().nullable(),
})

export const readClaim = defineCall({
  name: 'readClaim',
  summary: 'Read one claim with its timeline',
  callee,
  callers: portal,
  method: 'GET',
  path: '/staff/claims/:orderNumber',
  changes: true,
  params: z.object({ orderNumber }),
  reply: z.object({
    claim: staffClaim,
    timeline: z.array(timelineStep),
    payments: z.array(
      z.object({
        paymentId: uuid,
        reference: z.string(),
        status: z.string(),
        reason: z.string().nullable(),
        account: accountKey,
        amountMinor,
        createdAt: instant,
        decidedAt: instant.nullable(),
        /** Whether the stored receipt verifies today against the archived key; null without a receipt. */
        receiptVerified: z.boolean().nullable(),
      }),
    ),
    exceptions: z.array(
      z.object({ exceptionId: uuid, kind: z.string(), closedAt: instant.nullable() }),
    ),
    notices: z.array(
      z.object({
        noticeId: uuid,
        event: z.string(),
        recipient: z.string(),
        channel: z.string(),
        status: z.string(),
        attempts: z.int(),
        deliveredAt: instant.nullable(),
      }),
    ),
  }),
})

/** Payments without a receipt yet, oldest first. */
export const listOpenPayments = defineCall({
  name: 'listOpenPayments',
  summary: 'List payments in doubt',
  callee,
  callers: portal,
  method: 'GET',
  path: '/staff/open-payments',
  changes: true,
  query: z.object(page),
  reply: z.object({
    payments: z.array(
      z.object({
        paymentId: uuid,
        reference: z.string(),
        customerId,
        account: accountKey,
        amountMinor,
        currency,
        since: instant,
        submitBefore: instant,
        timesAsked: z.int(),
      }),
    ),
    ...next,
  }),
})

export const staffNotice = z.object({
  noticeId: uuid,
  orderNumber,
  event: z.string(),
  recipient: z.enum(['shop', 'customer']),
  address: z.string(),
  status: z.string(),
  attempts: z.int(),
  lastError: z.string().nullable(),
  createdAt: instant,
  attemptAt: instant,
})
export type StaffNotice = z.output<typeof staffNotice>

export const listUndelivered = defineCall({
  name: 'listUndelivered',
  summary: 'List mails that were not delivered yet',
  callee,
  callers: portal,
  method: 'GET',
  path: '/staff/undelivered-notices',
  changes: true,
  query: z.object(page),
  reply: z.object({ notices: z.array(staffNotice), ...next }),
})

/** Sends a notice again at once, with the same message id. */
export const resendNotice = defineCall({
  name: 'resendNotice',
  summary: 'Send a notice again',
  callee,
  callers: portal,
  method: 'POST',
  path: '/staff/notices/:noticeId/resend',
  changes: true,
  params: z.object({ noticeId: uuid }),
  reply: z.object({ status: z.literal('waiting') }),
})

export const staffShop = z.object({
  shopId: uuid,
  name: z.string(),
  nameJa: z.string().nullable(),
  kind: z.enum(['shop', 'biller']),
  status: z.enum(['waiting', 'live', 'suspended']),
  mailAddress: z.string(),
  phone: z.string().nullable(),
  website: z.string().nullable(),
  accounts: z.array(z.object({ account: accountKey, holder: z.string() })),
  createdAt: instant,
})
export type StaffShop = z.output<typeof staffShop>

export const listShops = defineCall({
  name: 'listShops',
  summary: 'List shops by status',
  callee,
  callers: portal,
  method: 'GET',
  path: '/staff/shops',
  changes: true,
  query: z.object({
    status: z.enum(['waiting', 'live', 'suspended']).optional(),
    search: z.string().max(60).optional(),
    /** That shop alone. */
    shopId: uuid.optional(),
    ...page,
  }),
  reply: z.object({ shops: z.array(staffShop), ...next }),
})

/** Approves a waiting shop, suspends a live one, or takes it back. */
export const decideShop = defineCall({
  name: 'decideShop',
  summary: 'Approve, suspend or reinstate a shop',
  callee,
  callers: portal,
  method: 'POST',
  path: '/staff/shops/:shopId/decision',
  changes: true,
  params: z.object({ shopId: uuid }),
  body: z.strictObject({
    decision: z.enum(['approve', 'suspend', 'reinstate']),
    reason: lineOfText(200),
  }),
  reply: z.object({ status: z.enum(['live', 'suspended']) }),
})

/**
 * Makes a new password for a shop's console, in place of one that was forgotten; whoever is signed in
 * there is signed out. `no-login` for a shop that has none.
 */
export const resetShopPassword = defineCall({
  name: 'resetShopPassword',
  summary: 'Make a new password for a shop’s console',
  callee,
  callers: portal,
  method: 'POST',
  path: '/staff/shops/:shopId/password',
  changes: true,
  params: z.object({ shopId: uuid }),
  body: z.strictObject({ reason: lineOfText(200) }),
  reply: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('reset'), signInId: z.string(), password: z.string() }),
    z.object({ outcome: z.literal('no-login') }),
  ]),
})

/** Receipts that found their claim not free. */
export const listExceptions = defineCall({
  name: 'listExceptions',
  summary: 'List exceptions: paid late, paid twice',
  callee,
  callers: portal,
  method: 'GET',
  path: '/staff/exceptions',
  changes: true,
  query: z.object({
    open: z.stringbool().optional(),
    /** That case alone. */
    exceptionId: uuid.optional(),
    ...page,
  }),
  reply: z.object({
    exceptions: z.array(
      z.object({
        exceptionId: uuid,
        orderNumber,
        kind: z.string(),
        paymentId: uuid,
        customerId,
        customerAccount: accountKey,
        payeeAccount: accountKey,
        amountMinor,
        currency,
        openedAt: instant,
        closedAt: instant.nullable(),
        refundPaymentId: uuid.nullable(),
      }),
    ),
    ...next,
  }),
})

/** Claims that customers declined as not theirs, newest first. */
export const listReports = defineCall({
  name: 'listReports',
  summary: 'List claims that customers reported as not theirs',
  callee,
  callers: portal,
  method: 'GET',
  path: '/staff/reports',
  changes: true,
  query: z.object(page),
  reply: z.object({
    reports: z.array(
      z.object({
        orderNumber,
        shopId: uuid,
        shopName: z.string(),
        customerId,
        amountMinor,
        currency,
        text: z.string().nullable(),
        reportedAt: instant,
      }),
    ),
    ...next,
  }),
})

export const staffFee = z.object({
  feeId: uuid,
  relation: z.enum(['same-branch', 'same-bank', 'affiliated', 'other-bank']),
  fromAmountMinor: zeroOrMoreMinor,
  belowAmountMinor: zeroOrMoreMinor.nullable(),
  feeMinor: zeroOrMoreMinor,
  validFrom: localDate,
  validUntil: localDate.nullable(),
})
export type StaffFee = z.output<typeof staffFee>

export const listFees = defineCall({
  name: 'listFees',
  summary: 'List the fee table',
  callee,
  callers: portal,
  method: 'GET',
  path: '/staff/fees',
  changes: true,
  reply: z.object({ fees: z.array(staffFee), today: localDate }),
})

/** Replaces the fees of one relation from a day on: ranges must begin at 0 and meet without gap. */
export const replaceFees = defineCall({
  name: 'replaceFees',
  summary: 'Replace the fees of one relation from a day on',
  callee,
  callers: portal,
  method: 'POST',
  path: '/staff/fees/:relation',
  changes: true,
  params: z.object({ relation: z.enum(['same-branch', 'same-bank', 'affiliated', 'other-bank']) }),
  body: z.strictObject({
    validFrom: localDate,
    ranges: z
      .array(z.strictObject({ fromAmountMinor: zeroOrMoreMinor, feeMinor: zeroOrMoreMinor }))
      .min(1)
      .max(20),
  }),
  reply: z.object({ fees: z.array(staffFee) }),
})

export const listHolidays = defineCall({
  name: 'listHolidays',
  summary: 'List the bank’s holidays',
  callee,
  callers: portal,
  method: 'GET',
  path: '/staff/holidays',
  changes: true,
  reply: z.object({
    holidays: z.array(z.object({ date: localDate, name: z.string(), nameJa: z.string() })),
    today: localDate,
  }),
})

export const addHoliday = defineCall({
  name: 'addHoliday',
  summary: 'Add a holiday of the bank',
  callee,
  callers: portal,
  method: 'POST',
  path: '/staff/holidays',
  changes: true,
  body: z.strictObject({ date: localDate, name: lineOfText(60), nameJa: lineOfText(60) }),
  reply: z.object({ added: z.boolean() }),
})

export const removeHoliday = defineCall({
  name: 'removeHoliday',
  summary: 'Remove a holiday that has not come yet',
  callee,
  callers: portal,
  method: 'DELETE',
  path: '/staff/holidays/:date',
  changes: true,
  params: z.object({ date: localDate }),
  reply: z.object({ removed: z.boolean() }),
})

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

/** The append-only log of staff reads and acts, newest first. */
export const listAudit = defineCall({
  name: 'listAudit',
  summary: 'Read the audit log',
  callee,
  callers: portal,
  method: 'GET',
  path: '/staff/audit',
  changes: true,
  query: z.object({
    staffId: z.string().max(60).optional(),
    subject: z.string().max(100).optional(),
    ...page,
  }),
  reply: z.object({
    entries: z.array(
      z.object({
        at: instant,
        staffId: z.string(),
        act: z.string(),
        subject: z.string(),
        detail: z.string().nullable(),
      }),
    ),
    ...next,
  }),
})

/** An act of staff that happens elsewhere (the portal, the core), for the one audit log. */
export const recordAct = defineCall({
  name: 'recordAct',
  summary: 'Record an act of staff in the audit log',
  callee,
  callers: portal,
  method: 'POST',
  path: '/staff/audit',
  changes: true,
  body: z.strictObject({
    act: lineOfText(60),
    subject: lineOfText(100),
    detail: lineOfText(300).optional(),
  }),
  reply: z.object({ recorded: z.literal(true) }),
})

export const staffCalls = [
  searchClaims,
  readClaim,
  listOpenPayments,
  listUndelivered,
  resendNotice,
  listShops,
  decideShop,
  resetShopPassword,
  listExceptions,
  listReports,
  listFees,
  replaceFees,
  listHolidays,
  addHoliday,
  removeHoliday,
  listAdverts,
  addAdvert,
  endAdvert,
  listAudit,
  recordAct,
] as const
