import { and, asc, eq } from 'drizzle-orm'
import { dateIn } from '#shared/dates.ts'
import { AppError } from '#shared/errors.ts'
import type { ReplyOf } from '#shared/contracts/call.ts'
import type { findClaim as findClaimCall } from '#shared/contracts/claim-server.ts'
import type { Bank } from '../banks/find-bank.ts'
import { orders } from '../orders/orders.table.ts'
import { isOf, type ReadDeps, selectClaims, toParts } from './claims.queries.ts'
import { claimHistory } from './claims.table.ts'
import { toClaim } from './to-claim.ts'

/** One claim of the customer with its history. Throws `not-found` for a foreign or unknown number. */
export const findClaim = async (
  { db, clock }: ReadDeps,
  { bank, customerId, orderNumber }: { bank: Bank; customerId: string; orderNumber: string },
): Promise<ReplyOf<typeof findClaimCall>> => {
  const [row] = await selectClaims(db).where(
    and(eq(orders.orderNumber, orderNumber), isOf({ bank: bank.code, customerId })),
  )
  if (!row) throw new AppError('not-found')
  const history = await db
    .select({
      at: claimHistory.at,
      event: claimHistory.event,
      by: claimHistory.by,
      reason: claimHistory.reason,
    })
    .from(claimHistory)
    .where(eq(claimHistory.orderId, row.claim.orderId))
    .orderBy(asc(claimHistory.id))
  const now = clock.now()
  const today = dateIn(bank.timeZone, now)
  return { claim: toClaim(toParts(row), { now, today }), history, today }
}
