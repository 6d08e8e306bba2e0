import { type Context, Hono } from 'hono'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { AppError } from '#shared/errors.ts'
import { toAppError } from '#shared/problem.ts'
import { csrf } from '#shared/web/csrf.ts'
import { language, languageRoute } from '#shared/web/language.ts'
import { pageContext } from '#shared/web/page-context.ts'
import { renderPage } from '#shared/web/render.ts'
import { checkoutRoutes } from './checkout.routes.tsx'
import type { ShopDeps } from './deps.ts'
import { ErrorPage } from './error.page.tsx'
import { files } from './layout.tsx'
import { StreetPage } from './shelf.page.tsx'
import { shelfRoutes } from './shelf.routes.tsx'
import { guardPages, type ShopEnv, shopPage, siteOf } from './site.ts'

/** The site of the three shops, each at its own path in its own look. */
export const createShopSite = (deps: ShopDeps): Hono<ShopEnv> => {
  const site = siteOf(deps)
  const answerError = (c: Context, error: AppError) => {
    const shop = deps.shops.find(c.req.path.split('/')[1] ?? '')
    // A page that answered a POST has no address to come back to.
    const page = { ...pageContext(c), path: shop ? `/${shop.slug}` : '/' }
    const inShop = shop && { ...shopPage(deps, c, shop), path: page.path }
    for (const [name, value] of Object.entries(error.headers)) c.header(name, value)
    return renderPage(
      c,
      <ErrorPage error={error} page={page} shopPage={inShop} />,
      error.status as 400,
    )
  }

  const app = new Hono<ShopEnv>()
  app.onError((error, c) => answerError(c, toAppError(error, deps.log)))
  app.notFound((c) => answerError(c, new AppError('not-found')))
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (c, allowed) => {
        const headers = { allow: allowed.join(', ') }
        return answerError(c, new AppError('method-not-allowed', { headers }))
      },
    }),
  )
  app.get('/health/live', (c) => c.json({ status: 'live' }))
  app.get('/health/ready', (c) => c.json({ status: 'ready' }))
  app.route('/', files.routes)

  app.use(guardPages(deps))
  app.use(language({ site }))
  app.use(csrf({ site, secret: deps.secret }))
  app.route('/language', languageRoute({ site }))
  app.get('/', (c) => renderPage(c, <StreetPage page={pageContext(c)} shops={deps.shops.all()} />))
  app.use('/:shop/*', async (c, next) => {
    const shop = deps.shops.find(c.req.param('shop'))
    if (!shop) throw new AppError('not-found')
    c.set('shop', shop)
    await next()
  })
  app.route('/:shop', shelfRoutes(deps))
  app.route('/:shop', checkoutRoutes(deps))
  return app
}
