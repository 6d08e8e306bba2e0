import { type Context, Hono } from 'hono'
import { type DeskRole, deskRole, newStaffId } from '#shared/contracts/core-staff.ts'
import { lineOfText } from '#shared/contracts/fields.ts'
import { AppError } from '#shared/errors.ts'
import { readFields, readForm, renderPage } from '#shared/web/index.ts'
import { memberOf, requireApprover } from '../guard.tsx'
import { staffViewOf } from '../layout.tsx'
import { hasMistakes, type Mistakes } from '../form.ts'
import type { StaffDeps, StaffEnv } from '../staff-deps.ts'
import {
  addMember,
  changeRoles,
  findMember,
  readStaff,
  resetPassword,
  suspendMember,
} from './manage-staff.ts'
import { MemberPage, type MemberPageProps, memberActs } from './member.page.tsx'
import { MembersPage, memberPath } from './members.page.tsx'
import { NewMemberPage, type NewMemberPageProps, PasswordPage } from './new-member.page.tsx'
import { readSecond } from './read-second.ts'
import { membersTexts } from './texts.ts'

type Ctx = Context<StaffEnv>

const readStaffId = (c: Ctx): string => {
  const staffId = newStaffId.safeParse(c.req.param('staffId')).data
  if (!staffId) throw new AppError('not-found')
  return staffId
}

const readRoles = async (c: Ctx): Promise<DeskRole[]> => {
  const ticked = (await readForm(c)).getAll('roles')
  return deskRole.options.filter((role) => ticked.includes(role))
}

const showNew = (
  deps: StaffDeps,
  c: Ctx,
  said: Omit<NewMemberPageProps, 'view'>,
  status: 200 | 401 | 409 | 422,
) => {
  const view = staffViewOf(c, deps, '/staff/members/new')
  return renderPage(c, <NewMemberPage view={view} {...said} />, status)
}

const showMember = async (
  deps: StaffDeps,
  c: Ctx,
  said: Pick<MemberPageProps, 'done' | 'failed'> = {},
  status: 200 | 401 | 422 = 200,
) => {
  const member = await findMember(deps, memberOf(c), readStaffId(c))
  const view = staffViewOf(c, deps, memberPath(member.staffId))
  return renderPage(c, <MemberPage view={view} member={member} {...said} />, status)
}

const showPassword = (
  deps: StaffDeps,
  c: Ctx,
  staffId: string,
  shown: { title: string; password: string },
) => {
  const view = staffViewOf(c, deps, memberPath(staffId))
  return renderPage(c, <PasswordPage view={view} {...shown} />)
}

const add = async (deps: StaffDeps, c: Ctx): Promise<Response> => {
  const form = await readFields(c)
  const { secondPassword: _never, ...values } = form
  const words = membersTexts(c.var.language)
  const staffId = newStaffId.safeParse(form.staffId ?? '').data
  const name = lineOfText(80).safeParse(form.name ?? '').data
  const roles = await readRoles(c)
  const { second, mistakes: ofSecond } = readSecond(form, {
    own: memberOf(c).staffId,
    language: c.var.language,
    isNeeded: roles.includes('approver'),
  })
  const mistakes: Mistakes = {
    ...(staffId ? {} : { staffId: words.mistakes.staffId }),
    ...(name ? {} : { name: words.mistakes.name }),
    ...(roles.length > 0 ? {} : { roles: words.mistakes.roles }),
    ...ofSecond,
  }
  if (!staffId || !name || hasMistakes(mistakes))
    return showNew(deps, c, { values, roles, mistakes }, 422)
  const answer = await addMember(deps, memberOf(c), { staffId, name, roles, second })
  switch (answer.outcome) {
    case 'added': {
      const title = words.password.added(name)
      return showPassword(deps, c, staffId, { title, password: answer.password })
    }
    case 'exists':
      return showNew(deps, c, { values, roles, mistakes: { staffId: words.mistakes.exists } }, 409)
    case 'second-approval-needed':
    case 'not-accepted':
      return showNew(deps, c, { values, roles, notAccepted: true }, 401)
  }
}

const setRoles = async (deps: StaffDeps, c: Ctx): Promise<Response> => {
  const staffId = readStaffId(c)
  const form = await readFields(c)
  const member = await findMember(deps, memberOf(c), staffId)
  const roles = await readRoles(c)
  const { second, mistakes } = readSecond(form, {
    own: memberOf(c).staffId,
    language: c.var.language,
    isNeeded: roles.includes('approver') && !member.roles.includes('approver'),
  })
  if (roles.length === 0) mistakes.roles = membersTexts(c.var.language).mistakes.roles
  const failed = { form: 'roles' as const, secondId: form.secondId, chosen: roles }
  if (hasMistakes(mistakes))
    return showMember(deps, c, { failed: { ...failed, mistakes, notAccepted: false } }, 422)
  const answer = await changeRoles(deps, memberOf(c), { staffId, roles, second })
  if (answer.outcome === 'changed') return c.redirect(`${memberPath(staffId)}?done=roles`, 303)
  return showMember(deps, c, { failed: { ...failed, mistakes: {}, notAccepted: true } }, 401)
}

const setSuspension = async (deps: StaffDeps, c: Ctx): Promise<Response> => {
  const staffId = readStaffId(c)
  const suspended = (await readFields(c)).suspended === 'yes'
  await suspendMember(deps, memberOf(c), { staffId, suspended })
  return c.redirect(`${memberPath(staffId)}?done=${suspended ? 'suspended' : 'reinstated'}`, 303)
}

const renewPassword = async (deps: StaffDeps, c: Ctx): Promise<Response> => {
  const staffId = readStaffId(c)
  const form = await readFields(c)
  const member = await findMember(deps, memberOf(c), staffId)
  const { second, mistakes } = readSecond(form, {
    own: memberOf(c).staffId,
    language: c.var.language,
    isNeeded: member.roles.includes('approver'),
  })
  const failed = { form: 'password' as const, secondId: form.secondId }
  if (hasMistakes(mistakes))
    return showMember(deps, c, { failed: { ...failed, mistakes, notAccepted: false } }, 422)
  const answer = await resetPassword(deps, memberOf(c), { staffId, second })
  if (answer.outcome === 'reset') {
    const title = membersTexts(c.var.language).password.reset(member.name)
    return showPassword(deps, c, staffId, { title, password: answer.password })
  }
  return showMember(deps, c, { failed: { ...failed, mistakes: {}, notAccepted: true } }, 401)
}

/** The bank's staff, managed by approvers; nobody manages themselves. */
export const membersRoutes = (deps: StaffDeps): Hono<StaffEnv> => {
  const onlyApprover = requireApprover(deps)
  return new Hono<StaffEnv>()
    .get('/', onlyApprover, async (c) => {
      const staff = await readStaff(deps, memberOf(c))
      return renderPage(c, <MembersPage view={staffViewOf(c, deps)} staff={staff} />)
    })
    .get('/new', onlyApprover, (c) => showNew(deps, c, {}, 200))
    .post('/', onlyApprover, (c) => add(deps, c))
    .get('/:staffId', onlyApprover, (c) =>
      showMember(deps, c, { done: memberActs.find((one) => one === c.req.query('done')) }),
    )
    .post('/:staffId/roles', onlyApprover, (c) => setRoles(deps, c))
    .post('/:staffId/suspension', onlyApprover, (c) => setSuspension(deps, c))
    .post('/:staffId/password', onlyApprover, (c) => renewPassword(deps, c))
}
