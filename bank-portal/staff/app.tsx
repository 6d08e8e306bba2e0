import { type Context, Hono } from 'hono'
import { AppError } from '#shared/errors.ts'
import type { Service } from '#shared/service-token.ts'
import { csrf, language, languageRoute, pageSecurity, renderErrorPage } from '#shared/web/index.ts'
import type { Deps } from '../deps.ts'
import { advertsRoutes } from './adverts/adverts.routes.tsx'
import { auditRoutes } from './audit/audit.routes.tsx'
import { claimsRoutes } from './claims/claims.routes.tsx'
import { customersRoutes } from './customers/customers.routes.tsx'
import { deskRoutes } from './desk/desk.routes.tsx'
import { StaffErrorPage } from './error.page.tsx'
import { exceptionsRoutes } from './exceptions/exceptions.routes.tsx'
import { requireStaff } from './guard.tsx'
import { staffViewOf } from './layout.tsx'
import { membersRoutes } from './members/members.routes.tsx'
import { ownPasswordRoutes } from './members/own-password.routes.tsx'
import { noticesRoutes } from './notices/notices.routes.tsx'
import { shopsRoutes } from './shops/shops.routes.tsx'
import { staffSignInRoutes } from './sign-in/sign-in.routes.tsx'
import type { StaffEnv } from './staff-deps.ts'
import { tariffRoutes } from './tariff/tariff.routes.tsx'
import { withStaffDeps } from './with-staff-deps.ts'

export const isStaffPath = (path: string): boolean => /^\/staff(\/|$)/.test(path)

const transient = ['unavailable', 'internal', 'too-many-requests', 'timeout']

/** An error of the desk as a page of the desk. */
export const answerStaffError = (
  c: Context,
  { config }: Pick<Deps, 'config'>,
  { error, silentPeer }: { error: AppError; silentPeer?: Service | undefined },
): Response | Promise<Response> => {
  const view = staffViewOf(c, { config }, '/staff')
  const page = {
    view,
    error,
    silentPeer,
    reference: c.get('requestId'),
    again: c.req.method === 'GET' && transient.includes(error.code) ? view.page.path : undefined,
  }
  return renderErrorPage(c, <StaffErrorPage {...page} />, error.status)
}

/**
 * The desk of the bank's staff: mounted at /staff before anything of the customers' pages, with
 * sessions, cookies and forms of its own.
 */
export const createStaffApp = (portalDeps: Deps): Hono<StaffEnv> => {
  const deps = withStaffDeps(portalDeps)
  const { config, site, sessions } = deps
  const app = new Hono<StaffEnv>()
  app.use(pageSecurity({ publicUrl: config.publicUrl }))
  app.use(sessions.load)
  app.use(language({ site }))
  app.use(csrf({ site, secret: config.pageSecret }))
  app.route('/language', languageRoute({ site }))
  app.route('/', staffSignInRoutes(deps))

  app.use(requireStaff(deps))
  app.route('/', deskRoutes(deps))
  app.route('/claims', claimsRoutes(deps))
  app.route('/', noticesRoutes(deps))
  app.route('/exceptions', exceptionsRoutes(deps))
  app.route('/shops', shopsRoutes(deps))
  app.route('/', tariffRoutes(deps))
  app.route('/customers', customersRoutes(deps))
  app.route('/adverts', advertsRoutes(deps))
  app.route('/members', membersRoutes(deps))
  app.route('/password', ownPasswordRoutes(deps))
  app.route('/audit', auditRoutes(deps))
  // Nothing of the desk falls through to the customers' pages. Answered, not thrown: a known path
  // with another method becomes a 405.
  app.all('*', (c) => answerStaffError(c, deps, { error: new AppError('not-found') }))
  return app
}
