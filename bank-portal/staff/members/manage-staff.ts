import {
  addStaff as addStaffCall,
  type BankStaffMember,
  changeStaffRoles as changeStaffRolesCall,
  type DeskRole,
  listStaff,
  resetStaffPassword as resetStaffPasswordCall,
  suspendStaff as suspendStaffCall,
} from '#shared/contracts/core-staff.ts'
import { AppError } from '#shared/errors.ts'
import { askCore, recordAct } from '../staff-client.ts'
import type { StaffDeps, StaffMember } from '../staff-deps.ts'
import type { Second } from './read-second.ts'

type Manages = Pick<StaffDeps, 'callCore' | 'callClaimServer' | 'sessions'>

const subjectOf = (staffId: string) => `staff:${staffId}`

const withSecond = (second: Second | undefined) => (second ? { secondApproval: second } : {})

const secondWords = (second: Second | undefined) =>
  second ? `, second approver ${second.staffId}` : ''

/** Everybody who works at the bank; recorded, since names are personal data. */
export const readStaff = async (deps: Manages, member: StaffMember): Promise<BankStaffMember[]> => {
  await recordAct(deps, member, { act: 'list-staff', subject: 'staff' })
  const { staff } = await askCore(deps, member)(listStaff, {})
  return staff
}

/** One of them. Throws `not-found`. */
export const findMember = async (
  deps: Manages,
  member: StaffMember,
  staffId: string,
): Promise<BankStaffMember> => {
  const staff = await readStaff(deps, member)
  const found = staff.find((one) => one.staffId === staffId)
  if (!found) throw new AppError('not-found')
  return found
}

/** Takes somebody on. The reply alone tells their password. */
export const addMember = async (
  deps: Manages,
  member: StaffMember,
  {
    second,
    ...added
  }: { staffId: string; name: string; roles: DeskRole[]; second: Second | undefined },
) => {
  await recordAct(deps, member, {
    act: 'add-staff',
    subject: subjectOf(added.staffId),
    detail: `${added.roles.join(', ')}${secondWords(second)}`,
  })
  return askCore(deps, member)(addStaffCall, { body: { ...added, ...withSecond(second) } })
}

/** Changes roles, and ends the sessions that have the old ones. */
export const changeRoles = async (
  deps: Manages,
  member: StaffMember,
  { staffId, roles, second }: { staffId: string; roles: DeskRole[]; second: Second | undefined },
) => {
  await recordAct(deps, member, {
    act: 'change-staff-roles',
    subject: subjectOf(staffId),
    detail: `${roles.join(', ')}${secondWords(second)}`,
  })
  const answer = await askCore(deps, member)(changeStaffRolesCall, {
    params: { staffId },
    body: { roles, ...withSecond(second) },
  })
  if (answer.outcome === 'changed') await deps.sessions.endAllOf(staffId)
  return answer
}

/** Suspends somebody and ends their sessions, or takes them back. */
export const suspendMember = async (
  deps: Manages,
  member: StaffMember,
  { staffId, suspended }: { staffId: string; suspended: boolean },
): Promise<void> => {
  const act = suspended ? 'suspend-staff' : 'reinstate-staff'
  await recordAct(deps, member, { act, subject: subjectOf(staffId) })
  await askCore(deps, member)(suspendStaffCall, { params: { staffId }, body: { suspended } })
  if (suspended) await deps.sessions.endAllOf(staffId)
}

/** Makes a new password that the reply alone tells, and ends the sessions of the old one. */
export const resetPassword = async (
  deps: Manages,
  member: StaffMember,
  { staffId, second }: { staffId: string; second: Second | undefined },
) => {
  await recordAct(deps, member, {
    act: 'reset-staff-password',
    subject: subjectOf(staffId),
    ...(second ? { detail: `second approver ${second.staffId}` } : {}),
  })
  const answer = await askCore(deps, member)(resetStaffPasswordCall, {
    params: { staffId },
    body: withSecond(second),
  })
  if (answer.outcome === 'reset') await deps.sessions.endAllOf(staffId)
  return answer
}
