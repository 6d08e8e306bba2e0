import { eq } from 'drizzle-orm'
import type { ReplyOf } from '#shared/contracts/call.ts'
import type { resetStaffPassword as resetStaffPasswordCall } from '#shared/contracts/core-staff.ts'
import { hashPassword } from '#shared/hash-password.ts'
import type { ServiceCaller } from '#shared/service-token.ts'
import { spendToken } from '#shared/spent-tokens.ts'
import { authorisationTries, staff } from '../credentials/credentials.table.ts'
import { type Approval, staffSubject } from '../credentials/is-approver.ts'
import type { Deps } from '../deps.ts'
import { spentTokens } from '../spent-tokens.table.ts'
import { checkSecondApproval } from './check-second-approval.ts'
import { findManagedStaff } from './find-managed-staff.ts'
import { makePassword } from '#shared/make-password.ts'

/**
 * Gives somebody else a password that only this answer tells, and lifts the lock of wrong ones. For
 * an approver it takes two approvers.
 */
export const resetStaffPassword = async (
  deps: Pick<Deps, 'config' | 'db'>,
  {
    staffId,
    secondApproval,
    caller,
  }: { staffId: string; secondApproval?: Approval | undefined; caller: ServiceCaller },
): Promise<ReplyOf<typeof resetStaffPasswordCall>> => {
  const { acting, member } = await findManagedStaff(deps, { staffId, caller })
  const agreed = member.roles.includes('approver')
    ? await checkSecondApproval(deps, {
        acting: acting.staffId,
        subject: member.staffId,
        given: secondApproval,
      })
    : 'agreed'
  const password = makePassword()
  const passwordHash = await hashPassword(deps.config, password)
  return deps.db.transaction(async (tx) => {
    await spendToken(tx, spentTokens, caller)
    if (agreed !== 'agreed') return { outcome: agreed }
    await tx
      .update(staff)
      .set({ passwordHash, passwordIsTemporary: true })
      .where(eq(staff.staffId, member.staffId))
    await tx
      .delete(authorisationTries)
      .where(eq(authorisationTries.subject, staffSubject(member.staffId)))
    return { outcome: 'reset', password }
  })
}
