import { violatesUnique } from '#shared/database.ts'
import { AppError, fieldError } from '#shared/errors.ts'
import { hashPassword } from '#shared/hash-password.ts'
import { normalId } from '#shared/normal-id.ts'
import { eq } from 'drizzle-orm'
import type { Deps } from '../deps.ts'
import { consoleSessions, shopLogins } from './console.table.ts'
import { passwordProblem } from './shop-password.ts'
import { shops } from './shops.table.ts'
import { isSignInId } from './sign-in-id.ts'

/**
 * Gives a shop its login to the console, in place of the one before; whoever is signed in is signed
 * out. For the bank's staff, and for demos. Throws `invalid` naming the field, `not-found`.
 */
export const setShopLogin = async (
  { config, db, clock }: Pick<Deps, 'config' | 'db' | 'clock'>,
  { shopId, password, ...typed }: { shopId: string; signInId: string; password: string },
): Promise<void> => {
  const signInId = normalId(typed.signInId)
  if (!isSignInId(signInId)) throw fieldError('#/signInId', 'write 3 to 40 letters and digits')
  const [shop] = await db.select({ name: shops.name }).from(shops).where(eq(shops.id, shopId))
  if (!shop) throw new AppError('not-found')
  const problem = passwordProblem(password, [signInId, shop.name])
  if (problem) throw fieldError('#/password', `this password is not good enough: ${problem}`)
  const login = {
    signInId,
    passwordHash: await hashPassword(config, password),
    changedAt: clock.now(),
  }
  try {
    await db.transaction(async (tx) => {
      await tx
        .insert(shopLogins)
        .values({ shopId, ...login })
        .onConflictDoUpdate({ target: shopLogins.shopId, set: login })
      await tx.delete(consoleSessions).where(eq(consoleSessions.subject, shopId))
    })
  } catch (error) {
    if (violatesUnique(error, 'shop_logins_sign_in_id'))
      throw fieldError('#/signInId', 'this sign-in id is taken')
    throw error
  }
}
