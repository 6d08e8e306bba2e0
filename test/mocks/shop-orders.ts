import { canonicalJson } from '#shared/canonical-json.ts'
import type { ClaimStatus } from '#shared/contracts/claim-server.ts'
import type { NewOrder, ShopOrder } from '#shared/contracts/shop-api.ts'
import { addDays, daysBetween } from '#shared/dates.ts'
import { AppError, fieldError, type ProblemCode } from '#shared/errors.ts'
import { toJson } from '#shared/json.ts'
import { parseOrderNumber } from '#shared/order-number.ts'
import { beginsWithOneOf, readAddress } from '../../claim-server/shops/return-address.ts'
import { limitProblem, toClaimLimit } from '../../claim-server/time-limits/choose-limit.ts'
import { writeNotices } from './claim-notices.ts'
import { addOrder, daysToPay } from './claim-orders.ts'
import {
  changeStatus,
  type ClaimServerState,
  isHolidayOf,
  type KeptAnswer,
  type MockClaim,
  type MockShop,
  statusOf,
  todayOf,
} from './claim-server-state.ts'

const usualWarningDays = 3

/** Throws `forbidden` for a shop that is not live. */
export const checkLive = (shop: MockShop): void => {
  if (statusOf(shop) === 'live') return
  throw new AppError('forbidden', { detail: 'the bank has not opened this shop for orders' })
}

const transferOf = ({ payments }: ClaimServerState, claim: MockClaim): string | null => {
  if (claim.status !== 'settled') return null
  const payment = payments.get(claim.paymentId ?? '')
  const leg = payment?.claims.find((one) => one.orderNumber === claim.orderNumber)
  return leg?.transferId ?? null
}

/** An order as its shop sees it. */
export const toShopOrder = (state: ClaimServerState, claim: MockClaim): ShopOrder => ({
  orderNumber: claim.orderNumber,
  shopOrderRef: claim.shopOrderRef,
  status: claim.status,
  description: claim.description,
  category: claim.category,
  amount: { value: claim.amountMinor, currency: claim.currency },
  orderedOn: claim.orderedOn,
  timeLimit: claim.timeLimit,
  originalTimeLimit: claim.originalTimeLimit,
  timeZone: state.timeZone,
  entryUrl:
    claim.status === 'provisional' && state.clock.now() < claim.openUntil
      ? `${state.baseUrl}/entry/${claim.entryToken}`
      : null,
  createdAt: claim.createdAt,
  acceptedAt: claim.acceptedAt ?? null,
  settledAt: claim.settledAt ?? null,
  transferId: transferOf(state, claim),
  revision: claim.revision,
})

export const orderPath = (orderNumber: string) => `/v1/orders/${orderNumber}`

const checkReturnUrl = ({ returnAddresses = [] }: MockShop, text: string | undefined) => {
  if (text === undefined) return null
  const read = readAddress(text, { httpAllowed: true })
  if ('problem' in read) throw fieldError('#/returnUrl', read.problem)
  if (!beginsWithOneOf(read.address, returnAddresses))
    throw fieldError('#/returnUrl', 'this is not one of your registered addresses')
  return read.address.href
}

/** The limit as a claim keeps it; throws `invalid` for a day that has passed or is too far. */
export const chooseLimit = (state: ClaimServerState, shop: MockShop, limit: string) => {
  const today = todayOf(state)
  const problem = limitProblem(limit, today)
  if (problem) throw fieldError('#/timeLimit', problem)
  const warningDays = shop.warningDays ?? usualWarningDays
  return toClaimLimit(limit, { today, warningDays, isHoliday: isHolidayOf(state) })
}

/** An order of that shop, once for its reference. */
export const receiveOrder = (
  state: ClaimServerState,
  shop: MockShop,
  order: NewOrder,
): KeptAnswer => {
  checkLive(shop)
  const name = JSON.stringify([shop.shopId, order.shopOrderRef])
  const fingerprint = canonicalJson(order)
  const known = state.sent.get(name)
  if (known && known.fingerprint !== fingerprint)
    throw new AppError('order-exists', { headers: { location: orderPath(known.result) } })
  const found = known && state.claims.get(known.result)
  if (found) {
    const body = toJson(toShopOrder(state, found))
    return { status: 200, body, location: orderPath(found.orderNumber) }
  }
  if (order.amount.currency !== 'JPY')
    throw fieldError('#/amount/currency', 'this bank’s accounts are held in JPY')
  const today = todayOf(state)
  const limit = chooseLimit(state, shop, order.timeLimit ?? addDays(today, daysToPay(shop)))
  const returnUrl = checkReturnUrl(shop, order.returnUrl)
  const claim = addOrder(state, {
    shop: shop.name,
    shopOrderRef: order.shopOrderRef,
    description: order.description,
    category: order.category ?? null,
    amountMinor: order.amount.value,
    currency: order.amount.currency,
    days: daysBetween(today, limit.timeLimit),
    returnUrl,
  })
  Object.assign(claim, limit)
  state.sent.set(name, { fingerprint, result: claim.orderNumber })
  const body = toJson(toShopOrder(state, claim))
  return { status: 201, body, location: orderPath(claim.orderNumber) }
}

export const findOrder = (
  { claims }: ClaimServerState,
  shop: MockShop,
  typed: string,
): MockClaim => {
  const found = claims.get(parseOrderNumber(typed) ?? '')
  if (found?.shop !== shop) throw new AppError('not-found')
  return found
}

type Refusals = Partial<Record<ClaimStatus, ProblemCode>>
const whyNotCancelled: Refusals = {
  settled: 'claim-settled',
  paying: 'claim-in-payment',
  expired: 'claim-expired',
}

/** provisional or unsettled → cancelled. */
export const cancel = (
  state: ClaimServerState,
  claim: MockClaim,
  { reason, ifRevision }: { reason?: string | undefined; ifRevision: number | undefined },
): ShopOrder => {
  if (ifRevision !== undefined && claim.revision !== ifRevision) throw new AppError('stale')
  if (claim.status === 'cancelled') return toShopOrder(state, claim)
  if (claim.status !== 'provisional' && claim.status !== 'unsettled')
    throw new AppError(whyNotCancelled[claim.status] ?? 'claim-not-open')
  changeStatus(state, claim, { status: 'cancelled', by: 'shop', reason: reason ?? null })
  if (claim.customerId) writeNotices(state, claim, 'claim-cancelled', `${claim.revision}`)
  return toShopOrder(state, claim)
}

const revivalMs = 30 * 24 * 3600_000
const whyNotRevived: Refusals = { settled: 'claim-settled', paying: 'claim-in-payment' }

/** expired → unsettled, within 30 days. */
export const revive = (
  state: ClaimServerState,
  claim: MockClaim,
  { timeLimit, ifRevision }: { timeLimit: string; ifRevision: number | undefined },
): ShopOrder => {
  checkLive(claim.shop)
  const isRepeat =
    claim.status === 'unsettled' && (claim.originalTimeLimit ?? claim.timeLimit) === timeLimit
  if (isRepeat) return toShopOrder(state, claim)
  if (ifRevision !== undefined && claim.revision !== ifRevision) throw new AppError('stale')
  if (claim.status !== 'expired')
    throw new AppError(whyNotRevived[claim.status] ?? 'claim-not-open')
  const ageMs = state.clock.now().getTime() - (claim.closedAt?.getTime() ?? 0)
  if (ageMs > revivalMs) throw new AppError('claim-expired')
  const limit = chooseLimit(state, claim.shop, timeLimit)
  const reason = `${claim.timeLimit} → ${limit.timeLimit}`
  Object.assign(claim, { ...limit, closedAt: undefined, seenAt: undefined })
  changeStatus(state, claim, { status: 'unsettled', by: 'shop', event: 'revived', reason })
  writeNotices(state, claim, 'claim-revived', `${claim.revision}`)
  return toShopOrder(state, claim)
}
