import { and, eq, sql } from 'drizzle-orm'
import { customers } from '../banks/banks.table.ts'
import { claims } from '../claims/claims.table.ts'
import type { Deps } from '../deps.ts'
import { shops } from '../shops/shops.table.ts'
import { notices } from './notices.table.ts'

export type Resending = 'sent' | 'under-way' | 'too-soon' | 'not-found'

/** Between two sendings of one notice: nobody fills a customer's mailbox by pressing a button. */
const pauseMinutes = 5

// A notice that is leased is just being sent; its turn must not come twice.
const leaseSeconds = 60

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
 * Sends a notice again at once, with the same Message-ID, to the recipient's address of today; one
 * that is still waiting is tried now. `orderId` where the caller may only touch that order's.
 */
export const resendNotice = async (
  { db }: Pick<Deps, 'db'>,
  { noticeId, orderId }: { noticeId: string; orderId?: string | undefined },
): Promise<Resending> => {
  const [found] = await db
    .select({
      status: notices.status,
      isRecent: sql<boolean>`coalesce(${notices.deliveredAt} > now() - make_interval(mins => ${pauseMinutes}), false)`,
      isLeased: sql<boolean>`${notices.attemptAt} <= now() + make_interval(secs => ${leaseSeconds})`,
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
  if (found.status === 'waiting' && found.isLeased) return 'under-way'
  const sent = await db
    .update(notices)
    .set({
      status: 'waiting',
      attempts: 0,
      attemptAt: sql`now()`,
      deliveredAt: null,
      lastError: null,
      address: currentAddress,
    })
    .where(and(eq(notices.id, noticeId), eq(notices.status, found.status)))
    .returning({ id: notices.id })
  return sent.length > 0 ? 'sent' : 'under-way'
}
