import * as z from 'zod'
import { defineCall } from './call.ts'
import { claimStatus } from './claim-server.ts'
import {
  accountKey,
  amountMinor,
  currency,
  customerId,
  instant,
  localDate,
  orderNumber,
  uuid,
} from './fields.ts'
import { callee, next, page, portal } from './staff-call.ts'

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
