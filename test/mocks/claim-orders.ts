import { randomBytes } from 'node:crypto'
import type { ClaimStatus } from '#shared/contracts/claim-server.ts'
import { addDays, dateIn } from '#shared/dates.ts'
import { writeNotices } from './claim-notices.ts'
import {
  changeStatus,
  type ClaimServerState,
  type MockClaim,
  type MockShop,
  newForMs,
  type NewMockOrder,
  todayOf,
} from './claim-server-state.ts'

const provisionalMs = 30 * 60_000

const usualDays = 14
const usualWarningDays = 3

export const daysToPay = ({ defaultDaysToPay = usualDays }: MockShop): number => defaultDaysToPay

/** The day of the warning: never before the order. */
export const warningDay = (
  { warningDays = usualWarningDays }: MockShop,
  timeLimit: string,
  today: string,
): string => {
  const day = addDays(timeLimit, -warningDays)
  return day < today ? today : day
}

const findShop = ({ shops }: ClaimServerState, name: string): MockShop => {
  const shop = shops.find((one) => one.name === name)
  if (!shop) throw new Error(`there is no shop ${name}`)
  return shop
}

/** A shop's order becomes a provisional claim; with a customer it is accepted at once. */
export const addOrder = (state: ClaimServerState, order: NewMockOrder): MockClaim => {
  const shop = findShop(state, order.shop)
  const today = todayOf(state)
  const createdAt = state.clock.now()
  const timeLimit = addDays(today, order.days ?? daysToPay(shop))
  const orderNumber = state.newOrderNumber()
  const claim: MockClaim = {
    orderNumber,
    status: 'provisional',
    shop,
    shopOrderRef: order.shopOrderRef ?? orderNumber,
    sequence: state.claims.size,
    revision: 0,
    description: order.description,
    category: order.category ?? null,
    amountMinor: order.amountMinor,
    currency: order.currency ?? 'JPY',
    orderedOn: addDays(today, -(order.daysAgo ?? 0)),
    timeLimit,
    originalTimeLimit: null,
    warnOn: warningDay(shop, timeLimit, today),
    entryToken: randomBytes(16).toString('base64url'),
    createdAt,
    openUntil: new Date(createdAt.getTime() + provisionalMs),
    returnUrl: order.returnUrl ?? null,
    customerId: undefined,
    account: undefined,
    acceptedAt: undefined,
    paymentId: undefined,
    payingSince: undefined,
    settledAt: undefined,
    closedAt: undefined,
    seenAt: undefined,
    history: [],
  }
  changeStatus(state, claim, { status: 'provisional', by: 'shop' })
  if (order.customerId) bindClaim(state, claim, { customerId: order.customerId })
  if (order.isNew) claim.seenAt = undefined
  // A visit that is over: not new any more.
  else if (order.customerId) claim.seenAt = new Date(createdAt.getTime() - newForMs)
  state.claims.set(claim.orderNumber, claim)
  return claim
}

/** provisional → unsettled: it is this customer's from now on. */
export const bindClaim = (
  state: ClaimServerState,
  claim: MockClaim,
  { customerId, account }: { customerId: string; account?: string },
): void => {
  const at = state.clock.now()
  const named = state.people.get(customerId)
  if (named && !state.customers.has(customerId)) state.customers.set(customerId, named)
  Object.assign(claim, { customerId, account, acceptedAt: at, seenAt: at })
  changeStatus(state, claim, { status: 'unsettled', by: 'customer' })
  writeNotices(state, claim, 'order-received')
}

// A payment authorised just before midnight is on time and may take five minutes to be submitted.
const graceMs = 6 * 60_000

/** What time does: provisional → abandoned, unsettled → expired. */
export const expireClaims = (state: ClaimServerState): void => {
  const now = state.clock.now()
  const firstPayableDay = dateIn(state.timeZone, new Date(now.getTime() - graceMs))
  const isBill = (claim: MockClaim) => state.bills.some((one) => one.claim === claim)
  for (const claim of state.claims.values()) {
    const { status, openUntil, timeLimit } = claim
    if (status === 'provisional' && openUntil <= now && !isBill(claim))
      changeStatus(state, claim, { status: 'abandoned', by: 'time' })
    if (status === 'unsettled' && timeLimit < firstPayableDay) {
      changeStatus(state, claim, { status: 'expired', by: 'time' })
      writeNotices(state, claim, 'claim-expired', timeLimit)
    }
  }
}

/** What time, shop or staff do to a claim. */
export const setStatus = (
  state: ClaimServerState,
  orderNumber: string,
  status: ClaimStatus,
): void => {
  const claim = state.claims.get(orderNumber)
  if (!claim) throw new Error(`there is no claim ${orderNumber}`)
  changeStatus(state, claim, { status, by: 'time' })
}
