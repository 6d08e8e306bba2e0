import { eq } from 'drizzle-orm'
import { passwordFits } from '#shared/hash-password.ts'
import type { Throttle } from '#shared/web/index.ts'
import { normalId } from '#shared/normal-id.ts'
import type { Deps } from '../deps.ts'
import { shopLogins } from './console.table.ts'

export interface ShopSignInAttempt {
  signInId: string
  password: string
  address: string
  /** Of a browser that signed in with this id before. */
  device: string | undefined
}

export type ShopSignIn =
  | { outcome: 'accepted'; shopId: string; signInId: string }
  | { outcome: 'not-accepted' }
  | { outcome: 'too-many'; retryAfterSeconds: number }

/**
 * Checks a shop's sign-in (Fig. 19, S161-S163). The try is counted before the password is looked at,
 * and given back when it was right. An unknown id takes as long and gets the same answer.
 */
export const signInShop = async (
  { config, db, throttle }: Pick<Deps, 'config' | 'db'> & { throttle: Throttle },
  { address, device, password, ...typed }: ShopSignInAttempt,
): Promise<ShopSignIn> => {
  const signInId = normalId(typed.signInId)
  const counted = await throttle.count({ address, account: signInId, device })
  if (!counted.allowed) return { outcome: 'too-many', retryAfterSeconds: counted.retryAfterSeconds }
  const [login] = await db.select().from(shopLogins).where(eq(shopLogins.signInId, signInId))
  const fits = await passwordFits(config, login?.passwordHash, password)
  if (!login || !fits) return { outcome: 'not-accepted' }
  await counted.giveBack()
  return { outcome: 'accepted', shopId: login.shopId, signInId }
}
