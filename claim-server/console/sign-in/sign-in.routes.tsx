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
import { signInShop } from '../../shops/sign-in-shop.ts'
import type { ConsoleDeps } from '../console-deps.ts'
import type { ConsoleEnv } from '../env.ts'
import { type Form } from '../form.ts'
import { viewOf } from '../view.tsx'
import { type SignInNotice, SignInPage, type SignInPageProps } from './sign-in.page.tsx'
import { signInTexts } from './texts.ts'

const home = '/shop'

const mistakesIn = (form: Form, c: Context<ConsoleEnv>): Record<string, string> => {
  const words = signInTexts(c.var.language).missing
  const isMissing = (text = '', longest: number) => text === '' || text.length > longest
  return {
    ...(isMissing(form.signInId?.trim(), 60) ? { signInId: words.signInId } : {}),
    ...(isMissing(form.password, 200) ? { password: words.password } : {}),
  }
}

const noticeOf = (c: Context<ConsoleEnv>): SignInNotice | undefined => {
  if (c.var.sessionEnded) return { kind: 'ended' }
  return c.req.query('signed-out') === undefined ? undefined : { kind: 'signed-out' }
}

/** Sign-in and sign-out of shops. */
export const signInRoutes = (deps: ConsoleDeps): Hono<ConsoleEnv> => {
  const { config, sessions, site } = deps
  const device = { site, secret: config.PAGE_SECRET }
  const answer = (
    c: Context<ConsoleEnv>,
    form: Form,
    status: 200 | 401 | 422 | 429,
    said: Pick<SignInPageProps, 'notice' | 'mistakes'>,
  ) => {
    const page = { view: viewOf(c, deps), next: localPath(form.next, home), ...said }
    return renderPage(c, <SignInPage {...page} signInId={form.signInId ?? ''} />, status)
  }
  return new Hono<ConsoleEnv>()
    .get('/sign-in', async (c) => {
      const next = localPath(c.req.query('next'), home)
      return c.var.caller
        ? c.redirect(next, 303)
        : answer(c, { next }, 200, { notice: noticeOf(c) })
    })
    .post('/sign-in', async (c) => {
      const form = await readFields(c)
      const mistakes = mistakesIn(form, c)
      if (Object.keys(mistakes).length > 0) return answer(c, form, 422, { mistakes })
      const { signInId = '', password = '' } = form
      const result = await signInShop(deps, {
        signInId,
        password,
        address: clientAddress(c, config.TRUSTED_PROXIES),
        device: knownDevice(c, device, normalId(signInId)),
      })
      if (result.outcome === 'not-accepted')
        return answer(c, form, 401, { notice: { kind: 'not-accepted' } })
      if (result.outcome === 'too-many') {
        const { retryAfterSeconds } = result
        c.header('retry-after', `${retryAfterSeconds}`)
        return answer(c, form, 429, { notice: { kind: 'too-many', retryAfterSeconds } })
      }
      await sessions.start(c, { subject: result.shopId, data: { signInId: result.signInId } })
      rememberDevice(c, device, result.signInId)
      return c.redirect(localPath(form.next, home), 303)
    })
    .post('/sign-out', async (c) => {
      await sessions.end(c)
      return c.redirect('/shop/sign-in?signed-out', 303)
    })
}
