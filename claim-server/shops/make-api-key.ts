import type { Deps } from '../deps.ts'
import { hashSecret, newApiKey, writeApiKey } from './api-key.ts'
import { apiKeys } from './shops.table.ts'

interface WantedKey {
  shopId: string
  label: string
  /** Of a form that may be sent twice: the second time makes no second key. */
  keyId?: string
}

/**
 * Makes an API key for a shop. The key is returned this once, only its hash is kept: null for a
 * repeat with the same `keyId`.
 */
export const makeApiKeyOnce = async (
  { db, clock, newId }: Pick<Deps, 'db' | 'clock' | 'newId'>,
  { shopId, label, keyId = newId() }: WantedKey,
): Promise<{ keyId: string; apiKey: string | null }> => {
  const key = newApiKey()
  const made = await db
    .insert(apiKeys)
    .values({
      id: keyId,
      shopId,
      label,
      publicPart: key.publicPart,
      secretHash: hashSecret(key.secret),
      createdAt: clock.now(),
    })
    .onConflictDoNothing({ target: apiKeys.id })
    .returning({ id: apiKeys.id })
  return { keyId, apiKey: made.length > 0 ? writeApiKey(key) : null }
}

/** A new API key, shown to its shop this once. */
export const makeApiKey = async (
  deps: Pick<Deps, 'db' | 'clock' | 'newId'>,
  { shopId, label }: { shopId: string; label: string },
): Promise<{ keyId: string; apiKey: string }> => {
  const { keyId, apiKey } = await makeApiKeyOnce(deps, { shopId, label })
  if (apiKey === null) throw new Error('a new id was taken')
  return { keyId, apiKey }
}
