import type { Context, MiddlewareHandler } from 'hono'
import { AppError } from '#shared/errors.ts'
import { isHtmx, renderPage, shownPath } from '#shared/web/index.ts'
import type { PortalConfig } from '../deps.ts'
import { NeedsApproverPage, StaffExpiredPage } from './error.page.tsx'
import { staffViewOf } from './layout.tsx'
import { isApprover, type StaffEnv, type StaffMember } from './staff-deps.ts'

interface GuardOptions {
  config: PortalConfig
}

export const signInPath = (next: string): string =>
  next === '/staff' ? '/staff/sign-in' : `/staff/sign-in?${new URLSearchParams({ next })}`

const isSafe = (c: Context) => c.req.method === 'GET' || c.req.method === 'HEAD'

const leadTo = (c: Context, path: string) => {
  if (!isHtmx(c)) return c.redirect(path, 303)
  c.header('hx-redirect', path)
  return c.body(null, 401)
}

const passwordPath = '/staff/password'

/**
 * Lets signed-in staff pass. A page leads to the sign-in and back, a fragment makes the browser go
 * there, a post says that nothing was changed. Who has a password of somebody else's making gets no
 * further than choosing an own one.
 */
export const requireStaff =
  ({ config }: GuardOptions): MiddlewareHandler<StaffEnv> =>
  async (c, next) => {
    const { session } = c.var
    if (!session) {
      if (!isSafe(c)) {
        const view = staffViewOf(c, { config }, '/staff')
        return renderPage(c, <StaffExpiredPage view={view} />, 401)
      }
      return leadTo(c, signInPath(shownPath(c, '/staff')))
    }
    if (session.data.mustChoosePassword && c.req.path !== passwordPath)
      return leadTo(c, passwordPath)
    return next()
  }

/** Lets approvers pass; a clerk gets a page that says who can do it. */
export const requireApprover =
  ({ config }: GuardOptions): MiddlewareHandler<StaffEnv> =>
  async (c, next) => {
    if (isApprover(memberOf(c))) return next()
    return renderPage(c, <NeedsApproverPage view={staffViewOf(c, { config }, '/staff')} />, 403)
  }

export const memberOf = (c: Context<StaffEnv>): StaffMember => {
  const { session } = c.var
  if (!session) throw new AppError('unauthenticated')
  return session.data
}
