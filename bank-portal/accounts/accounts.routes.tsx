import { Hono } from 'hono'
import { renderPage } from '#shared/web/index.ts'
import type { CustomerSignIn, Deps, PortalEnv } from '../deps.ts'
import { customerOf, requireCustomer } from '../guard.tsx'
import { viewOf } from '../layout.tsx'
import { AccountsPage } from './accounts.page.tsx'
import { showAccounts } from './show-accounts.ts'

export const accountsRoutes = (deps: Deps & { signIn: CustomerSignIn }): Hono<PortalEnv> =>
  new Hono<PortalEnv>().use(requireCustomer(deps)).get('/', async (c) => {
    const overview = await showAccounts(deps, customerOf(c))
    const page = { view: viewOf(c, deps), now: deps.clock.now(), ...overview }
    return renderPage(c, <AccountsPage {...page} />)
  })
