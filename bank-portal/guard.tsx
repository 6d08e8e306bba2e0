import type { Context, MiddlewareHandler } from 'hono'
import { AppError } from '#shared/errors.ts'
import { isHtmx, renderPage, shownPath } from '#shared/web/index.ts'
import type { Customer, CustomerSignIn, PortalConfig, PortalEnv } from './deps.ts'
import { viewAt, viewOf } from './layout.tsx'
import { ExpiredPage } from './sign-in/expired.page.tsx'

export interface GuardOptions {
  config: PortalConfig
  signIn: CustomerSignIn
  /** Where a post that came too late can be taken up again; its own page by default. */
  resumeAt?: (c: Context) => Promise<string> | string
}

/**
 * Lets signed-in customers pass. A page leads to the sign-in and back; a fragment makes the browser
 * go there; a post gets a page that says that nothing was paid, since its form can't be kept.
 */
export const requireCustomer =
  ({ config, signIn, resumeAt }: GuardOptions): MiddlewareHandler<PortalEnv> =>
  async (c, next) => {
    if (c.var.session) return next()
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') {
      const path = signIn.pathFor((await resumeAt?.(c)) ?? '/')
      const view = viewAt(viewOf(c, { config, signIn }), path)
      const page = <ExpiredPage view={view} signInPath={path} />
      return renderPage(c, page, 401)
    }
    const path = signIn.pathFor(shownPath(c, '/'))
    if (!isHtmx(c)) return c.redirect(path, 303)
    c.header('hx-redirect', path)
    return c.body(null, 401)
  }

/** The signed-in customer, speaking the language of this page. */
export const customerOf = (c: Context<PortalEnv>): Customer => {
  const { session } = c.var
  if (!session) throw new AppError('unauthenticated')
  return { ...session.data, language: c.var.language }
}
