import type { Transaction } from '#shared/database.ts'
import { insertRows } from '#shared/insert-rows.ts'
import type { LockedClaim } from '../claims/change-claims.ts'
import type { Draft } from './draft-payment.ts'
import { groups, paymentClaims, payments } from './payments.table.ts'

/** Stores payments as drafted, their groups and the claims that they hold. */
export const storeDrafts = async (
  tx: Transaction,
  drafts: readonly Draft[],
  claims: ReadonlyMap<string, LockedClaim>,
): Promise<void> => {
  const groupRows = drafts.flatMap((draft) => draft.groups)
  const claimRows = groupRows.flatMap(({ paymentId, transferId, orderNumbers }) =>
    orderNumbers.flatMap((orderNumber) => {
      const found = claims.get(orderNumber)
      if (!found) return []
      const { id: orderId, amountMinor } = found.order
      return [{ paymentId, orderId, transferId, amountMinor, live: true }]
    }),
  )
  // One connection runs them in this order; not waiting in between saves two round trips.
  await Promise.all([
    insertRows(
      tx,
      payments,
      drafts.map((draft) => draft.payment),
    ),
    insertRows(tx, groups, groupRows),
    insertRows(tx, paymentClaims, claimRows),
  ])
}
