import * as z from 'zod'
import { defineCall } from './call.ts'
import {
  accountKey,
  balanceMinor,
  currency,
  cursor,
  customerId,
  instant,
  jws,
  language,
  mailAddress,
  uuid,
} from './fields.ts'
import { coreStaffCalls, staffRole } from './core-staff.ts'
import { digest, paymentContent } from './payment-content.ts'

const portal = ['bank-portal'] as const
const claimServer = ['claim-server'] as const
const both = ['bank-portal', 'claim-server'] as const
const password = z.string().min(1).max(200)

/** What the bank knows of a signed-in customer. */
export const customer = z.object({
  customerId,
  name: z.string(),
  /** The name in Japanese script, when the bank has one. */
  nameJa: z.string().optional(),
  mailAddress,
  language,
})
export type Customer = z.output<typeof customer>

export { type StaffRole, staffRole } from './core-staff.ts'

/** Who signs in: by branch and account number, or by user id (Fig. 25). */
export const customerLogin = z.union([
  z.strictObject({
    branch: z.string().regex(/^\d{3}$/),
    accountNumber: z.string().regex(/^\d{7}$/),
  }),
  z.strictObject({ userId: z.string().min(1).max(60) }),
])
export type CustomerLogin = z.output<typeof customerLogin>

/** Checks a customer's sign-in. One answer, in the same time, whether or not the customer exists. */
export const checkCredentials = defineCall({
  name: 'checkCredentials',
  summary: 'Check a customer’s sign-in',
  callee: 'core-banking',
  callers: portal,
  method: 'POST',
  path: '/credentials/check',
  changes: false,
  body: z.strictObject({ login: customerLogin, password }),
  reply: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('accepted'), customer }),
    z.object({ outcome: z.literal('not-accepted') }),
  ]),
})

/** Checks a staff member's sign-in to the portal's staff pages. */
export const checkStaffCredentials = defineCall({
  name: 'checkStaffCredentials',
  summary: 'Check a staff member’s sign-in',
  callee: 'core-banking',
  callers: portal,
  method: 'POST',
  path: '/staff/credentials/check',
  changes: false,
  body: z.strictObject({ staffId: z.string().min(1).max(60), password }),
  reply: z.discriminatedUnion('outcome', [
    z.object({
      outcome: z.literal('accepted'),
      staff: z.object({
        staffId: z.string(),
        name: z.string(),
        roles: z.array(staffRole),
        /** Made for them by somebody else: it signs in, to choose an own one, and agrees to nothing. */
        passwordIsTemporary: z.boolean(),
      }),
    }),
    z.object({ outcome: z.literal('not-accepted') }),
  ]),
})

export const account = z.object({
  account: accountKey,
  branchName: z.string(),
  branchNameJa: z.string(),
  /** What the customer calls it: "Savings", "Travel". */
  label: z.string(),
  labelJa: z.string(),
  holder: z.string(),
  currency,
  balanceMinor,
  /** What can be spent: balance less the account's own limit. */
  availableMinor: balanceMinor,
})
export type Account = z.output<typeof account>

/** The customer's open accounts with their balances. */
export const listAccounts = defineCall({
  name: 'listAccounts',
  summary: 'List a customer’s accounts and balances',
  callee: 'core-banking',
  callers: portal,
  method: 'GET',
  path: '/customers/:customerId/accounts',
  changes: false,
  params: z.object({ customerId }),
  reply: z.object({ accounts: z.array(account) }),
})

/** The holders of payee accounts as the core names them; accounts that don't exist are left out. */
export const nameHolders = defineCall({
  name: 'nameHolders',
  summary: 'Name the holders of payee accounts',
  callee: 'core-banking',
  callers: both,
  method: 'POST',
  path: '/accounts/holders',
  changes: false,
  body: z.strictObject({ accounts: z.array(accountKey).min(1).max(100) }),
  reply: z.object({ holders: z.array(z.object({ account: accountKey, holder: z.string() })) }),
})

/** Whether an account exists and belongs to that holder; true only when both match (Fig. 3). */
export const accountExists = defineCall({
  name: 'accountExists',
  summary: 'Check that an account exists and belongs to a holder',
  callee: 'core-banking',
  callers: claimServer,
  method: 'POST',
  path: '/accounts/exists',
  changes: false,
  ownLimit: true,
  body: z.strictObject({ account: accountKey, holder: z.string().min(1).max(140) }),
  reply: z.object({ exists: z.boolean() }),
})

/**
 * The customer agrees to a run: the password they typed, the account number they typed, and the
 * content of each payment. A wrong password is counted; five lock authorisation for 30 minutes.
 */
export const authoriseRun = defineCall({
  name: 'authoriseRun',
  summary: 'Authorise the payments of a run',
  callee: 'core-banking',
  callers: portal,
  method: 'POST',
  path: '/customers/:customerId/authorisations',
  changes: true,
  params: z.object({ customerId }),
  body: z.strictObject({
    /** The seven digits of one of the payer's accounts in the run, as typed. */
    accountNumber: z.string().max(20),
    password,
    payments: z.array(paymentContent).min(1).max(20),
  }),
  reply: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('authorised'), authorisation: jws }),
    z.object({ outcome: z.literal('not-accepted'), triesLeft: z.int().min(0) }),
    z.object({ outcome: z.literal('locked'), lockedUntil: instant }),
    /** The content can't be agreed to as it stands: the day has changed, or a payee's holder. */
    z.object({ outcome: z.literal('content-stale') }),
  ]),
})

const receiptReply = z.object({ receipt: jws })

/**
 * Executes one payment, all groups and fees or none, once for its id, for ever. The reply is always
 * the stored receipt. Throws `digest-mismatch` for a known id with another content, `not-found` on
 * behalf of another than the payer, and `unauthenticated` or `invalid` for documents that don't verify
 * or don't agree.
 */
export const executePayment = defineCall({
  name: 'executePayment',
  summary: 'Execute a payment',
  callee: 'core-banking',
  callers: portal,
  method: 'PUT',
  path: '/payments/:paymentId',
  changes: true,
  params: z.object({ paymentId: uuid }),
  body: z.strictObject({ instruction: jws, authorisation: jws }),
  reply: receiptReply,
})

/** Receipts of payments, each signed again with the current key; `null` is "not known", never "refused". */
export const findReceipts = defineCall({
  name: 'findReceipts',
  summary: 'Ask for the receipts of payments',
  callee: 'core-banking',
  callers: both,
  method: 'POST',
  path: '/receipts/find',
  changes: false,
  body: z.strictObject({ paymentIds: z.array(uuid).min(1).max(200) }),
  reply: z.object({ receipts: z.array(z.object({ paymentId: uuid, receipt: jws.nullable() })) }),
})

/**
 * Makes sure that a payment can never execute: stores a void unless a receipt exists already.
 * The reply is the receipt either way.
 */
export const voidPayment = defineCall({
  name: 'voidPayment',
  summary: 'Void a payment that was not executed',
  callee: 'core-banking',
  callers: claimServer,
  method: 'POST',
  path: '/payments/:paymentId/void',
  changes: true,
  params: z.object({ paymentId: uuid }),
  body: z.strictObject({
    payer: customerId,
    digest,
    kind: z.enum(['payment', 'dated payment', 'refund']),
  }),
  reply: receiptReply,
})

/** Executed payments in order of decision, all or those decided since then, for reconciliation. */
export const listExecuted = defineCall({
  name: 'listExecuted',
  summary: 'List executed payments with their receipts',
  callee: 'core-banking',
  callers: claimServer,
  method: 'GET',
  path: '/receipts',
  changes: false,
  query: z.object({
    cursor: cursor.optional(),
    limit: z.coerce.number().int().min(1).max(500).default(500),
    since: instant.optional(),
  }),
  reply: z.object({
    receipts: z.array(z.object({ paymentId: uuid, decidedAt: instant, receipt: jws })),
    nextCursor: z.string().nullable(),
  }),
})

/** The core's own books: what must hold whatever the claims say. */
export const checkBooks = defineCall({
  name: 'checkBooks',
  summary: 'Check the books: postings against transfers and balances',
  callee: 'core-banking',
  callers: claimServer,
  method: 'GET',
  path: '/books/check',
  changes: false,
  timeoutMs: 600_000,
  reply: z.object({
    transfers: z.int(),
    postings: z.int(),
    differences: z.array(z.object({ kind: z.string(), id: z.string(), detail: z.string() })),
  }),
})

/** Lifts the lock on a customer's authorisation before its 30 minutes are over. */
export const unlockAuthorisation = defineCall({
  name: 'unlockAuthorisation',
  summary: 'Unlock a customer’s authorisation',
  callee: 'core-banking',
  callers: portal,
  method: 'POST',
  path: '/customers/:customerId/authorisations/unlock',
  changes: true,
  params: z.object({ customerId }),
  body: z.strictObject({ staffId: z.string().min(1).max(60) }),
  reply: z.object({ unlocked: z.boolean() }),
})

/**
 * Two different staff members agree, by their own passwords, to a refund: a payment of the payee's
 * account back to the payer's. The core keeps refunds of a claim at or below what was paid.
 */
export const authoriseRefund = defineCall({
  name: 'authoriseRefund',
  summary: 'Authorise a refund by two staff members',
  callee: 'core-banking',
  callers: portal,
  method: 'POST',
  path: '/refunds/authorisations',
  changes: true,
  body: z.strictObject({
    approvals: z.array(z.strictObject({ staffId: z.string().min(1).max(60), password })).length(2),
    content: paymentContent,
  }),
  reply: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('authorised'), authorisation: jws }),
    z.object({ outcome: z.literal('not-accepted') }),
    z.object({ outcome: z.literal('content-stale') }),
  ]),
})

/** Every call that core banking answers. */
export const coreBankingCalls = [
  ...coreStaffCalls,
  checkCredentials,
  checkStaffCredentials,
  listAccounts,
  nameHolders,
  accountExists,
  authoriseRun,
  unlockAuthorisation,
  executePayment,
  findReceipts,
  voidPayment,
  listExecuted,
  checkBooks,
  authoriseRefund,
] as const

/** Those of which several may travel as one: steps of a payment, each asked for once by each. */
export const coreBankingSteps = [authoriseRun, executePayment] as const

/** And what a page is made of. */
export const coreBankingPages = [listAccounts] as const

export const coreBankingBatches = [...coreBankingSteps, ...coreBankingPages] as const
