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
import { ClaimDecision, HiddenTicks } from './decision.page.tsx'
import { declineRoutes } from './decline.routes.tsx'
import { listPathOf, readKept, readListOfForm, readShownList, toListQuery } from './list-query.ts'
import { decideToPay, listToPay } from './list-to-pay.ts'
import { ClaimRows, hiddenTicks } from './rows.page.tsx'

export const claimsRoutes = (deps: Deps & { signIn: CustomerSignIn }): Hono<PortalEnv> =>
  new Hono<PortalEnv>()
    .use(requireCustomer({ ...deps, resumeAt: (c) => c.req.path }))
    .get('/', async (c) => {
      const shown = readShownList(c)
      const toPay = await listToPay(deps, customerOf(c), shown)
      const props: ClaimsPageProps = {
        view: viewOf(c, deps),
        ...shown,
        ...toPay,
        page: shown.cursor,
        hidden: hiddenTicks({ ...shown, ...toPay }).length,
        tickFirst: c.req.query('tick') === 'first',
      }
      return renderPage(c, <ClaimsPage {...props} />)
    })
    .get('/decision', async (c) => {
      const shown = readListOfForm(c)
      const decisive = await decideToPay(deps, customerOf(c), shown)
      const account = decisive.isOffered ? undefined : decisive.account
      c.header('hx-replace-url', listPathOf({ ...shown, account }))
      const kept = readKept(c).length
      const props = { view: viewOf(c, deps), ...decisive, page: shown.cursor, hidden: kept }
      return renderFragment(c, <ClaimDecision {...props} />)
    })
    .get('/rows', async (c) => {
      const shown = readShownList(c)
      const list = await listClaims(deps, customerOf(c), toListQuery(shown))
      c.header('hx-replace-url', listPathOf(shown))
      const props = { view: viewOf(c, deps), list, ...shown }
      const part = (
        <>
          <ClaimRows {...props} />
          <HiddenTicks view={props.view} hidden={hiddenTicks(props).length} replaces />
        </>
      )
      return renderFragment(c, part)
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
