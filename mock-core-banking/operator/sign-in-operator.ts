import type { Throttle } from '#shared/web/index.ts'
import { normalId } from '#shared/normal-id.ts'
import { checkStaffCredentials } from '../credentials/check-staff-credentials.ts'
import type { Deps } from '../deps.ts'

export type OperatorSignIn =
  | { outcome: 'accepted'; staffId: string; name: string }
  | { outcome: 'not-accepted' }
  | { outcome: 'too-many'; retryAfterSeconds: number }

/**
 * Signs in a staff member with the role operator; anybody else gets the answer of a wrong password.
 * The try is counted before the password is looked at, and given back when it was right.
 */
export const signInOperator = async (
  deps: Pick<Deps, 'config' | 'db'> & { throttle: Throttle },
  {
    device,
    address,
    ...typed
  }: { staffId: string; password: string; address: string; device: string | undefined },
): Promise<OperatorSignIn> => {
  const counted = await deps.throttle.count({ address, account: normalId(typed.staffId), device })
  if (!counted.allowed) return { outcome: 'too-many', retryAfterSeconds: counted.retryAfterSeconds }
  const checked = await checkStaffCredentials(deps, typed)
  if (checked.outcome !== 'accepted' || !checked.staff.roles.includes('operator'))
    return { outcome: 'not-accepted' }
  await counted.giveBack()
  return { outcome: 'accepted', staffId: checked.staff.staffId, name: checked.staff.name }
}
