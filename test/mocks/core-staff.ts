import { randomUUID } from 'node:crypto'
import type { Hono } from 'hono'
import { accountParts } from '#shared/accounts.ts'
import type { Received, ReplyOf } from '#shared/contracts/call.ts'
import * as calls from '#shared/contracts/core-staff.ts'
import { AppError, fieldError } from '#shared/errors.ts'
import type { ServiceCaller } from '#shared/service-token.ts'
import { normalId } from '#shared/normal-id.ts'
import { answerCall, type MockOptions } from './answer-call.ts'
import { type CoreState, countWrongTry, lockOf, type MockStaffMember } from './core-state.ts'

type Approval = { staffId: string; password: string }

export const findStaff = ({ staff }: CoreState, typed: string): MockStaffMember | undefined =>
  staff.find((one) => normalId(one.staffId) === normalId(typed))

const subjectOf = (staffId: string) => `staff/${normalId(staffId)}`

/** Whether it is the member's password; wrong ones are counted, and the fifth locks. */
const passwordFits = (state: CoreState, { staffId, password }: Approval): boolean => {
  const subject = subjectOf(staffId)
  if (lockOf(state, subject)) return false
  const member = findStaff(state, staffId)
  const fits = member && !member.suspendedAt && member.password === password
  if (!fits) countWrongTry(state, subject)
  else state.wrongTries.delete(subject)
  return fits ?? false
}

/** Whether that is an approver's own password: one that somebody else made agrees to nothing. */
export const isApprover = (state: CoreState, approval: Approval): boolean => {
  if (!passwordFits(state, approval)) return false
  const member = findStaff(state, approval.staffId)
  return (member?.roles.includes('approver') ?? false) && !member?.passwordIsTemporary
}

const findCalling = (state: CoreState, { onBehalfOf = '' }: ServiceCaller): MockStaffMember => {
  const [, staffId = ''] = /^staff:(.+)$/.exec(onBehalfOf) ?? []
  const found = findStaff(state, staffId)
  if (!found || found.suspendedAt) throw new AppError('forbidden')
  return found
}

const findActing = (state: CoreState, caller: ServiceCaller, ...roles: calls.DeskRole[]) => {
  const found = findCalling(state, caller)
  const may = roles.some((role) => found.roles.includes(role))
  if (!may || found.passwordIsTemporary) throw new AppError('forbidden')
  return found
}

const findManaged = (state: CoreState, caller: ServiceCaller, staffId: string) => {
  const acting = findActing(state, caller, 'approver')
  if (normalId(staffId) === normalId(acting.staffId)) throw new AppError('forbidden')
  const member = findStaff(state, staffId)
  if (!member) throw new AppError('not-found')
  return { acting, member }
}

const approveSecond = (
  state: CoreState,
  people: readonly string[],
  given: Approval | undefined,
): 'agreed' | 'second-approval-needed' | 'not-accepted' => {
  if (!given) return 'second-approval-needed'
  if (people.map(normalId).includes(normalId(given.staffId))) return 'not-accepted'
  return isApprover(state, given) ? 'agreed' : 'not-accepted'
}

type With<Call> = Received<Call> & { caller: ServiceCaller }

const add = (
  state: CoreState,
  { body, caller }: With<typeof calls.addStaff>,
): ReplyOf<typeof calls.addStaff> => {
  const acting = findActing(state, caller, 'approver')
  const { staffId, name, roles, secondApproval } = body
  if (roles.includes('approver')) {
    const outcome = approveSecond(state, [acting.staffId, staffId], secondApproval)
    if (outcome !== 'agreed') return { outcome }
  }
  if (findStaff(state, staffId)) return { outcome: 'exists' }
  const password = randomUUID()
  state.staff.push({ staffId, name, roles, password, passwordIsTemporary: true })
  return { outcome: 'added', password }
}

const changeRoles = (
  state: CoreState,
  { params, body, caller }: With<typeof calls.changeStaffRoles>,
): ReplyOf<typeof calls.changeStaffRoles> => {
  const { acting, member } = findManaged(state, caller, params.staffId)
  const { roles, secondApproval } = body
  if (roles.includes('approver') && !member.roles.includes('approver')) {
    const outcome = approveSecond(state, [acting.staffId, member.staffId], secondApproval)
    if (outcome !== 'agreed') return { outcome }
  }
  const kept = member.roles.filter((role) => role === 'operator')
  member.roles = [...kept, ...new Set(roles)]
  return { outcome: 'changed' }
}

const resetPassword = (
  state: CoreState,
  { params, body, caller }: With<typeof calls.resetStaffPassword>,
): ReplyOf<typeof calls.resetStaffPassword> => {
  const { acting, member } = findManaged(state, caller, params.staffId)
  if (member.roles.includes('approver')) {
    const people = [acting.staffId, member.staffId]
    const outcome = approveSecond(state, people, body.secondApproval)
    if (outcome !== 'agreed') return { outcome }
  }
  const password = randomUUID()
  Object.assign(member, { password, passwordIsTemporary: true })
  state.wrongTries.delete(subjectOf(member.staffId))
  return { outcome: 'reset', password }
}

const changePassword = (
  state: CoreState,
  { body: { password, newPassword }, caller }: With<typeof calls.changeStaffPassword>,
): ReplyOf<typeof calls.changeStaffPassword> => {
  if (password === newPassword) throw fieldError('#/newPassword', 'choose another than before')
  const member = findCalling(state, caller)
  if (!passwordFits(state, { staffId: member.staffId, password }))
    return { outcome: 'not-accepted' }
  Object.assign(member, { password: newPassword, passwordIsTemporary: false })
  return { outcome: 'changed' }
}

const suspend = (
  state: CoreState,
  { params, body: { suspended }, caller }: With<typeof calls.suspendStaff>,
) => {
  const { member } = findManaged(state, caller, params.staffId)
  member.suspendedAt = suspended ? (member.suspendedAt ?? new Date()) : null
  return { suspended }
}

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

const list = (state: CoreState, { caller }: With<typeof calls.listStaff>) => {
  findActing(state, caller, 'approver')
  const staff = state.staff.map(
    ({ staffId, name, roles, passwordIsTemporary = false, suspendedAt = null }) => ({
      staffId,
      name,
      roles: [...roles],
      passwordIsTemporary,
      suspendedAt,
    }),
  )
  return { staff: staff.sort((a, b) => byText(a.staffId, b.staffId)) }
}

const most = 20

const search = (state: CoreState, { query, caller }: With<typeof calls.searchCustomers>) => {
  findActing(state, caller, 'clerk', 'approver')
  const text = query.search.normalize('NFKC').trim()
  const lower = text.toLowerCase()
  const holders = new Set(
    [...state.accounts.values()]
      .filter(({ account }) => account === text || accountParts(account).number === text)
      .map((one) => one.customerId),
  )
  const found = state.customers.filter(
    ({ customerId, userId, name, nameJa = '' }) =>
      customerId === text.toUpperCase() ||
      normalId(userId) === normalId(text) ||
      name.toLowerCase().includes(lower) ||
      nameJa.toLowerCase().includes(lower) ||
      holders.has(customerId),
  )
  const customers = found.map(({ customerId, name, nameJa = null }) => ({
    customerId,
    name,
    nameJa,
    lockedUntil: lockOf(state, customerId) ?? null,
  }))
  return { customers: customers.sort((a, b) => byText(a.customerId, b.customerId)).slice(0, most) }
}

/** The bank's staff, managed from the portal on behalf of "staff:<staffId>". */
export const serveStaff = (app: Hono, options: MockOptions, state: CoreState): void => {
  answerCall(app, options, calls.listStaff, async (input) => list(state, input))
  answerCall(app, options, calls.addStaff, async (input) => add(state, input))
  answerCall(app, options, calls.changeStaffRoles, async (input) => changeRoles(state, input))
  answerCall(app, options, calls.suspendStaff, async (input) => suspend(state, input))
  answerCall(app, options, calls.resetStaffPassword, async (input) => resetPassword(state, input))
  answerCall(app, options, calls.changeStaffPassword, async (input) => changePassword(state, input))
  answerCall(app, options, calls.searchCustomers, async (input) => search(state, input))
}
