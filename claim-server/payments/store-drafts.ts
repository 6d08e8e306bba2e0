import type { Transaction } from '#shared/database.ts'
import type { LockedClaim } from './check-run.ts'
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
    tx.insert(payments).values(drafts.map((draft) => draft.payment)),
    tx.insert(groups).values(groupRows),
    tx.insert(paymentClaims).values(claimRows),
  ])
}
