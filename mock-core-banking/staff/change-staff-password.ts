import { eq } from 'drizzle-orm'
import { fieldError } from '#shared/errors.ts'
import { hashPassword, passwordFits } from '#shared/hash-password.ts'
import type { ServiceCaller } from '#shared/service-token.ts'
import { spendToken } from '#shared/spent-tokens.ts'
import { countTry, giveTriesBack } from '../credentials/count-tries.ts'
import { staff } from '../credentials/credentials.table.ts'
import { staffSubject } from '../credentials/is-approver.ts'
import type { Deps } from '../deps.ts'
import { spentTokens } from '../spent-tokens.table.ts'
import { findCallingStaff } from './find-acting-staff.ts'

/**
 * A member chooses an own password by the one they have, a temporary one included. Wrong ones are
 * counted with those of their approvals.
 */
export const changeStaffPassword = async (
  deps: Pick<Deps, 'config' | 'db'>,
  {
    password,
    newPassword,
    caller,
  }: { password: string; newPassword: string; caller: ServiceCaller },
): Promise<{ outcome: 'changed' | 'not-accepted' }> => {
  if (password === newPassword) throw fieldError('#/newPassword', 'choose another than before')
  const member = await findCallingStaff(deps, caller)
  const subject = staffSubject(member.staffId)
  const counted = await deps.db.transaction(async (tx) => {
    await spendToken(tx, spentTokens, caller)
    return countTry(tx, subject)
  })
  if (counted.outcome === 'locked') return { outcome: 'not-accepted' }
  if (!(await passwordFits(deps.config, member.passwordHash, password)))
    return { outcome: 'not-accepted' }
  await giveTriesBack(deps.db, [subject])
  const passwordHash = await hashPassword(deps.config, newPassword)
  await deps.db
    .update(staff)
    .set({ passwordHash, passwordIsTemporary: false })
    .where(eq(staff.staffId, member.staffId))
  return { outcome: 'changed' }
}
