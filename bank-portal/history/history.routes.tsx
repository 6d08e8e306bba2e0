import { Hono } from 'hono'
import { AppError } from '#shared/errors.ts'
import { parseOrderNumber } from '#shared/order-number.ts'
import { renderPage } from '#shared/web/index.ts'
import { listClaims } from '../claim-server-client.ts'
import type { CustomerSignIn, Deps, PortalEnv } from '../deps.ts'
import { customerOf, requireCustomer } from '../guard.tsx'
import { viewOf } from '../layout.tsx'
import { findRecord } from './find-record.ts'
import { PaidPage } from './paid.page.tsx'
import { RecordPage } from './record.page.tsx'

const rowsOfPage = 50

export const historyRoutes = (deps: Deps & { signIn: CustomerSignIn }): Hono<PortalEnv> =>
  new Hono<PortalEnv>()
    .use(requireCustomer(deps))
    .get('/', async (c) => {
      const search = (c.req.query('search') ?? '')
        .normalize('NFC')
        .replaceAll(/\p{Cc}/gu, ' ')
        .trim()
        .slice(0, 100)
      const cursor = c.req.query('cursor')
      const list = await listClaims(deps, customerOf(c), {
        list: 'settled',
        sort: 'settled-at',
        limit: rowsOfPage,
        ...(search ? { search } : {}),
        ...(cursor ? { cursor } : {}),
      })
      const page = { view: viewOf(c, deps), list, search, isFurther: Boolean(cursor) }
      return renderPage(c, <PaidPage {...page} />)
    })
    .get('/:orderNumber', async (c) => {
      const orderNumber = parseOrderNumber(c.req.param('orderNumber'))
      if (!orderNumber) throw new AppError('not-found')
      const record = await findRecord(deps, customerOf(c), orderNumber)
      return renderPage(c, <RecordPage view={viewOf(c, deps)} {...record} />)
    })
