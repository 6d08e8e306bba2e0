import { type Context, Hono } from 'hono'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { requestId } from 'hono/request-id'
import { withBatches } from '#shared/contracts/batch.ts'
import { coreBankingBatches, coreBankingCalls } from '#shared/contracts/core-banking.ts'
import { AppError } from '#shared/errors.ts'
import { serveHealth } from '#shared/health.ts'
import { purposesOf } from '#shared/keys.ts'
import { serveOpenApi } from '#shared/openapi.ts'
import { answerProblem, toAppError } from '#shared/problem.ts'
import { largestBodyBytes } from '#shared/request-body.ts'
import { servePublicKeys } from '#shared/service-routes.ts'
import { assets } from '#shared/ui/index.ts'
import {
  csrf,
  language,
  languageRoute,
  limitBody,
  pageSecurity,
  renderErrorPage,
} from '#shared/web/index.ts'
import { serveCoreBankingCalls } from './core-banking.routes.ts'
import type { Deps } from './deps.ts'
import { OperatorErrorPage } from './operator/error.page.tsx'
import { withOperatorDeps } from './operator/operator-deps.ts'
import { operatorRoutes } from './operator/operator.routes.tsx'
import { signInRoutes } from './operator/sign-in.routes.tsx'
import { type OperatorEnv, viewOf } from './operator/view.tsx'

/** Paths that browsers read: pages there, problem+json everywhere else. */
const pagePaths = ['/', '/operator', '/operator/*', '/language']
const isPagePath = (path: string) => /^\/(operator(\/.*)?|language)?$/.test(path)

const answerError = (deps: Deps, error: unknown, c: Context<OperatorEnv>) => {
  const known = toAppError(error, deps.log)
  if (!isPagePath(c.req.path)) return answerProblem(c, known)
  for (const [name, value] of Object.entries(known.headers)) c.header(name, value)
  const page = { view: viewOf(c, deps, '/operator'), error: known, reference: c.get('requestId') }
  return renderErrorPage(c, <OperatorErrorPage {...page} />, known.status)
}

const servePages = (app: Hono<OperatorEnv>, deps: Deps): void => {
  const all = withOperatorDeps(deps)
  const { config, site, sessions } = all
  for (const path of pagePaths) {
    app.use(path, pageSecurity({ publicUrl: config.PUBLIC_URL }))
    app.use(path, sessions.load)
    app.use(path, language({ site }))
    app.use(path, csrf({ site, secret: config.PAGE_SECRET }))
  }
  app.get('/', (c) => c.redirect('/operator', 303))
  app.route('/language', languageRoute({ site }))
  app.route('/', signInRoutes(all))
  app.route('/', operatorRoutes(all))
}

const serveApi = (app: Hono<OperatorEnv>, deps: Deps): void => {
  serveHealth(app, deps, 'core-banking')
  servePublicKeys(app, deps.keys, purposesOf['core-banking'] ?? [])
  serveCoreBankingCalls(app, deps)
  serveOpenApi(app, () => ({
    title: 'Core banking',
    calls: withBatches(coreBankingCalls, coreBankingBatches),
  }))
}

/** Core banking as a Hono app: the calls between services, and the operator's pages. */
export const createCoreBanking = (deps: Deps): Hono<OperatorEnv> => {
  const app = new Hono<OperatorEnv>()
  const onError = (error: unknown, c: Context) => answerError(deps, error, c)
  app.onError(onError)
  app.notFound((c) => onError(new AppError('not-found'), c))
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (c, methods) =>
        onError(new AppError('method-not-allowed', { headers: { allow: methods.join(', ') } }), c),
    }),
  )
  app.use(requestId({ limitLength: 64 }))
  app.use(limitBody(largestBodyBytes, (c) => onError(new AppError('too-large'), c)))
  app.route('/', assets)
  serveApi(app, deps)
  servePages(app, deps)
  return app
}
