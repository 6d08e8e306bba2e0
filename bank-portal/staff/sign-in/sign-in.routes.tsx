import { type Context, Hono } from 'hono'
import { unreachable } from '#shared/errors.ts'
import { NoAnswer } from '#shared/service-client.ts'
import {
  clientAddress,
  knownDevice,
  localPath,
  readFields,
  rememberDevice,
  renderPage,
} from '#shared/web/index.ts'
import { staffViewOf } from '../layout.tsx'
import { type Form, hasMistakes, type Mistakes } from '../form.ts'
import type { StaffDeps, StaffEnv } from '../staff-deps.ts'
import { signInStaff, staffKey } from './sign-in-staff.ts'
import { type StaffSignInNotice, StaffSignInPage } from './sign-in.page.tsx'
import { staffSignInTexts } from './texts.ts'

/** Only a page of the desk: the customers' pages know nobody who signs in here. */
const deskPath = (value: unknown): string => {
  const path = localPath(value, '/staff')
  return /^\/staff([/?]|$)/.test(path) ? path : '/staff'
}

const findMistakes = ({ staffId = '', password = '' }: Form, c: Context<StaffEnv>): Mistakes => {
  const words = staffSignInTexts(c.var.language).mistakes
  const isGiven = (text: string, most: number) => text.trim() !== '' && text.length <= most
  return {
    ...(isGiven(staffId, 60) ? {} : { staffId: words.staffId }),
    ...(isGiven(password, 200) ? {} : { password: words.password }),
  }
}

/** The staff's own sign-in and sign-out. */
export const staffSignInRoutes = (deps: StaffDeps): Hono<StaffEnv> => {
  const { config, sessions, site } = deps
  const knows = { site, secret: config.pageSecret }

  const answer = (
    c: Context<StaffEnv>,
    { staffId, next }: Form,
    status: 200 | 401 | 422 | 429 | 503,
    said: { notice?: StaffSignInNotice; mistakes?: Mistakes } = {},
  ) => {
    const page = { view: staffViewOf(c, deps), staffId, next: deskPath(next), ...said }
    return renderPage(c, <StaffSignInPage {...page} />, status)
  }

  return new Hono<StaffEnv>()
    .get('/sign-in', async (c) => {
      const { next = '' } = c.req.query()
      if (c.var.session) return c.redirect(deskPath(next), 303)
      const signedOut = c.req.query('signed-out') !== undefined
      const kind = c.var.sessionEnded ? 'ended' : signedOut ? 'signedOut' : undefined
      return answer(c, { next }, 200, kind ? { notice: { kind } } : {})
    })
    .post('/sign-in', async (c) => {
      const form = await readFields(c)
      const mistakes = findMistakes(form, c)
      if (hasMistakes(mistakes)) return answer(c, form, 422, { mistakes })
      const { staffId = '', password = '' } = form
      const account = staffKey(staffId)
      try {
        const result = await signInStaff(deps, {
          staffId,
          password,
          address: clientAddress(c, config.trustedProxies),
          device: knownDevice(c, knows, account),
        })
        switch (result.outcome) {
          case 'accepted':
            await sessions.start(c, { subject: result.member.staffId, data: result.member })
            rememberDevice(c, knows, account)
            return c.redirect(deskPath(form.next), 303)
          case 'not-accepted':
            return answer(c, form, 401, { notice: { kind: 'notAccepted' } })
          case 'too-many': {
            const { retryAfterSeconds } = result
            c.header('retry-after', `${retryAfterSeconds}`)
            return answer(c, form, 429, { notice: { kind: 'tooMany', retryAfterSeconds } })
          }
          default:
            return unreachable(result)
        }
      } catch (error) {
        if (!(error instanceof NoAnswer)) throw error
        deps.log.warn({ error: error.message }, 'a sign-in of staff could not be checked')
        return answer(c, form, 503, { notice: { kind: 'notPossible' } })
      }
    })
    .post('/sign-out', async (c) => {
      await sessions.end(c)
      return c.redirect('/staff/sign-in?signed-out', 303)
    })
}
