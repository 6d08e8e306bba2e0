import { AppError } from '#shared/errors.ts'
import type { NewOrder, ShopOrder } from '#shared/contracts/shop-api.ts'
import type { Deps } from '../../deps.ts'
import { receiveOrder } from '../../orders/receive-order.ts'
import type { ShopCaller } from '../../shops/find-key-owner.ts'

export type WrittenOrder =
  | { outcome: 'written'; order: ShopOrder }
  /** The shop's reference belongs to an order with other content. */
  | { outcome: 'reference-taken' }
  | { outcome: 'bad-limit' }

/**
 * Takes in an order that the shop wrote by hand, for a purchase in the shop or by phone; its link is
 * open for so many minutes. The same order sent twice is one order. Throws `forbidden`.
 */
export const writeOrder = async (
  deps: Deps,
  caller: ShopCaller,
  { order, openMinutes }: { order: NewOrder; openMinutes: number },
): Promise<WrittenOrder> => {
  try {
    const received = await deps.db.transaction((tx) =>
      receiveOrder(tx, deps, caller, order, openMinutes),
    )
    return { outcome: 'written', order: received.order }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    if (error.code === 'order-exists') return { outcome: 'reference-taken' }
    if (error.errors.some(({ pointer }) => pointer === '#/timeLimit'))
      return { outcome: 'bad-limit' }
    throw error
  }
}
