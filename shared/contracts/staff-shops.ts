import * as z from 'zod'
import { defineCall } from './call.ts'
import { accountKey, instant, lineOfText, uuid } from './fields.ts'
import { callee, next, page, portal } from './staff-call.ts'

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
