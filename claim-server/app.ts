import { Hono } from 'hono'
import type { AnyApp } from '#shared/any-app.ts'
import { except } from 'hono/combine'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { withBatches } from '#shared/contracts/batch.ts'
import { allClaimServerCalls, claimServerBatches } from '#shared/contracts/claim-server-calls.ts'
import { AppError } from '#shared/errors.ts'
import { serveHealth } from '#shared/health.ts'
import { purposesOf } from '#shared/keys.ts'
import { serveOpenApi } from '#shared/openapi.ts'
import { largestBodyBytes } from '#shared/request-body.ts'
import { servePublicKeys } from '#shared/service-routes.ts'
import { assets } from '#shared/ui/index.ts'
import { csrf, language, languageRoute, pageSecurity } from '#shared/web/index.ts'
import { serveAdverts } from './adverts/adverts.routes.ts'
import { serveBillers } from './billers/billers.routes.ts'
import { largestBatchBytes } from './billers/claim-batches.routes.ts'
import { serveClaims } from './claims/claims.routes.ts'
import { serveCustomers } from './customers/customers.routes.ts'
import type { Deps } from './deps.ts'
import { answerError } from './error.page.tsx'
import { consoleRoutes } from './console/console.routes.tsx'
import { serveEntries } from './orders/entry.routes.ts'
import { entryPageRoutes } from './orders/entry-page.routes.tsx'
import { shopApiComponents, shopApiPaths } from './orders/shop-api.openapi.ts'
import { shopApiRoutes } from './orders/shop-api.routes.ts'
import { servePayments } from './payments/payments.routes.ts'
import { problemRoutes } from './problems/problems.routes.tsx'
import { serveQuotes } from './quotes/quotes.routes.ts'
import { siteOf } from './site.ts'
import { serveStaff } from './staff/staff.routes.ts'

const languageChoice = (deps: Deps): AnyApp => {
  const site = siteOf(deps)
  return new Hono()
    .use(language({ site }), csrf({ site, secret: deps.config.PAGE_SECRET }))
    .route('/', languageRoute({ site }))
}

/** The claim server as a Hono app: the shops' API and console, the entry screen, the calls of the bank's portal. */
export const createClaimServer = (deps: Deps): AnyApp => {
  const app = new Hono()
  app.onError((error, c) => answerError(c, error, deps))
  app.notFound((c) => answerError(c, new AppError('not-found'), deps))
  const secure = (maxBodyBytes: number) =>
    pageSecurity({ publicUrl: deps.config.PUBLIC_URL, maxBodyBytes })
  app.use('/v1/claim-batches', secure(largestBatchBytes))
  // What travels between services is no page: its own limits are in serveCall.
  app.use(except(['/v1/claim-batches', '/batches/*'], secure(largestBodyBytes)))
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (c, methods) =>
        answerError(
          c,
          new AppError('method-not-allowed', { headers: { allow: methods.join(', ') } }),
          deps,
        ),
    }),
  )

  serveHealth(app, deps, 'claim-server')
  servePublicKeys(app, deps.keys, purposesOf['claim-server'] ?? [])
  app.route('/', assets)
  app.route('/language', languageChoice(deps))
  app.get('/', (c) => c.redirect(deps.config.BANK_PORTAL_URL))

  app.route('/v1', shopApiRoutes(deps))
  app.route('/entry', entryPageRoutes(deps))
  app.route('/shop', consoleRoutes(deps))
  app.route('/problems', problemRoutes(deps))
  serveEntries(app, deps)
  serveClaims(app, deps)
  serveCustomers(app, deps)
  serveBillers(app, deps)
  serveAdverts(app, deps)
  serveQuotes(app, deps)
  servePayments(app, deps)
  serveStaff(app, deps)
  serveOpenApi(app, () => ({
    title: 'Claim server',
    description:
      'Shops hand in orders under /v1, with an API key. Every other call is for the bank’s portal.',
    calls: withBatches(allClaimServerCalls, claimServerBatches),
    paths: shopApiPaths(),
    components: shopApiComponents(),
  }))
  return app
}
