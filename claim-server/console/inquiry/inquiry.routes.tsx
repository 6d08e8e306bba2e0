import { type Context, Hono } from 'hono'
import { isHtmx, renderPart } from '#shared/web/index.ts'
import type { ConsoleDeps } from '../console-deps.ts'
import type { ConsoleEnv } from '../env.ts'
import { requireApproval } from '../guard.tsx'
import { callerOf, viewOf } from '../view.tsx'
import { inquireOrders } from './inquire-orders.ts'
import { readOrderQuery } from './order-query.ts'
import { OrdersPage, OrdersPart, ordersPath } from './orders.page.tsx'

const rowsOfPage = 50

const queryOf = (c: Context<ConsoleEnv>) => readOrderQuery(c.req.query())

/** The inquiry: `/shop/orders` and `/shop/customers`. */
export const inquiryRoutes = (deps: ConsoleDeps): Hono<ConsoleEnv> =>
  new Hono<ConsoleEnv>()
    .use('/orders/*', requireApproval(deps))
    .use('/orders', requireApproval(deps))
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
