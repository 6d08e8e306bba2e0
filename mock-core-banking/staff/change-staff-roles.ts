import { eq } from 'drizzle-orm'
import type { ReplyOf } from '#shared/contracts/call.ts'
import type {
  changeStaffRoles as changeStaffRolesCall,
  DeskRole,
} from '#shared/contracts/core-staff.ts'
import type { ServiceCaller } from '#shared/service-token.ts'
import { spendToken } from '#shared/spent-tokens.ts'
import { staff } from '../credentials/credentials.table.ts'
import type { Approval } from '../credentials/is-approver.ts'
import type { Deps } from '../deps.ts'
import { spentTokens } from '../spent-tokens.table.ts'
import { checkSecondApproval } from './check-second-approval.ts'
import { findManagedStaff } from './find-managed-staff.ts'

/**
 * Changes what somebody else may do at the portal's desk; the operator's role stays as it is. Making
 * an approver takes two approvers.
 */
export const changeStaffRoles = async (
  deps: Pick<Deps, 'config' | 'db'>,
  {
    staffId,
    roles,
    secondApproval,
    caller,
  }: {
    staffId: string
    roles: DeskRole[]
    secondApproval?: Approval | undefined
    caller: ServiceCaller
  },
): Promise<ReplyOf<typeof changeStaffRolesCall>> => {
  const { acting, member } = await findManagedStaff(deps, { staffId, caller })
  const makesApprover = roles.includes('approver') && !member.roles.includes('approver')
  const agreed = makesApprover
    ? await checkSecondApproval(deps, {
        acting: acting.staffId,
        subject: member.staffId,
        given: secondApproval,
      })
    : 'agreed'
  const kept = member.roles.filter((role) => role === 'operator')
  return deps.db.transaction(async (tx) => {
    await spendToken(tx, spentTokens, caller)
    if (agreed !== 'agreed') return { outcome: agreed }
    await tx
      .update(staff)
      .set({ roles: [...kept, ...new Set(roles)] })
      .where(eq(staff.staffId, member.staffId))
    return { outcome: 'changed' }
  })
}
