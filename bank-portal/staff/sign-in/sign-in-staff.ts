import { unreachable } from '#shared/errors.ts'
import { normalId } from '#shared/normal-id.ts'
import type { Throttle } from '#shared/web/index.ts'
import type { Calls } from '../../deps.ts'
import { checkStaffCredentials, recordAct } from '../staff-client.ts'
import type { StaffMember } from '../staff-deps.ts'

export interface StaffAttempt {
  staffId: string
  password: string
  address: string
  /** Of a browser that signed in with this id before. */
  device: string | undefined
}

export type StaffSignIn =
  | { outcome: 'accepted'; member: StaffMember }
  | { outcome: 'not-accepted' }
  | { outcome: 'too-many'; retryAfterSeconds: number }

/** What is throttled and remembered: the id as typed, whether or not it exists. */
export const staffKey = (staffId: string): string => `staff ${normalId(staffId)}`

/**
 * Checks a member's sign-in at the core; who has no role at this desk gets the answer of a wrong
 * password. The try is counted before the password is looked at, and given back when it was right or
 * could not be checked. Throws `NoAnswer`.
 */
export const signInStaff = async (
  deps: Calls & { throttle: Throttle },
  { address, device, ...typed }: StaffAttempt,
): Promise<StaffSignIn> => {
  const counted = await deps.throttle.count({ address, account: staffKey(typed.staffId), device })
  if (!counted.allowed) return { outcome: 'too-many', retryAfterSeconds: counted.retryAfterSeconds }
  let giveBack = true
  try {
    const checked = await checkStaffCredentials(deps, typed)
    switch (checked.outcome) {
      case 'accepted': {
        const { passwordIsTemporary, ...staff } = checked.staff
        if (!staff.roles.some((role) => role === 'clerk' || role === 'approver')) {
          giveBack = false
          return { outcome: 'not-accepted' }
        }
        await recordAct(deps, staff, { act: 'sign-in', subject: `staff:${staff.staffId}` })
        const member = { kind: 'staff', ...staff, mustChoosePassword: passwordIsTemporary } as const
        return { outcome: 'accepted', member }
      }
      case 'not-accepted':
        giveBack = false
        return { outcome: 'not-accepted' }
      default:
        return unreachable(checked)
    }
  } finally {
    if (giveBack) await counted.giveBack()
  }
}
