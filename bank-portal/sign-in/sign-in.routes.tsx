import { Hono, type Context } from 'hono'
import type { CustomerLogin } from '#shared/contracts/core-banking.ts'
import { unreachable } from '#shared/errors.ts'
import { NoAnswer } from '#shared/service-client.ts'
import type { Language } from '#shared/texts.ts'
import {
  clientAddress,
  knownDevice,
  localPath,
  readFields,
  rememberDevice,
  renderPage,
  type Sessions,
  type Site,
  type Throttle,
} from '#shared/web/index.ts'
import type { CustomerSignIn, Deps, PortalEnv, PortalSession } from '../deps.ts'
import { viewAt, viewOf } from '../layout.tsx'
import { loginKey, signInCustomer } from './sign-in-customer.ts'
import { type LoginWay, type SignInNotice, SignInPage, signInPath } from './sign-in.page.tsx'
import { signInTexts } from './texts.ts'

interface SignInDeps extends Pick<Deps, 'callCore' | 'config' | 'log'> {
  signIn: CustomerSignIn
  sessions: Sessions<PortalSession>
  throttle: Throttle
  site: Site
}

type Form = Record<string, string>

/** Digits as people type them: full-width ones and blanks count too. */
const digits = (text = '') => text.normalize('NFKC').replaceAll(/[\s-]/g, '')

const wayOf = (value: unknown): LoginWay => (value === 'user' ? 'user' : 'account')

const readLogin = (
  form: Form,
  language: Language,
): { login: CustomerLogin } | { mistakes: Record<string, string> } => {
  const words = signInTexts(language).mistakes
  const mistakes: Record<string, string> = {}
  const branch = digits(form.branch)
  const accountNumber = digits(form.accountNumber)
  const userId = (form.userId ?? '').trim()
  const byUser = wayOf(form.by) === 'user'
  if (byUser) {
    if (userId === '' || userId.length > 60) mistakes.userId = words.userId
  } else {
    if (!/^\d{3}$/.test(branch)) mistakes.branch = words.branch
    if (!/^\d{7}$/.test(accountNumber)) mistakes.accountNumber = words.accountNumber
  }
  const password = form.password ?? ''
  if (password === '' || password.length > 200) mistakes.password = words.password
  if (Object.keys(mistakes).length > 0) return { mistakes }
  return { login: byUser ? { userId } : { branch, accountNumber } }
}

/** Sign-in and sign-out, when the bank has no own. */
export const signInRoutes = (deps: SignInDeps): Hono<PortalEnv> => {
  const { config, sessions, site } = deps
  const device = { site, secret: config.pageSecret }

  const answer = (
    c: Context<PortalEnv>,
    form: Form,
    status: 200 | 401 | 422 | 429 | 503,
    said: { notice?: SignInNotice; mistakes?: Record<string, string> },
  ) => {
    const { password: _never, ...values } = form
    const next = localPath(form.next)
    const way = wayOf(form.by)
    const view = viewAt(viewOf(c, deps), signInPath(way, next))
    const page = { view, way, next, values, ...said }
    return renderPage(c, <SignInPage {...page} />, status)
  }

  return new Hono<PortalEnv>()
    .get('/sign-in', async (c) => {
      const { by = '', next = '/' } = c.req.query()
      if (c.var.session) return c.redirect(localPath(next), 303)
      const ended = c.var.sessionEnded
      const signedOut = c.req.query('signed-out') !== undefined
      const kind = ended ? 'ended' : signedOut ? 'signed-out' : undefined
      return answer(c, { by, next }, 200, kind ? { notice: { kind } } : {})
    })
    .post('/sign-in', async (c) => {
      const form = await readFields(c)
      const read = readLogin(form, c.var.language)
      if ('mistakes' in read) return answer(c, form, 422, { mistakes: read.mistakes })
      const account = loginKey(read.login)
      try {
        const result = await signInCustomer(deps, {
          login: read.login,
          password: form.password ?? '',
          address: clientAddress(c, config.trustedProxies),
          device: knownDevice(c, device, account),
        })
        switch (result.outcome) {
          case 'accepted':
            await sessions.start(c, { subject: result.customer.customerId, data: result.customer })
            rememberDevice(c, device, account)
            return c.redirect(localPath(form.next), 303)
          case 'not-accepted':
            return answer(c, form, 401, { notice: { kind: 'not-accepted' } })
          case 'too-many':
            c.header('retry-after', `${result.retryAfterSeconds}`)
            return answer(c, form, 429, {
              notice: { kind: 'too-many', retryAfterSeconds: result.retryAfterSeconds },
            })
          default:
            return unreachable(result)
        }
      } catch (error) {
        if (!(error instanceof NoAnswer)) throw error
        deps.log.warn({ error: error.message }, 'a sign-in could not be checked')
        return answer(c, form, 503, { notice: { kind: 'not-possible' } })
      }
    })
    .post('/sign-out', async (c) => {
      await sessions.end(c)
      return c.redirect('/sign-in?signed-out', 303)
    })
}
