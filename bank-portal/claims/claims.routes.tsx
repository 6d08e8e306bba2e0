import { Hono } from 'hono'
import { AppError } from '#shared/errors.ts'
import { parseOrderNumber } from '#shared/order-number.ts'
import { renderFragment, renderPage } from '#shared/web/index.ts'
import { findClaim, listClaims } from '../claim-server-client.ts'
import type { CustomerSignIn, Deps, PortalEnv } from '../deps.ts'
import { customerOf, requireCustomer } from '../guard.tsx'
import { viewOf } from '../layout.tsx'
import { ClaimPage } from './claim.page.tsx'
import { ClaimsPage, type ClaimsPageProps } from './claims.page.tsx'
import { ClaimDecision } from './decision.page.tsx'
import { declineRoutes } from './decline.routes.tsx'
import { listPathOf, readKept, readPage, readShownList, toListQuery } from './list-query.ts'
import { decideToPay, listToPay } from './list-to-pay.ts'
import { ClaimRows } from './rows.page.tsx'

export const claimsRoutes = (deps: Deps & { signIn: CustomerSignIn }): Hono<PortalEnv> =>
  new Hono<PortalEnv>()
    .use(requireCustomer({ ...deps, resumeAt: (c) => c.req.path }))
    .get('/', async (c) => {
      const shown = readShownList(c)
      const toPay = await listToPay(deps, customerOf(c), shown)
      const numbers = new Set(toPay.list.claims.map((claim) => claim.orderNumber))
      const props: ClaimsPageProps = {
        view: viewOf(c, deps),
        ...shown,
        ...toPay,
        page: shown.cursor,
        hidden: shown.ticked.filter((number) => !numbers.has(number)).length,
        tickFirst: c.req.query('tick') === 'first',
      }
      return renderPage(c, <ClaimsPage {...props} />)
    })
    .get('/decision', async (c) => {
      const shown = readShownList(c)
      const page = readPage(c)
      const decisive = await decideToPay(deps, customerOf(c), shown)
      const account = decisive.isOffered ? undefined : decisive.account
      c.header('hx-replace-url', listPathOf({ ...shown, account, cursor: page }))
      const props = { view: viewOf(c, deps), ...decisive, page, hidden: readKept(c).length }
      return renderFragment(c, <ClaimDecision {...props} />)
    })
    .get('/rows', async (c) => {
      const shown = readShownList(c)
      const list = await listClaims(deps, customerOf(c), toListQuery(shown))
      c.header('hx-replace-url', listPathOf(shown))
      return renderFragment(c, <ClaimRows view={viewOf(c, deps)} list={list} {...shown} />)
    })
    .route('/', declineRoutes(deps))
    .get('/:orderNumber', async (c) => {
      const orderNumber = parseOrderNumber(c.req.param('orderNumber'))
      if (!orderNumber) throw new AppError('not-found')
      const found = await findClaim(deps, customerOf(c), orderNumber)
      const declined = found.claim.status === 'declined' ? c.req.query('declined') : undefined
      const page = { view: viewOf(c, deps), ...found, declined }
      return renderPage(c, <ClaimPage {...page} />)
    })
