import { and, eq } from 'drizzle-orm'
import { AppError } from '#shared/errors.ts'
import type { Deps } from '../deps.ts'
import type { ShopCaller } from '../shops/find-key-owner.ts'
import { claimBatches } from './billers.table.ts'

/** What a batch was answered, as JSON text. Throws `not-found` for a reference that the biller never sent. */
export const findBatch = async (
  { db }: Pick<Deps, 'db'>,
  { shop }: Pick<ShopCaller, 'shop'>,
  batchRef: string,
): Promise<string> => {
  const [row] = await db
    .select({ result: claimBatches.result })
    .from(claimBatches)
    .where(and(eq(claimBatches.shopId, shop.id), eq(claimBatches.batchRef, batchRef)))
  if (!row) throw new AppError('not-found')
  return row.result
}
