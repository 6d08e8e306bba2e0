import { Hono } from 'hono'
import { AppError } from '#shared/errors.ts'
import { parseOrderNumber } from '#shared/order-number.ts'
import { renderPage } from '#shared/web/index.ts'
import { listClaims, settledMonths } from '../claim-server-client.ts'
import type { CustomerSignIn, Deps, PortalEnv } from '../deps.ts'
import { customerOf, requireCustomer } from '../guard.tsx'
import { viewOf } from '../layout.tsx'
import { exportPaid } from './export-paid.ts'
import { findRecord } from './find-record.ts'
import { readPaidQuery, toListQuery } from './paid-query.ts'
import { PaidPage } from './paid.page.tsx'
import { RecordPage } from './record.page.tsx'
import { TotalsPage } from './totals.page.tsx'

const rowsOfPage = 50

export const historyRoutes = (deps: Deps & { signIn: CustomerSignIn }): Hono<PortalEnv> =>
  new Hono<PortalEnv>()
    .use(requireCustomer(deps))
    .get('/', async (c) => {
      const asked = readPaidQuery(c)
      const customer = customerOf(c)
      const [list, sums] = await Promise.all([
        listClaims(deps, customer, { ...toListQuery(asked), limit: rowsOfPage }),
        settledMonths(deps, customer),
      ])
      return renderPage(c, <PaidPage view={viewOf(c, deps)} {...{ list, asked, sums }} />)
    })
    .get('/totals', async (c) => {
      const sums = await settledMonths(deps, customerOf(c))
      return renderPage(c, <TotalsPage view={viewOf(c, deps)} {...sums} />)
    })
    .get('/export', async (c) => {
      const asked = readPaidQuery(c)
      const file = await exportPaid(deps, customerOf(c), asked)
      const name = `paid${asked.month ? `-${asked.month}` : ''}.csv`
      return c.body(file, 200, {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="${name}"`,
      })
    })
    .get('/:orderNumber', async (c) => {
      const orderNumber = parseOrderNumber(c.req.param('orderNumber'))
      if (!orderNumber) throw new AppError('not-found')
      const record = await findRecord(deps, customerOf(c), orderNumber)
      return renderPage(c, <RecordPage view={viewOf(c, deps)} {...record} />)
    })
