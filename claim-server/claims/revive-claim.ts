import { and, eq, sql } from 'drizzle-orm'
import type { Transaction } from '#shared/database.ts'
import { dateIn, type LocalDate } from '#shared/dates.ts'
import { AppError, fieldError, type ProblemCode } from '#shared/errors.ts'
import type { ClaimStatus } from '#shared/contracts/claim-server.ts'
import type { ShopOrder } from '#shared/contracts/shop-api.ts'
import type { Deps } from '../deps.ts'
import { writeNotices } from '../notices/write-notices.ts'
import { findOrderRow } from '../orders/find-order.ts'
import { type ShopOrderRow, toShopOrder } from '../orders/shop-orders.queries.ts'
import type { ShopCaller } from '../shops/find-key-owner.ts'
import { type ClaimLimit, limitProblem, toClaimLimit } from '../time-limits/choose-limit.ts'
import { findHolidays } from '../time-limits/holidays.ts'
import { claimHistory, claims } from './claims.table.ts'

/** How long after it expired a shop can open an order again. */
export const revivalDays = 30

const refusals: Partial<Record<ClaimStatus, ProblemCode>> = {
  settled: 'claim-settled',
  paying: 'claim-in-payment',
}

interface Revival {
  orderNumber: string
  timeLimit: LocalDate
  /** The revision that the shop last saw; another one is `stale`. */
  ifRevision?: number | undefined
}

type Caller = Pick<ShopCaller, 'shop' | 'bank'>

const chooseLimit = async (
  tx: Transaction,
  { shop, bank }: Caller,
  limit: LocalDate,
  today: LocalDate,
): Promise<ClaimLimit> => {
  const problem = limitProblem(limit, today)
  if (problem) throw fieldError('#/timeLimit', problem)
  const isHoliday = await findHolidays(tx, bank.code, { from: limit, until: limit })
  return toClaimLimit(limit, { today, warningDays: shop.warningDays, isHoliday })
}

const reopen = async (tx: Transaction, { id, revision }: ShopOrderRow, limit: ClaimLimit) =>
  tx
    .update(claims)
    .set({
      ...limit,
      status: 'unsettled',
      closedAt: null,
      // Warnings are armed again, and it is new on the customer's list.
      warnedAt: null,
      seenAt: null,
      revision: sql`${claims.revision} + 1`,
    })
    .where(and(eq(claims.orderId, id), eq(claims.revision, revision), eq(claims.status, 'expired')))
    .returning({ orderId: claims.orderId })

const checkRevivable = ({ status, closedAt }: ShopOrderRow, now: Date) => {
  if (status !== 'expired') throw new AppError(refusals[status] ?? 'claim-not-open')
  const ageMs = now.getTime() - (closedAt?.getTime() ?? 0)
  if (ageMs > revivalDays * 24 * 3600_000)
    throw new AppError('claim-expired', {
      detail: `an order can be opened again for ${revivalDays} days after it expired`,
    })
}

/**
 * expired → unsettled by its shop, within 30 days: the same number and history, a new limit, warnings
 * armed again, the customer told. A repeat with the same limit answers the order. Throws
 * `claim-expired` after that time, `claim-settled`, `claim-in-payment`, `claim-not-open`, `stale`,
 * `invalid`, `not-found`, and `forbidden` for a shop that is not live.
 */
export const reviveClaim = async (
  tx: Transaction,
  deps: Pick<Deps, 'config' | 'clock' | 'newId'>,
  caller: Caller,
  { orderNumber, timeLimit, ifRevision }: Revival,
): Promise<ShopOrder> => {
  if (caller.shop.status !== 'live')
    throw new AppError('forbidden', { detail: 'the bank has not opened this shop for orders' })
  for (;;) {
    const row = await findOrderRow(tx, caller, orderNumber)
    const at = deps.clock.now()
    const isRepeat =
      row.status === 'unsettled' && (row.originalTimeLimit ?? row.timeLimit) === timeLimit
    if (isRepeat) return toShopOrder(deps, caller, row)
    if (ifRevision !== undefined && row.revision !== ifRevision) throw new AppError('stale')
    checkRevivable(row, at)
    const limit = await chooseLimit(tx, caller, timeLimit, dateIn(caller.bank.timeZone, at))
    const reopened = await reopen(tx, row, limit)
    // Nothing changed: somebody else did, between reading and writing. What it is now decides.
    if (reopened.length === 0) continue
    await tx.insert(claimHistory).values({
      orderId: row.id,
      at,
      event: 'revived',
      by: 'shop',
      reason: `${row.timeLimit} → ${limit.timeLimit}`,
    })
    await writeNotices(tx, deps, [
      { orderId: row.id, event: 'claim-revived', occasion: `${row.revision + 1}` },
    ])
    return toShopOrder(deps, caller, await findOrderRow(tx, caller, orderNumber))
  }
}
