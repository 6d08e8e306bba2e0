import { and, desc, eq, lt } from 'drizzle-orm'
import { z } from 'zod'
import type { OrderPage, OrderQuery } from '#shared/contracts/shop-api.ts'
import { claims } from '../claims/claims.table.ts'
import { readCursor, writeCursor } from '../cursor.ts'
import type { Deps } from '../deps.ts'
import type { ShopCaller } from '../shops/find-key-owner.ts'
import { orders } from './orders.table.ts'
import { selectShopOrders, toShopOrder } from './shop-orders.queries.ts'

const place = z.object({ before: z.uuid() })

/** A page of the shop's orders, newest first. Throws `invalid` for a foreign cursor. */
export const listOrders = async (
  deps: Pick<Deps, 'db' | 'config' | 'clock'>,
  caller: ShopCaller,
  { status, shopOrderRef, cursor, limit }: OrderQuery,
): Promise<OrderPage> => {
  const before = cursor === undefined ? undefined : readCursor(place, cursor).before
  const rows = await selectShopOrders(deps.db)
    .where(
      and(
        eq(claims.shopId, caller.shop.id),
        status && eq(claims.status, status),
        shopOrderRef === undefined
          ? undefined
          : and(eq(orders.shopId, caller.shop.id), eq(orders.shopOrderRef, shopOrderRef)),
        before === undefined ? undefined : lt(claims.orderId, before),
      ),
    )
    .orderBy(desc(claims.orderId))
    .limit(limit + 1)
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    data: shown.map((row) => toShopOrder(deps, caller, row)),
    nextCursor: rows.length > limit && last ? writeCursor({ before: last.id }) : null,
  }
}
