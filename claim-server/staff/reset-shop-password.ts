import { and, eq } from 'drizzle-orm'
import type { Received, ReplyOf } from '#shared/contracts/call.ts'
import type { resetShopPassword as resetShopPasswordCall } from '#shared/contracts/staff.ts'
import { AppError } from '#shared/errors.ts'
import { hashPassword } from '#shared/hash-password.ts'
import { makePassword } from '#shared/make-password.ts'
import type { ServiceCaller } from '#shared/service-token.ts'
import type { Deps } from '../deps.ts'
import { consoleSessions, shopLogins } from '../shops/console.table.ts'
import { shops } from '../shops/shops.table.ts'
import { byStaff } from './by-staff.ts'

type Reply = ReplyOf<typeof resetShopPasswordCall>

/**
 * A new password for a shop's console, told this once; whoever is signed in there is signed out. The
 * log has the reason, not the password. `no-login` for a shop without one; throws `not-found`.
 */
export const resetShopPassword = async (
  deps: Pick<Deps, 'config' | 'db' | 'clock'>,
  {
    shopId,
    body: { reason },
    caller,
  }: {
    shopId: string
    body: Received<typeof resetShopPasswordCall>['body']
    caller: ServiceCaller
  },
): Promise<Reply> => {
  const password = makePassword()
  const passwordHash = await hashPassword(deps.config, password)
  const act = { act: 'resetShopPassword', subject: shopId, detail: reason }
  return byStaff(deps, caller, act, async ({ tx, bank }) => {
    const [shop] = await tx
      .select({ id: shops.id })
      .from(shops)
      .where(and(eq(shops.id, shopId), eq(shops.bank, bank.code)))
    if (!shop) throw new AppError('not-found')
    const [login] = await tx
      .update(shopLogins)
      .set({ passwordHash, changedAt: deps.clock.now() })
      .where(eq(shopLogins.shopId, shopId))
      .returning({ signInId: shopLogins.signInId })
    if (!login) return { outcome: 'no-login' }
    await tx.delete(consoleSessions).where(eq(consoleSessions.subject, shopId))
    return { outcome: 'reset', signInId: login.signInId, password }
  })
}
