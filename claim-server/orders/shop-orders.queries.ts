import { and, eq } from 'drizzle-orm'
import type { Database, Transaction } from '#shared/database.ts'
import type { ShopOrder } from '#shared/contracts/shop-api.ts'
import { claims } from '../claims/claims.table.ts'
import type { Deps } from '../deps.ts'
import { paymentClaims } from '../payments/payments.table.ts'
import type { ShopCaller } from '../shops/find-key-owner.ts'
import { orders } from './orders.table.ts'

const columns = {
  id: orders.id,
  orderNumber: orders.orderNumber,
  shopOrderRef: orders.shopOrderRef,
  fingerprint: orders.fingerprint,
  description: orders.description,
  category: orders.category,
  amountMinor: orders.amountMinor,
  currency: orders.currency,
  orderedOn: orders.orderedOn,
  entryToken: orders.entryToken,
  createdAt: orders.createdAt,
  status: claims.status,
  timeLimit: claims.timeLimit,
  originalTimeLimit: claims.originalTimeLimit,
  openUntil: claims.openUntil,
  acceptedAt: claims.acceptedAt,
  settledAt: claims.settledAt,
  closedAt: claims.closedAt,
  revision: claims.revision,
  transferId: paymentClaims.transferId,
}

/** Orders with their claims, and the transfer of a settled one. */
export const selectShopOrders = (db: Database | Transaction) =>
  db
    .select(columns)
    .from(claims)
    .innerJoin(orders, eq(orders.id, claims.orderId))
    .leftJoin(
      paymentClaims,
      and(
        eq(claims.status, 'settled'),
        eq(paymentClaims.orderId, claims.orderId),
        eq(paymentClaims.paymentId, claims.paymentId),
      ),
    )
    .$dynamic()

export type ShopOrderRow = Awaited<ReturnType<typeof selectShopOrders>>[number]

export const entryUrl = ({ config }: Pick<Deps, 'config'>, token: string): string =>
  new URL(`/entry/${token}`, config.PUBLIC_URL).href

/** The order as its shop sees it; the entry link as long as it is open. */
export const toShopOrder = (
  deps: Pick<Deps, 'config' | 'clock'>,
  { bank }: Pick<ShopCaller, 'bank'>,
  row: ShopOrderRow,
): ShopOrder => {
  const isOpen =
    row.status === 'provisional' && row.openUntil !== null && deps.clock.now() < row.openUntil
  return {
    orderNumber: row.orderNumber,
    shopOrderRef: row.shopOrderRef,
    status: row.status,
    description: row.description,
    category: row.category,
    amount: { value: row.amountMinor, currency: row.currency },
    orderedOn: row.orderedOn,
    timeLimit: row.timeLimit,
    originalTimeLimit: row.originalTimeLimit,
    timeZone: bank.timeZone,
    entryUrl: isOpen && row.entryToken ? entryUrl(deps, row.entryToken) : null,
    createdAt: row.createdAt,
    acceptedAt: row.acceptedAt,
    settledAt: row.settledAt,
    transferId: row.transferId,
    revision: row.revision,
  }
}
