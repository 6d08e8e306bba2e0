import { and, asc, desc, eq, isNull } from 'drizzle-orm'
import type { Deps } from '../deps.ts'
import { apiKeys, shopAccounts, shopReturnAddresses } from './shops.table.ts'

/** What a shop set up besides its row: accounts, addresses to return to, live API keys. */
export const findShopSettings = async ({ db }: Pick<Deps, 'db'>, shopId: string) => {
  const [accounts, returnAddresses, keys] = await Promise.all([
    db
      .select({
        account: shopAccounts.account,
        holder: shopAccounts.holder,
        stoppedAt: shopAccounts.stoppedAt,
      })
      .from(shopAccounts)
      .where(eq(shopAccounts.shopId, shopId))
      .orderBy(asc(shopAccounts.createdAt), asc(shopAccounts.account)),
    db
      .select({ prefix: shopReturnAddresses.prefix })
      .from(shopReturnAddresses)
      .where(eq(shopReturnAddresses.shopId, shopId))
      .orderBy(asc(shopReturnAddresses.prefix)),
    db
      .select({
        keyId: apiKeys.id,
        publicPart: apiKeys.publicPart,
        label: apiKeys.label,
        createdAt: apiKeys.createdAt,
      })
      .from(apiKeys)
      .where(and(eq(apiKeys.shopId, shopId), isNull(apiKeys.revokedAt)))
      .orderBy(desc(apiKeys.createdAt), desc(apiKeys.id)),
  ])
  return { accounts, returnAddresses: returnAddresses.map((row) => row.prefix), keys }
}

export type ShopSettings = Awaited<ReturnType<typeof findShopSettings>>
