import type { Deps } from '../deps.ts'
import { hashSecret, newApiKey, writeApiKey } from './api-key.ts'
import { apiKeys } from './shops.table.ts'

/** Makes an API key for a shop. The key is returned this once; only its hash is kept. */
export const makeApiKey = async (
  { db, clock, newId }: Pick<Deps, 'db' | 'clock' | 'newId'>,
  { shopId, label }: { shopId: string; label: string },
): Promise<{ keyId: string; apiKey: string }> => {
  const key = newApiKey()
  const keyId = newId()
  await db.insert(apiKeys).values({
    id: keyId,
    shopId,
    label,
    publicPart: key.publicPart,
    secretHash: hashSecret(key.secret),
    createdAt: clock.now(),
  })
  return { keyId, apiKey: writeApiKey(key) }
}
