import { unlockAuthorisation } from '#shared/contracts/core-banking.ts'
import type { Calls } from '../../deps.ts'
import { askCore, recordAct } from '../staff-client.ts'
import type { StaffMember } from '../staff-deps.ts'

/** Lifts the lock on a customer's authorisation; false when there was none. Recorded first. */
export const unlockCustomer = async (
  deps: Calls,
  member: StaffMember,
  customerId: string,
): Promise<boolean> => {
  await recordAct(deps, member, { act: 'unlock-customer', subject: customerId })
  const { unlocked } = await askCore(deps, member)(unlockAuthorisation, {
    params: { customerId },
    body: { staffId: member.staffId },
  })
  return unlocked
}
