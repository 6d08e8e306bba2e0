import { and, eq, type SQL, sql } from 'drizzle-orm'
import * as z from 'zod'
import type { OrderPage, OrderQuery } from '#shared/contracts/shop-api.ts'
import { hasStatus } from '../claims/claims.queries.ts'
import { claims } from '../claims/claims.table.ts'
import { isOnPage, inOrder, listsOf } from '../claims/page-of-shop.ts'
import { readCursor, writeCursor } from '../cursor.ts'
import type { Deps } from '../deps.ts'
import type { ShopCaller } from '../shops/find-key-owner.ts'
import { orders } from './orders.table.ts'
import { selectShopOrders, toShopOrder } from './shop-orders.queries.ts'

// The day too: by the clock of the business, which an id does not follow.
const newestFirst = { by: claims.orderedOn, isDown: true }
const place = z.object({ day: z.iso.date(), before: z.uuid() })

const isBefore = (cursor: string): SQL => {
  const { day, before } = readCursor(place, cursor)
  return sql`(${claims.orderedOn}, ${claims.orderId}) < (${day}::date, ${before}::uuid)`
}

/** A page of the shop's orders, newest first. Throws `invalid` for a foreign cursor. */
export const listOrders = async (
  deps: Pick<Deps, 'db' | 'config' | 'clock'>,
  caller: ShopCaller,
  { status, shopOrderRef, cursor, limit }: OrderQuery,
): Promise<OrderPage> => {
  const where = and(
    eq(claims.shopId, caller.shop.id),
    status && hasStatus(status),
    shopOrderRef === undefined
      ? undefined
      : sql`${claims.orderId} = (select named.id from ${orders} as named
          where named.shop_id = ${caller.shop.id} and named.shop_order_ref = ${shopOrderRef})`,
    cursor === undefined ? undefined : isBefore(cursor),
  )
  const page = { ...newestFirst, lists: listsOf(status), where, limit: limit + 1 }
  const rows = await selectShopOrders(deps.db)
    .where(isOnPage(page))
    .orderBy(...inOrder(newestFirst))
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    data: shown.map((row) => toShopOrder(deps, caller, row)),
    nextCursor:
      rows.length > limit && last ? writeCursor({ day: last.orderedOn, before: last.id }) : null,
  }
}
