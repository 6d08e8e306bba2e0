import { Hono } from 'hono'
import { renderPage } from '#shared/web/index.ts'
import type { CustomerSignIn, Deps, PortalEnv } from '../deps.ts'
import { customerOf, requireCustomer } from '../guard.tsx'
import { viewOf } from '../layout.tsx'
import { HomePage } from './home.page.tsx'
import { showHome } from './show-home.ts'

export const homeRoutes = (deps: Deps & { signIn: CustomerSignIn }): Hono<PortalEnv> =>
  new Hono<PortalEnv>().get('/', requireCustomer(deps), async (c) => {
    const overview = await showHome(deps, customerOf(c))
    return renderPage(c, <HomePage view={viewOf(c, deps)} {...overview} />)
  })
