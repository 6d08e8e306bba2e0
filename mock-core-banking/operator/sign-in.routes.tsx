import { type Context, Hono } from 'hono'
import {
  clientAddress,
  knownDevice,
  localPath,
  readFields,
  rememberDevice,
  renderPage,
} from '#shared/web/index.ts'
import { normalId } from '#shared/normal-id.ts'
import type { OperatorDeps } from './operator-deps.ts'
import { signInOperator } from './sign-in-operator.ts'
import { type SignInNotice, SignInPage, type SignInPageProps } from './sign-in.page.tsx'
import { operatorTexts } from './texts.ts'
import { type OperatorEnv, viewOf } from './view.tsx'

const home = '/operator'

const mistakesIn = (form: Record<string, string>, c: Context<OperatorEnv>) => {
  const words = operatorTexts(c.var.language).signIn.missing
  const isMissing = (text = '', longest: number) => text === '' || text.length > longest
  return {
    ...(isMissing(form.staffId?.trim(), 60) ? { staffId: words.staffId } : {}),
    ...(isMissing(form.password, 200) ? { password: words.password } : {}),
  }
}

/** Sign-in and sign-out of operators. */
export const signInRoutes = (deps: OperatorDeps): Hono<OperatorEnv> => {
  const { config, sessions, site } = deps
  const device = { site, secret: config.PAGE_SECRET }

  const answer = (
    c: Context<OperatorEnv>,
    form: Record<string, string>,
    status: 200 | 401 | 422 | 429,
    said: Pick<SignInPageProps, 'notice' | 'mistakes'>,
  ) => {
    const page = { view: viewOf(c, deps), next: localPath(form.next, home), ...said }
    return renderPage(c, <SignInPage {...page} staffId={form.staffId ?? ''} />, status)
  }

  const noticeOf = (c: Context<OperatorEnv>): SignInNotice | undefined => {
    if (c.var.sessionEnded) return { kind: 'ended' }
    return c.req.query('signed-out') === undefined ? undefined : { kind: 'signed-out' }
  }

  return new Hono<OperatorEnv>()
    .get('/operator/sign-in', async (c) => {
      const next = localPath(c.req.query('next'), home)
      return c.var.session
        ? c.redirect(next, 303)
        : answer(c, { next }, 200, { notice: noticeOf(c) })
    })
    .post('/operator/sign-in', async (c) => {
      const form = await readFields(c)
      const mistakes = mistakesIn(form, c)
      if (Object.keys(mistakes).length > 0) return answer(c, form, 422, { mistakes })
      const { staffId = '', password = '' } = form
      const result = await signInOperator(deps, {
        staffId,
        password,
        address: clientAddress(c, config.TRUSTED_PROXIES),
        device: knownDevice(c, device, normalId(staffId)),
      })
      if (result.outcome === 'not-accepted')
        return answer(c, form, 401, { notice: { kind: 'not-accepted' } })
      if (result.outcome === 'too-many') {
        const { retryAfterSeconds } = result
        c.header('retry-after', `${retryAfterSeconds}`)
        return answer(c, form, 429, { notice: { kind: 'too-many', retryAfterSeconds } })
      }
      await sessions.start(c, { subject: result.staffId, data: { name: result.name } })
      rememberDevice(c, device, result.staffId)
      return c.redirect(localPath(form.next, home), 303)
    })
    .post('/operator/sign-out', async (c) => {
      await sessions.end(c)
      return c.redirect('/operator/sign-in?signed-out', 303)
    })
}
