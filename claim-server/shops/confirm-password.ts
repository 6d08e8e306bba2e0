import { eq } from 'drizzle-orm'
import { passwordFits } from '#shared/hash-password.ts'
import type { Throttle } from '#shared/web/index.ts'
import type { Deps } from '../deps.ts'
import { shopLogins } from './console.table.ts'

export type PasswordConfirmation =
  | { outcome: 'confirmed' }
  | { outcome: 'not-accepted' }
  | { outcome: 'too-many'; retryAfterSeconds: number }

/**
 * Whether the one who is signed in still knows the password: asked before accounts, API keys and the
 * password itself are changed, so that a session left open is not enough. Counted as sign-ins are.
 */
export const confirmPassword = async (
  { config, db, throttle }: Pick<Deps, 'config' | 'db'> & { throttle: Throttle },
  { shopId, password, address }: { shopId: string; password: string; address: string },
): Promise<PasswordConfirmation> => {
  const counted = await throttle.count({ address, account: `confirm ${shopId}` })
  if (!counted.allowed) return { outcome: 'too-many', retryAfterSeconds: counted.retryAfterSeconds }
  const [login] = await db.select().from(shopLogins).where(eq(shopLogins.shopId, shopId))
  if (!(await passwordFits(config, login?.passwordHash, password)))
    return { outcome: 'not-accepted' }
  await counted.giveBack()
  return { outcome: 'confirmed' }
}
