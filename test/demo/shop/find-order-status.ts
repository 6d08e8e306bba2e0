import type { ShopOrder } from '#shared/contracts/shop-api.ts'
import type { ShopDeps } from './deps.ts'
import type { Purchase } from './purchases.ts'
import type { Shop } from './shops.ts'

/** Keeps what the claim server said, so that the order page has something to show while it is away. */
export const rememberOrder = (deps: ShopDeps, purchase: Purchase, order: ShopOrder): Purchase => {
  const remembered: Purchase = {
    ...purchase,
    state: 'placed',
    order: {
      orderNumber: order.orderNumber,
      status: order.status,
      timeLimit: order.timeLimit,
      entryUrl: order.entryUrl,
      settledAt: order.settledAt?.toISOString() ?? null,
      askedAt: deps.clock.now().toISOString(),
    },
  }
  deps.purchases.save(remembered)
  return remembered
}

const isFinal = (purchase: Purchase) => purchase.order?.status === 'settled'

/** The purchase with its order's status of now; `isFresh` is false when only the last known one is to be had. */
export const findOrderStatus = async (
  deps: ShopDeps,
  shop: Shop,
  purchase: Purchase,
): Promise<{ purchase: Purchase; isFresh: boolean }> => {
  if (!purchase.order || isFinal(purchase)) return { purchase, isFresh: true }
  if (!shop.apiKey) return { purchase, isFresh: false }
  const answer = await deps.claimServer.findOrder({
    apiKey: shop.apiKey,
    orderNumber: purchase.order.orderNumber,
  })
  if (answer.outcome !== 'order') return { purchase, isFresh: false }
  return { purchase: rememberOrder(deps, purchase, answer.order), isFresh: true }
}
