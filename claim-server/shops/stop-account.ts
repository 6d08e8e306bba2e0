import { and, eq } from 'drizzle-orm'
import { AppError } from '#shared/errors.ts'
import type { Deps } from '../deps.ts'
import { shopAccounts, shops } from './shops.table.ts'

/**
 * Stops new payments to an account of the shop, or takes them again. The last account that takes
 * payments stays. Payments that were reserved go on. Throws `not-found`.
 */
export const stopAccount = (
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { shopId, account, stop }: { shopId: string; account: string; stop: boolean },
): Promise<'done' | 'last'> =>
  db.transaction(async (tx) => {
    // Two who stop the last two accounts at once wait for each other here.
    await tx.select({ id: shops.id }).from(shops).where(eq(shops.id, shopId)).for('update')
    const own = await tx.select().from(shopAccounts).where(eq(shopAccounts.shopId, shopId))
    if (!own.some((one) => one.account === account)) throw new AppError('not-found')
    const others = own.filter((one) => one.account !== account && one.stoppedAt === null)
    if (stop && others.length === 0) return 'last'
    await tx
      .update(shopAccounts)
      .set({ stoppedAt: stop ? clock.now() : null })
      .where(and(eq(shopAccounts.shopId, shopId), eq(shopAccounts.account, account)))
    return 'done'
  })
