import { and, eq } from 'drizzle-orm'
import { AppError } from '#shared/errors.ts'
import type { Deps } from '../deps.ts'
import { shops } from './shops.table.ts'

/** waiting → live: the bank's staff let the shop send orders. Throws `not-found` when none waits. */
export const approveShop = async ({ db }: Pick<Deps, 'db'>, shopId: string): Promise<void> => {
  const approved = await db
    .update(shops)
    .set({ status: 'live' })
    .where(and(eq(shops.id, shopId), eq(shops.status, 'waiting')))
    .returning({ id: shops.id })
  if (approved.length === 0) throw new AppError('not-found')
}
