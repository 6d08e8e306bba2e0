import type { Received, ReplyOf } from '#shared/contracts/call.ts'
import * as calls from '#shared/contracts/staff.ts'
import { AppError } from '#shared/errors.ts'
import { sumMinor } from '#shared/money.ts'
import { parseOrderNumber } from '#shared/order-number.ts'
import { numberOfId } from '../../claim-server/payments/number-of-id.ts'
import { toTimeline } from '../../claim-server/staff/claim-timeline.ts'
import { inWords } from '../../claim-server/staff/in-words.ts'
import type { MockNotice } from './claim-notices.ts'
import type { ClaimServerState, MockClaim, MockPayment } from './claim-server-state.ts'
import type { ServeStaff } from './staff-audit.ts'
import { contains, pageOf, type Place } from './staff-pages.ts'

type Query = Received<typeof calls.searchClaims>['query']
type Read = ReplyOf<typeof calls.readClaim>

const toStaffClaim = ({ customers }: ClaimServerState, claim: MockClaim): calls.StaffClaim => ({
  orderNumber: claim.orderNumber,
  status: claim.status,
  shopId: claim.shop.shopId,
  shopName: claim.shop.name,
  customerId: claim.customerId ?? null,
  customerName: customers.get(claim.customerId ?? '')?.name ?? null,
  account: claim.account ?? null,
  description: claim.description,
  amountMinor: claim.amountMinor,
  currency: claim.currency,
  orderedOn: claim.orderedOn,
  timeLimit: claim.timeLimit,
  paymentId: claim.paymentId ?? null,
})

const isOfCustomer = ({ customers }: ClaimServerState, claim: MockClaim, text: string) => {
  const { customerId = '' } = claim
  const known = customers.get(customerId)
  if (!known) return false
  return customers.has(text) ? customerId === text : contains(text, known.name)
}

const isOfShop = ({ shop }: MockClaim, text: string) =>
  shop.shopId === text || contains(text, shop.name, shop.nameJa)

const paymentsOf = ({ payments }: ClaimServerState, { orderNumber }: MockClaim): MockPayment[] =>
  [...payments.values()].filter((one) =>
    one.claims.some((claim) => claim.orderNumber === orderNumber),
  )

/** Accepted with that account, or held or paid from it once. */
const isOfAccount = (state: ClaimServerState, claim: MockClaim, account: string) =>
  claim.account === account ||
  paymentsOf(state, claim).some((one) => one.kind !== 'refund' && one.account === account)

/** A field that was left blank asks for nothing. */
const asked = (text: string | undefined, fits: (text: string) => boolean): boolean => {
  const said = text?.trim() ?? ''
  return said === '' || fits(said)
}

const isAsked = (state: ClaimServerState, query: Query, claim: MockClaim): boolean =>
  asked(query.orderNumber, (text) => parseOrderNumber(text) === claim.orderNumber) &&
  asked(query.customer, (text) => isOfCustomer(state, claim, text)) &&
  asked(query.shop, (text) => isOfShop(claim, text)) &&
  asked(query.account, (text) => isOfAccount(state, claim, text)) &&
  (query.amountMinor === undefined || claim.amountMinor === query.amountMinor) &&
  (query.from === undefined || claim.orderedOn >= query.from) &&
  (query.until === undefined || claim.orderedOn <= query.until) &&
  (query.status === undefined || claim.status === query.status)

const search = (
  state: ClaimServerState,
  { query }: Received<typeof calls.searchClaims>,
): ReplyOf<typeof calls.searchClaims> => {
  const isByDay = query.from !== undefined || query.until !== undefined
  const found = [...state.claims.values()].filter((one) => isAsked(state, query, one))
  const placeOf = ({ orderedOn, sequence }: MockClaim): Place => [
    isByDay ? orderedOn : '',
    sequence,
  ]
  const { shown, nextCursor } = pageOf(found, query, { first: 'newest', placeOf })
  return { claims: shown.map((one) => toStaffClaim(state, one)), nextCursor }
}

/** A receipt was verified when it came in; it counts while it says what is kept of its payment. */
const isReceiptRight = ({ receipt, status, digest }: MockPayment): boolean | null =>
  receipt === undefined
    ? null
    : receipt.result === status && (receipt.result === 'voided' || receipt.digest === digest)

const decided = ({ paymentId, receipt }: MockPayment) => ({
  reference: numberOfId('P', paymentId),
  reason: receipt?.reason ?? null,
  decidedAt: receipt?.decidedAt ?? null,
})

const toStaffPayment = (payment: MockPayment): Read['payments'][number] => ({
  ...decided(payment),
  paymentId: payment.paymentId,
  status: payment.status,
  account: payment.account,
  amountMinor: sumMinor(payment.groups.map((one) => one.amountMinor)),
  createdAt: payment.createdAt,
  receiptVerified: isReceiptRight(payment),
})

const toNotice = (notice: MockNotice): Read['notices'][number] => ({
  noticeId: notice.noticeId,
  event: notice.event,
  recipient: notice.recipient,
  channel: notice.channel,
  status: notice.status,
  attempts: notice.attempts,
  deliveredAt: notice.deliveredAt,
})

const exceptionsOf = ({ payments }: ClaimServerState, { orderNumber }: MockClaim) =>
  [...payments.values()]
    .flatMap((one) => one.exceptions.get(orderNumber) ?? [])
    .filter((one) => one.kind !== 'unknown-order')
    .sort((a, b) => a.sequence - b.sequence)
    .map(({ exceptionId, kind, closedAt }) => ({ exceptionId, kind, closedAt }))

const read = (state: ClaimServerState, orderNumber: string): Read => {
  const claim = state.claims.get(orderNumber)
  if (!claim) throw new AppError('not-found')
  const notices = state.notices.filter((one) => one.orderNumber === orderNumber)
  const payments = paymentsOf(state, claim).filter(
    (one) => one.kind !== 'refund' || one.refundedPaymentId !== undefined,
  )
  return {
    claim: toStaffClaim(state, claim),
    timeline: toTimeline({
      history: claim.history,
      payments: payments.map((one) => ({ ...one, ...decided(one) })),
      notices,
    }),
    payments: payments.map(toStaffPayment),
    exceptions: exceptionsOf(state, claim),
    notices: notices.map(toNotice),
  }
}

/** Any claim of the bank: found, and read with everything that is known of it. */
export const serveStaffClaims = (serve: ServeStaff, state: ClaimServerState): void => {
  serve(
    calls.searchClaims,
    ({ query }) => ({ subject: 'claims', detail: inWords(query) }),
    (input) => search(state, input),
  )

  serve(
    calls.readClaim,
    ({ params }) => ({ subject: params.orderNumber }),
    ({ params }) => read(state, params.orderNumber),
  )
}
