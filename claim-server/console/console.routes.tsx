import { Hono } from 'hono'
import { csrf, language } from '#shared/web/index.ts'
import type { Deps } from '../deps.ts'
import { findConsoleShop } from '../shops/find-console-shop.ts'
import type { ShopCaller } from '../shops/find-key-owner.ts'
import { withConsoleDeps } from './console-deps.ts'
import type { ConsoleEnv } from './env.ts'
import { requireApproval, requireShop } from './guard.tsx'
import { inquiryRoutes } from './inquiry/inquiry.routes.tsx'
import { orderRoutes } from './inquiry/order.routes.tsx'
import { accessRoutes } from './settings/access.routes.tsx'
import { settingsRoutes } from './settings/settings.routes.tsx'
import { signInRoutes } from './sign-in/sign-in.routes.tsx'
import { signUpRoutes } from './sign-up/sign-up.routes.tsx'
import { writingRoutes } from './writing/writing.routes.tsx'

/** The shops' console: `/shop`. */
export const consoleRoutes = (deps: Deps): Hono<ConsoleEnv> => {
  const all = withConsoleDeps(deps)
  const { site, sessions } = all
  const app = new Hono<ConsoleEnv>()
  app.use(sessions.load)
  app.use(async (c, next) => {
    const { session } = c.var
    c.set('caller', session && (await findConsoleShop(deps, session.subject)))
    await next()
  })
  app.use(
    language({ site, stored: (c) => (c.get('caller') as ShopCaller | undefined)?.shop.language }),
  )
  app.use(csrf({ site, secret: deps.config.PAGE_SECRET }))

  app.route('/', signInRoutes(all))
  app.route('/', signUpRoutes(all))
  app.use(requireShop(all))
  app.get('/', (c) => c.redirect('/shop/orders', 303))
  app.route('/', settingsRoutes(all))
  app.route('/', accessRoutes(all))
  app.use(requireApproval(all))
  app.route('/', inquiryRoutes(all))
  app.route('/', writingRoutes(all))
  app.route('/', orderRoutes(all))
  return app
}
