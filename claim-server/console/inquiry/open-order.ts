import { and, asc, count, eq, isNull, sql } from 'drizzle-orm'
import { addDays, dateIn } from '#shared/dates.ts'
import { AppError } from '#shared/errors.ts'
import { parseOrderNumber } from '#shared/order-number.ts'
import { revivalDays } from '../../claims/revive-claim.ts'
import { claimHistory, claims } from '../../claims/claims.table.ts'
import type { Deps } from '../../deps.ts'
import { notices } from '../../notices/notices.table.ts'
import { orders } from '../../orders/orders.table.ts'
import { entryUrl } from '../../orders/shop-orders.queries.ts'
import {
  exceptions,
  groups,
  paymentClaims,
  payments,
  refunds,
} from '../../payments/payments.table.ts'
import type { ShopCaller } from '../../shops/find-key-owner.ts'
import { nameCustomers } from '../../shops/name-customers.ts'
import { type OrderRow, selectOrders, toInquired } from './inquiry.queries.ts'

type ReadDeps = Pick<Deps, 'db' | 'config' | 'clock'>

/** The row of one of the shop's orders. Throws `not-found` for a foreign or unknown number. */
export const findOwnOrder = async (
  deps: Pick<Deps, 'db'>,
  { shop }: ShopCaller,
  typedNumber: string,
): Promise<OrderRow> => {
  const orderNumber = parseOrderNumber(typedNumber)
  if (!orderNumber) throw new AppError('not-found')
  const [row] = await selectOrders(deps).where(
    and(eq(orders.orderNumber, orderNumber), eq(claims.shopId, shop.id)),
  )
  if (!row) throw new AppError('not-found')
  return row
}

const readHistory = ({ db }: ReadDeps, orderId: string) =>
  db
    .select({
      at: claimHistory.at,
      event: claimHistory.event,
      by: claimHistory.by,
      reason: claimHistory.reason,
    })
    .from(claimHistory)
    .where(eq(claimHistory.orderId, orderId))
    .orderBy(asc(claimHistory.id))

// A customer's address is the bank's to know: the shop sees its own, and those that it typed itself.
const shownAddress = sql<string | null>`
  case when ${notices.recipient} = 'shop' or ${notices.event} = 'entry-link'
    then ${notices.address} end`

const readMails = ({ db }: ReadDeps, orderId: string) =>
  db
    .select({
      noticeId: notices.id,
      event: notices.event,
      recipient: notices.recipient,
      address: shownAddress,
      status: notices.status,
      attempts: notices.attempts,
      createdAt: notices.createdAt,
      deliveredAt: notices.deliveredAt,
    })
    .from(notices)
    .where(and(eq(notices.orderId, orderId), eq(notices.channel, 'mail')))
    .orderBy(asc(notices.createdAt), asc(notices.recipient), asc(notices.id))

const claimsOfTransfer = async ({ db }: ReadDeps, transferId: string | null) => {
  if (transferId === null) return 0
  const [row] = await db
    .select({ claims: count() })
    .from(groups)
    // By their payment: no index knows claims by their transfer.
    .innerJoin(
      paymentClaims,
      and(
        eq(paymentClaims.paymentId, groups.paymentId),
        eq(paymentClaims.transferId, groups.transferId),
      ),
    )
    .where(eq(groups.transferId, transferId))
  return row?.claims ?? 0
}

const sumRefunds = async ({ db }: ReadDeps, orderId: string): Promise<bigint> => {
  const [row] = await db
    .select({ sum: sql`coalesce(sum(${refunds.amountMinor}), 0)`.mapWith(BigInt) })
    .from(refunds)
    .innerJoin(payments, eq(payments.id, refunds.paymentId))
    .where(and(eq(refunds.orderId, orderId), eq(payments.status, 'executed')))
  return row?.sum ?? 0n
}

const hasOpenException = async ({ db }: ReadDeps, orderId: string): Promise<boolean> =>
  (await db.$count(exceptions, and(eq(exceptions.orderId, orderId), isNull(exceptions.closedAt)))) >
  0

const openEntry = (deps: ReadDeps, { status, openUntil, entryToken }: OrderRow) =>
  status === 'provisional' && entryToken && openUntil && deps.clock.now() < openUntil
    ? { url: entryUrl(deps, entryToken), openUntil }
    : null

const revivableUntil = ({ status, closedAt }: OrderRow, timeZone: string, now: Date) => {
  if (status !== 'expired' || !closedAt) return null
  const until = addDays(dateIn(timeZone, closedAt), revivalDays)
  return dateIn(timeZone, now) < until ? until : null
}

/**
 * One order as its shop's console shows it: with its customer, history, mails, transfer and what can
 * be done with it. Throws `not-found` for a foreign or unknown number.
 */
export const openOrder = async (deps: ReadDeps, caller: ShopCaller, typedNumber: string) => {
  const row = await findOwnOrder(deps, caller, typedNumber)
  const { orderId, bank, customerId } = row
  const [history, mails, together, refundedMinor, isException, referenceOf] = await Promise.all([
    readHistory(deps, orderId),
    readMails(deps, orderId),
    claimsOfTransfer(deps, row.transferId),
    sumRefunds(deps, orderId),
    hasOpenException(deps, orderId),
    nameCustomers(deps, caller.shop.id, customerId === null ? [] : [{ bank, customerId }]),
  ])
  return {
    order: toInquired(row, referenceOf),
    history,
    mails,
    /** Of a settled order: how many orders its transfer paid. */
    together,
    refundedMinor,
    /** A payment came although the order was not open. */
    isException,
    entry: openEntry(deps, row),
    canCancel: row.status === 'provisional' || row.status === 'unsettled',
    /** The last day on which it can be opened again. */
    revivableUntil:
      caller.shop.status === 'live'
        ? revivableUntil(row, caller.bank.timeZone, deps.clock.now())
        : null,
  }
}

export type OpenedOrder = Awaited<ReturnType<typeof openOrder>>
export type MailOfOrder = OpenedOrder['mails'][number]
export type HistoryStep = OpenedOrder['history'][number]
