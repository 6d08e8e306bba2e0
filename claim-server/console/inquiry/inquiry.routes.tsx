import { type Context, Hono } from 'hono'
import { isHtmx, renderPage, renderPart } from '#shared/web/index.ts'
import type { ConsoleDeps } from '../console-deps.ts'
import type { ConsoleEnv } from '../env.ts'
import { callerOf, viewOf } from '../view.tsx'
import { CustomerPage } from './customer.page.tsx'
import { exportOrders } from './export-orders.ts'
import { inquireCustomer } from './inquire-customer.ts'
import { inquireOrders } from './inquire-orders.ts'
import { readOrderQuery } from './order-query.ts'
import { OrdersPage, OrdersPart, ordersPath } from './orders.page.tsx'

const rowsOfPage = 50

const queryOf = (c: Context<ConsoleEnv>) => readOrderQuery(c.req.query())

/** The inquiry: `/shop/orders`, `/shop/orders.csv`, `/shop/customers/:reference`. */
export const inquiryRoutes = (deps: ConsoleDeps): Hono<ConsoleEnv> =>
  new Hono<ConsoleEnv>()
    .get('/orders', async (c) => {
      const query = queryOf(c)
      const inquiry = await inquireOrders(deps, callerOf(c), { query, limit: rowsOfPage })
      const props = { view: viewOf(c, deps), query, inquiry }
      if (isHtmx(c)) c.header('hx-replace-url', ordersPath({ ...query, cursor: undefined }))
      return renderPart(c, {
        part: <OrdersPart {...props} />,
        page: () => <OrdersPage {...props} />,
      })
    })
    .get('/orders.csv', (c) => {
      const { today } = viewOf(c, deps)
      const query = { ...queryOf(c), cursor: undefined }
      const body = exportOrders(deps, callerOf(c), { query }, c.var.language)
      return c.body(body, 200, {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="orders-${query.list}-${today}.csv"`,
      })
    })
    .get('/customers/:reference', async (c) => {
      const query = { ...queryOf(c), list: 'all' as const }
      const found = await inquireCustomer(deps, callerOf(c), {
        reference: c.req.param('reference'),
        query,
        limit: rowsOfPage,
      })
      return renderPage(c, <CustomerPage view={viewOf(c, deps)} found={found} query={query} />)
    })
