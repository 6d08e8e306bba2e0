import type { ReplyOf } from '#shared/contracts/call.ts'
import type { addStaff as addStaffCall, DeskRole } from '#shared/contracts/core-staff.ts'
import { hashPassword } from '#shared/hash-password.ts'
import type { ServiceCaller } from '#shared/service-token.ts'
import { spendToken } from '#shared/spent-tokens.ts'
import { staff } from '../credentials/credentials.table.ts'
import type { Approval } from '../credentials/is-approver.ts'
import type { Deps } from '../deps.ts'
import { spentTokens } from '../spent-tokens.table.ts'
import { checkSecondApproval } from './check-second-approval.ts'
import { findActingStaff } from './find-acting-staff.ts'
import { makePassword } from '#shared/make-password.ts'

export interface NewStaff {
  staffId: string
  name: string
  roles: DeskRole[]
  secondApproval?: Approval | undefined
  caller: ServiceCaller
}

/** Takes somebody on, with a password that only this answer tells. A new approver takes two approvers. */
export const addStaff = async (
  deps: Pick<Deps, 'config' | 'db'>,
  { staffId, name, roles, secondApproval, caller }: NewStaff,
): Promise<ReplyOf<typeof addStaffCall>> => {
  const acting = await findActingStaff(deps, caller, 'approver')
  const agreed = roles.includes('approver')
    ? await checkSecondApproval(deps, {
        acting: acting.staffId,
        subject: staffId,
        given: secondApproval,
      })
    : 'agreed'
  const password = makePassword()
  const passwordHash = await hashPassword(deps.config, password)
  return deps.db.transaction(async (tx) => {
    await spendToken(tx, spentTokens, caller)
    if (agreed !== 'agreed') return { outcome: agreed }
    const added = await tx
      .insert(staff)
      .values({ staffId, name, roles, passwordHash, passwordIsTemporary: true })
      .onConflictDoNothing()
      .returning({ staffId: staff.staffId })
    return added.length === 0 ? { outcome: 'exists' } : { outcome: 'added', password }
  })
}
