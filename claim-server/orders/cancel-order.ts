import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Transaction } from '#shared/database.ts'
import { AppError, type ProblemCode } from '#shared/errors.ts'
import type { ClaimStatus } from '#shared/contracts/claim-server.ts'
import type { ShopOrder } from '#shared/contracts/shop-api.ts'
import { claimHistory, claims } from '../claims/claims.table.ts'
import type { Deps } from '../deps.ts'
import { writeNotices } from '../notices/write-notices.ts'
import type { ShopCaller } from '../shops/find-key-owner.ts'
import { findOrderRow } from './find-order.ts'
import { type ShopOrderRow, toShopOrder } from './shop-orders.queries.ts'

const cancellable: ClaimStatus[] = ['provisional', 'unsettled']

const refusals: Partial<Record<ClaimStatus, ProblemCode>> = {
  settled: 'claim-settled',
  paying: 'claim-in-payment',
  expired: 'claim-expired',
}

interface Cancellation {
  orderNumber: string
  reason?: string | undefined
  /** The revision that the shop last saw; another one is `stale`. */
  ifRevision?: number | undefined
}

const close = async (
  tx: Transaction,
  { clock }: Deps,
  { id, revision }: ShopOrderRow,
  reason: string | undefined,
) => {
  const at = clock.now()
  const closed = await tx
    .update(claims)
    .set({ status: 'cancelled', closedAt: at, revision: sql`${claims.revision} + 1` })
    .where(
      and(
        eq(claims.orderId, id),
        eq(claims.revision, revision),
        inArray(claims.status, cancellable),
      ),
    )
    .returning({ customerId: claims.customerId })
  if (!closed[0]) return undefined
  await tx
    .insert(claimHistory)
    .values({ orderId: id, at, event: 'cancelled', by: 'shop', reason: reason ?? null })
  return closed[0]
}

/**
 * provisional or unsettled → cancelled, by its shop; the customer who had accepted it is told. A
 * repeat answers the cancelled order. Throws `claim-settled`, `claim-in-payment`, `claim-expired`,
 * `claim-not-open`, `stale`, `not-found`.
 */
export const cancelOrder = async (
  deps: Deps,
  caller: ShopCaller,
  { orderNumber, reason, ifRevision }: Cancellation,
): Promise<ShopOrder> =>
  deps.db.transaction(async (tx) => {
    for (;;) {
      const row = await findOrderRow(tx, caller, orderNumber)
      if (ifRevision !== undefined && row.revision !== ifRevision) throw new AppError('stale')
      if (row.status === 'cancelled') return toShopOrder(deps, caller, row)
      if (!cancellable.includes(row.status))
        throw new AppError(refusals[row.status] ?? 'claim-not-open')
      // Nothing changed: somebody else did, between reading and writing. What it is now decides.
      const closed = await close(tx, deps, row, reason)
      if (!closed) continue
      if (closed.customerId !== null)
        await writeNotices(tx, deps, [
          { orderId: row.id, event: 'claim-cancelled', occasion: `${row.revision + 1}` },
        ])
      return toShopOrder(deps, caller, await findOrderRow(tx, caller, orderNumber))
    }
  })
