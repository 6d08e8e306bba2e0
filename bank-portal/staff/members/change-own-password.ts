import { changeStaffPassword } from '#shared/contracts/core-staff.ts'
import type { Calls } from '../../deps.ts'
import { askCore, recordAct } from '../staff-client.ts'
import type { StaffMember } from '../staff-deps.ts'

/** A member's own password by the one they have; false when that one was not accepted. */
export const changeOwnPassword = async (
  deps: Calls,
  member: StaffMember,
  passwords: { password: string; newPassword: string },
): Promise<boolean> => {
  await recordAct(deps, member, { act: 'change-own-password', subject: `staff:${member.staffId}` })
  const { outcome } = await askCore(deps, member)(changeStaffPassword, { body: passwords })
  return outcome === 'changed'
}
