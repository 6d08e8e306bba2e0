import { and, eq, sql } from 'drizzle-orm'
import type { Transaction } from '#shared/database.ts'
import { writeDeclineReason } from '#shared/decline-reasons.ts'
import { AppError, type ProblemCode } from '#shared/errors.ts'
import type { ServiceCaller } from '#shared/service-token.ts'
import type { ClaimStatus } from '#shared/contracts/claim-server.ts'
import type { DeclineReason } from '#shared/contracts/customer-choices.ts'
import { changeByCall } from '../change-by-call.ts'
import type { Deps } from '../deps.ts'
import { writeNotices } from '../notices/write-notices.ts'
import { orders } from '../orders/orders.table.ts'
import { type Customer, isOf } from './claims.queries.ts'
import { claimHistory, claims } from './claims.table.ts'
import { claimReports } from './reports.table.ts'

const refusals: Partial<Record<ClaimStatus, ProblemCode>> = {
  settled: 'claim-settled',
  paying: 'claim-in-payment',
  expired: 'claim-expired',
}

interface Decline {
  orderNumber: string
  reason: DeclineReason
  text?: string | undefined
}

const find = async (tx: Transaction, customer: Customer, orderNumber: string) => {
  const [row] = await tx
    .select({ id: orders.id, status: claims.status, revision: claims.revision })
    .from(orders)
    .innerJoin(claims, eq(claims.orderId, orders.id))
    .where(and(eq(orders.orderNumber, orderNumber), isOf(customer)))
  if (!row) throw new AppError('not-found')
  return row
}

/** unsettled → declined; false when the claim is another than it was read. */
const close = async (tx: Transaction, orderId: string, revision: number, at: Date) => {
  const closed = await tx
    .update(claims)
    .set({ status: 'declined', closedAt: at, revision: sql`${claims.revision} + 1` })
    .where(
      and(
        eq(claims.orderId, orderId),
        eq(claims.revision, revision),
        eq(claims.status, 'unsettled'),
      ),
    )
    .returning({ orderId: claims.orderId })
  return closed.length > 0
}

/**
 * unsettled → declined by its customer, the payee told the reason; "not-mine" is kept as a report for
 * the bank's staff. A repeat answers the same. Throws `claim-in-payment`, `claim-settled`,
 * `claim-expired`, `claim-not-open`, and `not-found` for a foreign number.
 */
export const declineClaim = async (
  deps: Pick<Deps, 'db' | 'clock' | 'newId'>,
  input: Customer & Decline & { caller: ServiceCaller },
): Promise<{ status: 'declined' }> => {
  const { bank, customerId, orderNumber, reason, text, caller } = input
  return changeByCall(deps, caller, async (tx) => {
    for (;;) {
      const claim = await find(tx, { bank, customerId }, orderNumber)
      if (claim.status === 'declined') return { status: 'declined' }
      if (claim.status !== 'unsettled')
        throw new AppError(refusals[claim.status] ?? 'claim-not-open')
      const at = deps.clock.now()
      // Not closed: somebody else changed it meanwhile. What it is now decides.
      if (!(await close(tx, claim.id, claim.revision, at))) continue
      const orderId = claim.id
      const said = writeDeclineReason(reason, text)
      await tx
        .insert(claimHistory)
        .values({ orderId, at, event: 'declined', by: 'customer', reason: said })
      if (reason === 'not-mine')
        await tx
          .insert(claimReports)
          .values({ orderId, bank, customerId, text: text ?? null, reportedAt: at })
      await writeNotices(tx, deps, [
        { orderId, event: 'claim-declined', occasion: `${claim.revision + 1}` },
      ])
      return { status: 'declined' }
    }
  })
}
