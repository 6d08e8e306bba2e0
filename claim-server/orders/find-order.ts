import { and, eq } from 'drizzle-orm'
import type { Database, Transaction } from '#shared/database.ts'
import { AppError } from '#shared/errors.ts'
import { parseOrderNumber } from '#shared/order-number.ts'
import type { ShopOrder } from '#shared/contracts/shop-api.ts'
import type { Deps } from '../deps.ts'
import type { ShopCaller } from '../shops/find-key-owner.ts'
import { orders } from './orders.table.ts'
import { selectShopOrders, type ShopOrderRow, toShopOrder } from './shop-orders.queries.ts'

/** The row of one of the shop's orders, number as typed. Throws `not-found` for a foreign or unknown one. */
export const findOrderRow = async (
  db: Database | Transaction,
  { shop }: Pick<ShopCaller, 'shop'>,
  typedNumber: string,
): Promise<ShopOrderRow> => {
  const orderNumber = parseOrderNumber(typedNumber)
  if (!orderNumber) throw new AppError('not-found')
  const [row] = await selectShopOrders(db).where(
    and(eq(orders.orderNumber, orderNumber), eq(orders.shopId, shop.id)),
  )
  if (!row) throw new AppError('not-found')
  return row
}

/** One order of the shop. Throws `not-found` for a foreign or unknown number. */
export const findOrder = async (
  deps: Pick<Deps, 'db' | 'config' | 'clock'>,
  caller: ShopCaller,
  typedNumber: string,
): Promise<ShopOrder> => toShopOrder(deps, caller, await findOrderRow(deps.db, caller, typedNumber))
