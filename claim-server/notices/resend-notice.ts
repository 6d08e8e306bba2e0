import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Database, Transaction } from '#shared/database.ts'
import { customers } from '../banks/banks.table.ts'
import { claims } from '../claims/claims.table.ts'
import type { Deps } from '../deps.ts'
import { shops } from '../shops/shops.table.ts'
import { notices } from './notices.table.ts'

export type Resending = 'sent' | 'under-way' | 'too-soon' | 'not-found'

/** Between two sendings of one notice: nobody fills a customer's mailbox by pressing a button. */
const pauseMinutes = 5

// A notice that is leased is just being sent; its turn must not come twice. By the clock of this
// moment: `now()` is the transaction's begin, after which it may have been leased.
const mayBeLeased = sql<boolean>`(${notices.status} = 'waiting'
  and ${notices.attemptAt} <= clock_timestamp() + make_interval(secs => 60))`

const currentAddress = sql<string>`coalesce(
  case
    when ${notices.event} = 'entry-link' then ${notices.address}
    when ${notices.recipient} = 'shop' then (
      select shop.mail_address from ${claims} as claim
      join ${shops} as shop on shop.id = claim.shop_id where claim.order_id = ${notices.orderId})
    else (
      select customer.mail_address from ${claims} as claim
      join ${customers} as customer
        on customer.bank = claim.bank and customer.customer_id = claim.customer_id
      where claim.order_id = ${notices.orderId})
  end, ${notices.address})`

/**
 * Puts a notice in line again: to be sent at once, with the same Message-ID and all its attempts, to the
 * recipient's address of today. Where it may just be being sent its turn stays as it is. Returns false
 * where there is no such notice.
 */
export const putInLine = async (
  db: Database | Transaction,
  which: SQL | undefined,
): Promise<boolean> => {
  const put = await db
    .update(notices)
    .set({
      status: 'waiting',
      attempts: 0,
      attemptAt: sql`case when ${mayBeLeased} then ${notices.attemptAt} else clock_timestamp() end`,
      deliveredAt: null,
      lastError: null,
      address: currentAddress,
    })
    .where(which)
    .returning({ id: notices.id })
  return put.length > 0
}

/** Sends a notice of that order again, but not soon after it arrived. */
export const resendNotice = async (
  { db }: Pick<Deps, 'db'>,
  { noticeId, orderId }: { noticeId: string; orderId?: string | undefined },
): Promise<Resending> => {
  const [found] = await db
    .select({
      status: notices.status,
      isRecent: sql<boolean>`coalesce(${notices.deliveredAt} > now() - make_interval(mins => ${pauseMinutes}), false)`,
      mayBeLeased,
    })
    .from(notices)
    .where(
      and(
        eq(notices.id, noticeId),
        orderId === undefined ? undefined : eq(notices.orderId, orderId),
      ),
    )
  if (!found) return 'not-found'
  if (found.isRecent) return 'too-soon'
  if (found.mayBeLeased) return 'under-way'
  const isAsFound = and(eq(notices.id, noticeId), eq(notices.status, found.status))
  return (await putInLine(db, isAsFound)) ? 'sent' : 'under-way'
}
