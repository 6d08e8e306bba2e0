import { and, eq } from 'drizzle-orm'
import type { Deps } from '../deps.ts'
import { shopReturnAddresses } from './shops.table.ts'

/** From now on no new order may send its customer back there. A repeat changes nothing. */
export const removeReturnAddress = async (
  { db }: Pick<Deps, 'db'>,
  { shopId, prefix }: { shopId: string; prefix: string },
): Promise<void> => {
  await db
    .delete(shopReturnAddresses)
    .where(and(eq(shopReturnAddresses.shopId, shopId), eq(shopReturnAddresses.prefix, prefix)))
}
