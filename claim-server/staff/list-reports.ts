import { and, desc, eq } from 'drizzle-orm'
import type { ServiceCaller } from '#shared/service-token.ts'
import type { Received, ReplyOf } from '#shared/contracts/call.ts'
import type { listReports as listReportsCall } from '#shared/contracts/staff.ts'
import { claimReports } from '../claims/reports.table.ts'
import type { Deps } from '../deps.ts'
import { orders } from '../orders/orders.table.ts'
import { shops } from '../shops/shops.table.ts'
import { byStaff } from './by-staff.ts'
import { beyondTime, exactTime, toPage } from './pages.ts'

/** Claims that customers of the bank declined as not theirs, newest first. */
export const listReports = async (
  deps: Pick<Deps, 'db' | 'clock'>,
  {
    query: { cursor, limit },
    caller,
  }: Pick<Received<typeof listReportsCall>, 'query'> & { caller: ServiceCaller },
): Promise<ReplyOf<typeof listReportsCall>> =>
  byStaff(deps, caller, { act: 'listReports', subject: 'reports' }, async ({ tx, bank }) => {
    const rows = await tx
      .select({
        at: exactTime(claimReports.reportedAt),
        id: claimReports.orderId,
        orderNumber: orders.orderNumber,
        shopId: shops.id,
        shopName: shops.name,
        customerId: claimReports.customerId,
        amountMinor: orders.amountMinor,
        currency: orders.currency,
        text: claimReports.text,
        reportedAt: claimReports.reportedAt,
      })
      .from(claimReports)
      .innerJoin(orders, eq(orders.id, claimReports.orderId))
      .innerJoin(shops, eq(shops.id, orders.shopId))
      .where(
        and(
          eq(claimReports.bank, bank.code),
          beyondTime({ at: claimReports.reportedAt, id: claimReports.orderId }, 'down', cursor),
        ),
      )
      .orderBy(desc(claimReports.reportedAt), desc(claimReports.orderId))
      .limit(limit + 1)
    const page = toPage(rows, limit, ({ at, id }) => ({ at, id }))
    const shown = page.shown.map(({ at: _at, id: _id, ...report }) => report)
    return { reports: shown, nextCursor: page.nextCursor }
  })
