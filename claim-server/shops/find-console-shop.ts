import { eq } from 'drizzle-orm'
import { banks } from '../banks/banks.table.ts'
import type { Deps } from '../deps.ts'
import type { ShopCaller } from './find-key-owner.ts'
import { shops } from './shops.table.ts'

/** The shop of a session as it is now, with its bank. */
export const findConsoleShop = async (
  { db }: Pick<Deps, 'db'>,
  shopId: string,
): Promise<ShopCaller | undefined> => {
  const [found] = await db
    .select({ shop: shops, bank: banks })
    .from(shops)
    .innerJoin(banks, eq(banks.code, shops.bank))
    .where(eq(shops.id, shopId))
  return found
}
