import { and, eq } from 'drizzle-orm'
import { AppError } from '#shared/errors.ts'
import type { ServiceCaller } from '#shared/service-token.ts'
import type { Received } from '#shared/contracts/call.ts'
import type { decideShop as decideShopCall } from '#shared/contracts/staff.ts'
import type { Deps } from '../deps.ts'
import { shops } from '../shops/shops.table.ts'
import { byStaff } from './by-staff.ts'

type Body = Received<typeof decideShopCall>['body']

const steps = {
  approve: { from: 'waiting', to: 'live' },
  suspend: { from: 'live', to: 'suspended' },
  reinstate: { from: 'suspended', to: 'live' },
} as const

/**
 * Approves a waiting shop, suspends a live one (no new orders; what is on lists is on hold), or
 * takes it back. A repeat answers the same. Throws `stale` when it is in another state than the
 * decision is for, `not-found`.
 */
export const decideShop = async (
  deps: Pick<Deps, 'db' | 'clock'>,
  { shopId, body, caller }: { shopId: string; body: Body; caller: ServiceCaller },
): Promise<{ status: 'live' | 'suspended' }> => {
  const { from, to } = steps[body.decision]
  const detail = `${body.decision}: ${body.reason}`
  return byStaff(deps, caller, { act: 'decideShop', subject: shopId, detail }, async (by) => {
    const { tx, bank } = by
    const ofBank = and(eq(shops.id, shopId), eq(shops.bank, bank.code))
    const decided = await tx
      .update(shops)
      .set({ status: to })
      .where(and(ofBank, eq(shops.status, from)))
      .returning({ id: shops.id })
    if (decided.length > 0) return { status: to }
    const [shop] = await tx.select({ status: shops.status }).from(shops).where(ofBank)
    if (!shop) throw new AppError('not-found')
    if (shop.status !== to) throw new AppError('stale', { detail: `this shop is ${shop.status}` })
    return { status: to }
  })
}
