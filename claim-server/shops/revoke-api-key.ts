import { and, eq, isNull } from 'drizzle-orm'
import { AppError } from '#shared/errors.ts'
import type { Deps } from '../deps.ts'
import { apiKeys } from './shops.table.ts'

/** Ends an API key of that shop at once. Throws `not-found` for one that is another's, unknown or ended. */
export const revokeApiKey = async (
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { shopId, keyId }: { shopId: string; keyId: string },
): Promise<void> => {
  const revoked = await db
    .update(apiKeys)
    .set({ revokedAt: clock.now() })
    .where(and(eq(apiKeys.id, keyId), eq(apiKeys.shopId, shopId), isNull(apiKeys.revokedAt)))
    .returning({ id: apiKeys.id })
  if (revoked.length === 0) throw new AppError('not-found')
}
