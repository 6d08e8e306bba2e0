import { and, count, eq, gt, sql } from 'drizzle-orm'
import * as z from 'zod'
import { language, mailAddress } from '#shared/contracts/fields.ts'
import { claims } from '../../claims/claims.table.ts'
import type { Deps } from '../../deps.ts'
import { notices } from '../../notices/notices.table.ts'
import type { ShopCaller } from '../../shops/find-key-owner.ts'
import { findOwnOrder } from '../inquiry/open-order.ts'

/** Where a link goes: an address by the strict pattern, since a shop typed it. */
export const linkMail = z.object({ address: mailAddress, language })
export type LinkMail = z.output<typeof linkMail>

export type LinkMailing = 'written' | 'known' | 'many' | 'busy' | 'closed'

const mostAddresses = 5
const mostAnHour = 60

const countLinks = async ({ db }: Pick<Deps, 'db'>, shopId: string, orderId: string) => {
  const [ofOrder] = await db
    .select({ count: count() })
    .from(notices)
    .where(and(eq(notices.orderId, orderId), eq(notices.event, 'entry-link')))
  const [ofShop] = await db
    .select({ count: count() })
    .from(notices)
    .innerJoin(claims, eq(claims.orderId, notices.orderId))
    .where(
      and(
        eq(claims.shopId, shopId),
        eq(notices.event, 'entry-link'),
        gt(notices.createdAt, sql`now() - interval '1 hour'`),
      ),
    )
  return { ofOrder: ofOrder?.count ?? 0, ofShop: ofShop?.count ?? 0 }
}

/**
 * Writes the mail with an order's entry link to an address that the shop typed: once per address, few
 * per order, not many an hour. 'closed' when the link is not open any more. Throws `not-found`.
 */
export const mailEntryLink = async (
  deps: Pick<Deps, 'db' | 'clock' | 'newId'>,
  caller: ShopCaller,
  { orderNumber, mail }: { orderNumber: string; mail: LinkMail },
): Promise<LinkMailing> => {
  const { db, clock, newId } = deps
  const { orderId, status, openUntil } = await findOwnOrder(deps, caller, orderNumber)
  const isOpen = status === 'provisional' && openUntil !== null && clock.now() < openUntil
  if (!isOpen || caller.shop.status !== 'live') return 'closed'
  const { ofOrder, ofShop } = await countLinks(deps, caller.shop.id, orderId)
  if (ofShop >= mostAnHour) return 'busy'
  if (ofOrder >= mostAddresses) return 'many'
  const written = await db
    .insert(notices)
    .values({
      id: newId(),
      orderId,
      event: 'entry-link',
      occasion: mail.address.toLowerCase(),
      channel: 'mail',
      recipient: 'customer',
      address: mail.address,
      language: mail.language,
      status: 'waiting',
      attempts: 0,
      attemptAt: sql`now()`,
      createdAt: sql`now()`,
    })
    .onConflictDoNothing()
    .returning({ id: notices.id })
  return written.length > 0 ? 'written' : 'known'
}
