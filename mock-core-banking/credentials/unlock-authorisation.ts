import { and, eq, gt } from 'drizzle-orm'
import { AppError } from '#shared/errors.ts'
import type { ServiceCaller } from '#shared/service-token.ts'
import { spendToken } from '#shared/spent-tokens.ts'
import { normalId } from '#shared/normal-id.ts'
import type { Deps } from '../deps.ts'
import { spentTokens } from '../spent-tokens.table.ts'
import { authorisationTries, staff } from './credentials.table.ts'

/**
 * A clerk or approver lifts the lock on a customer's authorisation; `unlocked` tells whether there
 * was one. Throws `forbidden` for anybody else.
 */
export const unlockAuthorisation = async (
  { db }: Pick<Deps, 'db'>,
  input: { customerId: string; staffId: string; caller: ServiceCaller },
): Promise<{ unlocked: boolean }> => {
  const staffId = normalId(input.staffId)
  const outcome = await db.transaction(async (tx) => {
    await spendToken(tx, spentTokens, input.caller)
    const [member] = await tx.select().from(staff).where(eq(staff.staffId, staffId))
    const mayUnlock = member?.roles.some((role) => role === 'clerk' || role === 'approver')
    if (!mayUnlock || member?.suspendedAt || member?.passwordIsTemporary) return 'forbidden'
    const unlocked = await tx
      .update(authorisationTries)
      .set({ tries: 0, lockedUntil: null, unlockedBy: staffId, unlockedAt: new Date() })
      .where(
        and(
          eq(authorisationTries.subject, customerSubject(input.customerId)),
          gt(authorisationTries.lockedUntil, new Date()),
        ),
      )
      .returning({ subject: authorisationTries.subject })
    return { unlocked: unlocked.length > 0 }
  })
  if (outcome === 'forbidden') throw new AppError('forbidden')
  return outcome
}

/** How tries of a customer are kept. */
export const customerSubject = (customerId: string): string => `customer/${customerId}`
