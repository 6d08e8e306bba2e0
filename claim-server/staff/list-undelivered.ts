import { and, asc, eq, gt, lt, ne, or, sql } from 'drizzle-orm'
import type { ServiceCaller } from '#shared/service-token.ts'
import type { Received, ReplyOf } from '#shared/contracts/call.ts'
import type { listUndelivered as listUndeliveredCall } from '#shared/contracts/staff.ts'
import { claims } from '../claims/claims.table.ts'
import type { Deps } from '../deps.ts'
import { notices } from '../notices/notices.table.ts'
import { orders } from '../orders/orders.table.ts'
import { byStaff } from './by-staff.ts'
import { beyondTime, exactTime, toPage } from './pages.ts'

// One that was just written and waits for its first turn is no trouble.
const isTrouble = and(
  ne(notices.status, 'delivered'),
  or(
    eq(notices.status, 'failed'),
    gt(notices.attempts, 0),
    lt(notices.createdAt, sql`now() - interval '1 minute'`),
  ),
)

/** Mails about claims of the bank that were not delivered at once or not at all, oldest first. */
export const listUndelivered = async (
  deps: Pick<Deps, 'db' | 'clock'>,
  {
    query: { cursor, limit },
    caller,
  }: Pick<Received<typeof listUndeliveredCall>, 'query'> & { caller: ServiceCaller },
): Promise<ReplyOf<typeof listUndeliveredCall>> =>
  byStaff(
    deps,
    caller,
    { act: 'listUndelivered', subject: 'undelivered mails' },
    async ({ tx, bank }) => {
      const rows = await tx
        .select({
          at: exactTime(notices.createdAt),
          noticeId: notices.id,
          orderNumber: orders.orderNumber,
          event: notices.event,
          recipient: notices.recipient,
          address: notices.address,
          status: notices.status,
          attempts: notices.attempts,
          lastError: notices.lastError,
          createdAt: notices.createdAt,
          attemptAt: notices.attemptAt,
        })
        .from(notices)
        .innerJoin(orders, eq(orders.id, notices.orderId))
        .innerJoin(claims, eq(claims.orderId, notices.orderId))
        .where(
          and(
            isTrouble,
            eq(claims.bank, bank.code),
            beyondTime({ at: notices.createdAt, id: notices.id }, 'up', cursor),
          ),
        )
        .orderBy(asc(notices.createdAt), asc(notices.id))
        .limit(limit + 1)
      const page = toPage(rows, limit, ({ at, noticeId: id }) => ({ at, id }))
      const shown = page.shown.map(({ at: _at, ...notice }) => notice)
      return { notices: shown, nextCursor: page.nextCursor }
    },
  )
