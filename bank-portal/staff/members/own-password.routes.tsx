import { type Context, Hono } from 'hono'
import { newStaffPassword } from '#shared/contracts/core-staff.ts'
import { readFields, renderPage } from '#shared/web/index.ts'
import { memberOf } from '../guard.tsx'
import { staffViewOf } from '../layout.tsx'
import { type Form, hasMistakes, type Mistakes } from '../form.ts'
import type { StaffDeps, StaffEnv } from '../staff-deps.ts'
import { changeOwnPassword } from './change-own-password.ts'
import { OwnPasswordPage, type OwnPasswordPageProps } from './own-password.page.tsx'
import { membersTexts } from './texts.ts'

type Ctx = Context<StaffEnv>

const findMistakes = (c: Ctx, { now = '', next = '', again = '' }: Form): Mistakes => {
  const words = membersTexts(c.var.language).own.mistakes
  return {
    ...(now === '' || now.length > 200 ? { now: words.now } : {}),
    ...(newStaffPassword.safeParse(next).success && next !== now ? {} : { next: words.next }),
    ...(next === again ? {} : { again: words.again }),
  }
}

/** Everybody's own password. */
export const ownPasswordRoutes = (deps: StaffDeps): Hono<StaffEnv> => {
  const show = (c: Ctx, said: Omit<OwnPasswordPageProps, 'view'>, status: 200 | 401 | 422 = 200) =>
    renderPage(c, <OwnPasswordPage view={staffViewOf(c, deps)} {...said} />, status)

  return new Hono<StaffEnv>()
    .get('/', (c) => show(c, { isChanged: c.req.query('changed') !== undefined }))
    .post('/', async (c) => {
      const form = await readFields(c)
      const mistakes = findMistakes(c, form)
      if (hasMistakes(mistakes)) return show(c, { mistakes }, 422)
      const member = memberOf(c)
      const { now: password = '', next: newPassword = '' } = form
      if (!(await changeOwnPassword(deps, member, { password, newPassword })))
        return show(c, { notAccepted: true }, 401)
      // Whoever signed in with the password before is signed out; this browser goes on, by a new id.
      await deps.sessions.endAllOf(member.staffId)
      const data = { ...member, mustChoosePassword: false }
      await deps.sessions.start(c, { subject: member.staffId, data })
      return c.redirect(member.mustChoosePassword ? '/staff' : '/staff/password?changed', 303)
    })
}
