import { eq } from 'drizzle-orm'
import { hashPassword } from '#shared/hash-password.ts'
import type { Throttle } from '#shared/web/index.ts'
import type { Deps } from '../deps.ts'
import { confirmPassword, type PasswordConfirmation } from './confirm-password.ts'
import { shopLogins } from './console.table.ts'
import type { Shop } from './find-key-owner.ts'
import { type PasswordProblem, passwordProblem } from './shop-password.ts'

export type PasswordChange =
  | { outcome: 'changed' }
  | { outcome: 'weak'; problem: PasswordProblem | 'same' }
  | Exclude<PasswordConfirmation, { outcome: 'confirmed' }>

interface Change {
  shop: Shop
  signInId: string
  current: string
  next: string
  address: string
}

/** Changes the password of a shop's login, the current one given. The caller ends the other sessions. */
export const changePassword = async (
  deps: Pick<Deps, 'config' | 'db' | 'clock'> & { throttle: Throttle },
  { shop, signInId, current, next, address }: Change,
): Promise<PasswordChange> => {
  const words = [signInId, shop.name, shop.nameJa ?? '']
  const problem = passwordProblem(next, words) ?? (next === current ? 'same' : undefined)
  if (problem) return { outcome: 'weak', problem }
  const confirmed = await confirmPassword(deps, { shopId: shop.id, password: current, address })
  if (confirmed.outcome !== 'confirmed') return confirmed
  await deps.db
    .update(shopLogins)
    .set({ passwordHash: await hashPassword(deps.config, next), changedAt: deps.clock.now() })
    .where(eq(shopLogins.shopId, shop.id))
  return { outcome: 'changed' }
}
