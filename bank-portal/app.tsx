import { type Context, Hono } from 'hono'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { allClaimServerCalls } from '#shared/contracts/claim-server-calls.ts'
import { coreBankingCalls } from '#shared/contracts/core-banking.ts'
import { AppError } from '#shared/errors.ts'
import { serveHealth } from '#shared/health.ts'
import { purposesOf } from '#shared/keys.ts'
import { answerProblem, toAppError } from '#shared/problem.ts'
import { NoAnswer } from '#shared/service-client.ts'
import { servePublicKeys } from '#shared/service-routes.ts'
import type { Service } from '#shared/service-token.ts'
import { assets } from '#shared/ui/index.ts'
import {
  csrf,
  isHtmx,
  language,
  languageRoute,
  pageSecurity,
  renderErrorPage,
  type Site,
} from '#shared/web/index.ts'
import { accountsRoutes } from './accounts/accounts.routes.tsx'
import { billersRoutes } from './billers/billers.routes.tsx'
import { claimsRoutes } from './claims/claims.routes.tsx'
import type { CustomerSignIn, Deps, PaymentAuthorisation, PortalEnv } from './deps.ts'
import { entryRoutes } from './entry/entry.routes.tsx'
import { errorKind, PortalErrorPage } from './error.page.tsx'
import { historyRoutes } from './history/history.routes.tsx'
import { homeRoutes } from './home/home.routes.tsx'
import { viewAt, viewOf } from './layout.tsx'
import { StatusAwayPage } from './payments/no-status.page.tsx'
import { createOwnAuthorisation } from './payments/own-authorisation.tsx'
import { paymentsRoutes } from './payments/payments.routes.tsx'
import { readId, readIds } from './payments/read-payments.ts'
import { createOwnSignIn } from './sign-in/own-sign-in.ts'
import { signInRoutes } from './sign-in/sign-in.routes.tsx'
import { answerStaffError, createStaffApp, isStaffPath } from './staff/app.tsx'

export interface PortalOptions extends Deps {
  /** The bank's own sign-in; ours is mounted without it. */
  signIn?: CustomerSignIn
  /** The bank's own way to agree to payments; account number and password without it. */
  authorisation?: PaymentAuthorisation
}

/** Paths that programs read: problem+json there, pages everywhere else. */
const isApiPath = (path: string) => /^\/(health|\.well-known)(\/|$)/.test(path)

const calls = [...allClaimServerCalls, ...coreBankingCalls]
const silentPeerOf = (error: unknown): Service | undefined =>
  error instanceof NoAnswer ? calls.find((call) => call.name === error.call)?.callee : undefined

/** The payments whose result a page was asked for. */
const resultIds = (c: Context): string[] => {
  const [, area, id = ''] = c.req.path.split('/')
  if (area !== 'payments' || c.req.method !== 'GET') return []
  return id === 'run' ? readIds(c) : [readId(id) ?? []].flat()
}

/** An error as the answer to its request: problem+json, or a page that says what became of the money. */
const answerError = (
  { log, ...deps }: Pick<PortalOptions, 'config' | 'log'> & { signIn: CustomerSignIn },
  error: unknown,
  c: Context<PortalEnv>,
): Response | Promise<Response> => {
  const peer = silentPeerOf(error)
  if (peer) log.warn({ peer, reason: (error as Error).message }, 'a peer did not answer')
  const known = peer ? new AppError('unavailable') : toAppError(error, log)
  if (isApiPath(c.req.path)) return answerProblem(c, known)
  for (const [name, value] of Object.entries(known.headers)) c.header(name, value)
  if (isStaffPath(c.req.path)) return answerStaffError(c, deps, { error: known, silentPeer: peer })
  // Whatever was posted to need not be a page.
  const isShown = c.req.method === 'GET' || isHtmx(c)
  const view = isShown ? viewOf(c, deps) : viewAt(viewOf(c, deps), '/')
  const ids = known.code === 'unavailable' ? resultIds(c) : []
  // Where a confirmation leads to: this page must not say that nothing was paid.
  if (ids.length > 0) return renderErrorPage(c, <StatusAwayPage view={view} ids={ids} />, 503)
  const isTransient = ['unavailable', 'internal', 'too-many-requests', 'timeout']
  const page = {
    view,
    kind: errorKind(known, peer),
    reference: c.get('requestId'),
    again: c.req.method === 'GET' && isTransient.includes(known.code) ? view.page.path : undefined,
  }
  return renderErrorPage(c, <PortalErrorPage {...page} />, known.status)
}

/**
 * The bank portal: a customer's claims, payments, accounts, as pages. A plugin: a bank mounts it at the
 * root of its own app, with its own sign-in and payment authorisation if it has them.
 */
export const createBankPortal = ({
  signIn: given,
  authorisation,
  ...deps
}: PortalOptions): Hono<PortalEnv> => {
  const own = given ? undefined : createOwnSignIn(deps)
  const signIn: CustomerSignIn | undefined = given ?? own
  if (!signIn) throw new Error('unreachable: one of both sign-ins is there')
  const { config, keys } = deps
  const site: Site = { publicUrl: config.publicUrl, name: 'portal' }
  const all = {
    ...deps,
    signIn,
    authorisation: authorisation ?? createOwnAuthorisation(deps),
  }
  const onError = (error: unknown, c: Context<PortalEnv>) => answerError(all, error, c)

  const app = new Hono<PortalEnv>()
  app.onError(onError)
  app.notFound((c) => onError(new AppError('not-found'), c))
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (c, methods) => {
        c.header('allow', methods.join(', '))
        return onError(new AppError('method-not-allowed'), c as Context<PortalEnv>)
      },
    }),
  )

  serveHealth(app, deps, 'bank-portal')
  servePublicKeys(app, keys, purposesOf['bank-portal'] ?? [])
  app.route('/', assets)
  app.route('/staff', createStaffApp(deps))

  app.use(pageSecurity({ publicUrl: config.publicUrl }))
  app.use(signIn.load)
  app.use(
    language({
      site,
      stored: (c) => (c.get('session') as PortalEnv['Variables']['session'])?.data.language,
    }),
  )
  app.use(csrf({ site, secret: config.pageSecret }))
  app.route(
    '/language',
    languageRoute({ site, onChange: (c, chosen) => signIn.saveLanguage?.(c, chosen) }),
  )

  if (own) app.route('/', signInRoutes({ ...all, ...own, site }))
  app.route('/', homeRoutes(all))
  app.route('/entry', entryRoutes(all))
  app.route('/claims', claimsRoutes(all))
  app.route('/payments', paymentsRoutes(all))
  app.route('/paid', historyRoutes(all))
  app.route('/accounts', accountsRoutes(all))
  app.route('/billers', billersRoutes(all))
  return app
}
