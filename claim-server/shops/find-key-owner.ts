import { and, eq, isNull } from 'drizzle-orm'
import { AppError } from '#shared/errors.ts'
import { type Bank } from '../banks/find-bank.ts'
import { banks } from '../banks/banks.table.ts'
import type { Deps } from '../deps.ts'
import { isSecretOf, readApiKey } from './api-key.ts'
import { apiKeys, shops } from './shops.table.ts'

export type Shop = typeof shops.$inferSelect

/** A shop that acts, by its API key or in its console, and its bank. */
export interface ShopCaller {
  shop: Shop
  bank: Bank
}

/** Who calls the shops' API; the key's id is for the rate limit. */
export interface KeyOwner extends ShopCaller {
  keyId: string
}

/**
 * The shop whose key this Authorization header carries. Throws one `unauthenticated` for everything
 * that is not a live key: absent, misshapen, unknown, wrong secret, revoked.
 */
export const findKeyOwner = async (
  { db }: Pick<Deps, 'db'>,
  authorization: string | undefined,
): Promise<KeyOwner> => {
  const refused = () =>
    new AppError('unauthenticated', { headers: { 'www-authenticate': 'Bearer' } })
  const key = readApiKey(/^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1] ?? '')
  if (!key) throw refused()
  const [found] = await db
    .select({ shop: shops, bank: banks, keyId: apiKeys.id, secretHash: apiKeys.secretHash })
    .from(apiKeys)
    .innerJoin(shops, eq(shops.id, apiKeys.shopId))
    .innerJoin(banks, eq(banks.code, shops.bank))
    .where(and(eq(apiKeys.publicPart, key.publicPart), isNull(apiKeys.revokedAt)))
  if (!found || !isSecretOf(key.secret, found.secretHash)) throw refused()
  return { shop: found.shop, bank: found.bank, keyId: found.keyId }
}
