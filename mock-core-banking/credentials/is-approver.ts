import { normalId } from '#shared/normal-id.ts'
import type { Deps } from '../deps.ts'
import { checkStaffCredentials } from './check-staff-credentials.ts'
import { countTry, giveTriesBack } from './count-tries.ts'

/** What an approver types to agree. */
export interface Approval {
  staffId: string
  password: string
}

/** How tries of a staff member are kept. */
export const staffSubject = (staffId: string): string => `staff/${normalId(staffId)}`

/**
 * Whether that is an approver's own password. Tries are counted like a customer's: five wrong ones
 * lock for 30 minutes. A password that somebody else made agrees to nothing.
 */
export const isApprover = async (
  deps: Pick<Deps, 'config' | 'db'>,
  { staffId, password }: Approval,
): Promise<boolean> => {
  const subject = staffSubject(staffId)
  const counted = await deps.db.transaction((tx) => countTry(tx, subject))
  if (counted.outcome === 'locked') return false
  const checked = await checkStaffCredentials(deps, { staffId, password })
  if (checked.outcome !== 'accepted') return false
  await giveTriesBack(deps.db, [subject])
  return checked.staff.roles.includes('approver') && !checked.staff.passwordIsTemporary
}
