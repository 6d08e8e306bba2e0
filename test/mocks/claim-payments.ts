import { randomUUIDv7 } from 'node:crypto'
import { fieldError } from '#shared/errors.ts'
import type { PaymentStatus } from '#shared/contracts/claim-server.ts'
import type { Receipt } from '#shared/contracts/documents.ts'
import { dateIn } from '#shared/dates.ts'
import { sumMinor } from '#shared/money.ts'
import { numberOfId } from '../../claim-server/payments/number-of-id.ts'
import type { ExecutedReceipt } from '../../claim-server/payments/read-receipt.ts'
import {
  type ClaimOfReceipt,
  type WeighedLeg,
  weighReceipt,
} from '../../claim-server/payments/weigh-receipt.ts'
import { writeNotices } from './claim-notices.ts'
import {
  changeStatus,
  type ClaimServerState,
  type MockClaim,
  type MockPayment,
  tell,
} from './claim-server-state.ts'
import { shownStatus } from './claim-views.ts'

const isExecuted = (receipt: Receipt): receipt is ExecutedReceipt => receipt.result === 'executed'

const involvedClaims = (
  { claims }: ClaimServerState,
  payment: MockPayment | undefined,
  receipt: Receipt,
): MockClaim[] => {
  const numbers = [...(payment?.claims ?? []), ...receipt.legs].map((one) => one.orderNumber)
  return [...new Set(numbers)].flatMap((number) => claims.get(number) ?? [])
}

const toWeigh = (claim: MockClaim): ClaimOfReceipt => ({
  orderId: claim.orderNumber,
  orderNumber: claim.orderNumber,
  status: claim.status,
  paymentId: claim.paymentId ?? null,
  customerId: claim.customerId ?? null,
  shopId: claim.shop.shopId,
  amountMinor: claim.amountMinor,
  currency: claim.currency,
})

const instructedLegs = ({ claims, groups }: MockPayment) =>
  claims.map(({ orderNumber, transferId, amountMinor }) => {
    const group = groups.find((one) => one.transferId === transferId)
    return {
      orderNumber,
      amountMinor,
      transferId,
      payeeAccount: group?.payeeAccount ?? '',
      feeMinor: group?.feeMinor ?? 0n,
    }
  })

/** A payment as only its receipt tells of it: nothing was reserved here. */
const paymentOf = (state: ClaimServerState, receipt: ExecutedReceipt): MockPayment => {
  const authorisedAt = receipt.authorisedAt ?? receipt.decidedAt
  const groups = [...Map.groupBy(receipt.legs, (leg) => leg.transferId)].map(
    ([transferId, legs]) => ({
      transferId,
      groupNumber: numberOfId('G', transferId),
      payeeAccount: legs[0]?.payeeAccount ?? '',
      payeeHolder: '',
      amountMinor: sumMinor(legs.map((leg) => leg.amountMinor)),
      feeMinor: receipt.fees.find((fee) => fee.transferId === transferId)?.feeMinor ?? 0n,
    }),
  )
  return {
    paymentId: receipt.jti,
    runId: randomUUIDv7(),
    payer: receipt.payer,
    kind: receipt.kind,
    status: 'executed',
    account: receipt.payerAccount,
    day: dateIn(state.timeZone, authorisedAt),
    currency: receipt.currency,
    digest: receipt.digest,
    instruction: null,
    submitBefore: new Date(),
    createdAt: new Date(),
    timesAsked: 0,
    authorisedAt,
    receipt,
    groups,
    claims: [],
    exceptions: new Map(),
    refundedPaymentId: undefined,
  }
}

const exceptionsOf = ({ payments }: ClaimServerState) =>
  [...payments.values()].flatMap((one) => [...one.exceptions.values()])

const openExceptions = (
  state: ClaimServerState,
  payment: MockPayment,
  weighed: readonly WeighedLeg[],
) => {
  for (const { leg, outcome } of weighed) {
    const { orderNumber, transferId, payeeAccount, amountMinor } = leg
    if (outcome === 'settled' || payment.exceptions.has(orderNumber)) continue
    payment.exceptions.set(orderNumber, {
      exceptionId: randomUUIDv7(),
      sequence: exceptionsOf(state).length,
      kind: outcome,
      transferId,
      payeeAccount,
      amountMinor,
      openedAt: state.clock.now(),
      closedAt: null,
      refundPaymentId: null,
    })
    const claim = state.claims.get(orderNumber)
    if (!claim) continue
    tell(state, claim, { event: outcome, by: 'core' })
    if (outcome === 'paid-late' || outcome === 'paid-twice')
      writeNotices(state, claim, 'paid-late', payment.paymentId)
  }
}

const release = (
  state: ClaimServerState,
  { paymentId }: MockPayment,
  claims: readonly MockClaim[],
  reason: string,
) => {
  for (const claim of claims) {
    if (claim.status !== 'paying' || claim.paymentId !== paymentId) continue
    Object.assign(claim, { paymentId: undefined, payingSince: undefined })
    changeStatus(state, claim, { status: 'unsettled', by: 'core', event: 'released', reason })
  }
}

const settle = (
  state: ClaimServerState,
  known: MockPayment | undefined,
  receipt: ExecutedReceipt,
): PaymentStatus => {
  const involved = involvedClaims(state, known, receipt)
  const shopOfAccount = new Map(
    state.shops.flatMap(({ shopId, accounts }) => accounts.map((one) => [one, shopId] as const)),
  )
  const weighed = weighReceipt(receipt, {
    payment: known && {
      digest: known.digest,
      customerId: known.payer,
      account: known.account,
      legs: instructedLegs(known),
    },
    claims: involved.map(toWeigh),
    shopOfAccount,
  })
  const payment = known ?? paymentOf(state, receipt)
  state.payments.set(payment.paymentId, payment)
  if (!known)
    payment.claims = weighed
      .filter((one) => one.orderId !== undefined)
      .map(({ leg: { orderNumber, transferId, amountMinor } }) => ({
        orderNumber,
        transferId,
        amountMinor,
        live: false,
      }))
  const settled = weighed.filter((one) => one.outcome === 'settled')
  const numbers = new Set(settled.map((one) => one.orderId))
  const others = involved.filter((one) => !numbers.has(one.orderNumber))
  release(state, payment, others, 'not in the receipt')
  for (const one of payment.claims) one.live = numbers.has(one.orderNumber)
  Object.assign(payment, { status: 'executed', receipt })
  for (const claim of involved.filter((one) => numbers.has(one.orderNumber))) {
    const { paymentId } = payment
    Object.assign(claim, { paymentId, payingSince: undefined, settledAt: receipt.decidedAt })
    changeStatus(state, claim, { status: 'settled', by: 'core' })
    writeNotices(state, claim, 'claim-settled', paymentId)
  }
  openExceptions(state, payment, weighed)
  return settled.length === weighed.length ? 'settled' : 'exception'
}

/** What of a claim has gone back, or is about to, by refunds of that payment. */
export const refundedMinor = (
  { payments }: ClaimServerState,
  paymentId: string,
  orderNumber: string,
  counted: readonly MockPayment['status'][] = ['paying', 'executed'],
): bigint =>
  sumMinor(
    [...payments.values()]
      .filter((one) => one.refundedPaymentId === paymentId && counted.includes(one.status))
      .flatMap((one) => one.claims.filter((claim) => claim.orderNumber === orderNumber))
      .map((one) => one.amountMinor),
  )

const recordRefund = (
  state: ClaimServerState,
  { paymentId }: MockPayment,
  refundedPaymentId: string,
  orderNumber: string,
) => {
  const exception = state.payments.get(refundedPaymentId)?.exceptions.get(orderNumber)
  const back = refundedMinor(state, refundedPaymentId, orderNumber, ['executed'])
  if (exception && !exception.closedAt && exception.amountMinor <= back)
    Object.assign(exception, { closedAt: state.clock.now(), refundPaymentId: paymentId })
  const claim = state.claims.get(orderNumber)
  if (!claim) return
  tell(state, claim, { event: 'refunded', by: 'core' })
  writeNotices(state, claim, 'claim-refunded', paymentId)
}

const isAsInstructed = (payment: MockPayment, receipt: ExecutedReceipt): boolean => {
  const [leg, ...more] = receipt.legs
  const [own] = instructedLegs(payment)
  return (
    more.length === 0 &&
    payment.digest === receipt.digest &&
    payment.payer === receipt.payer &&
    payment.account === receipt.payerAccount &&
    leg?.orderNumber === own?.orderNumber &&
    leg?.amountMinor === own?.amountMinor &&
    leg?.transferId === own?.transferId &&
    leg?.payeeAccount === own?.payeeAccount
  )
}

/** The executed payment of that claim between the same two accounts. */
const findRefunded = ({ payments }: ClaimServerState, receipt: ExecutedReceipt) => {
  const [leg, ...more] = receipt.legs
  if (!leg || more.length > 0) return undefined
  return [...payments.values()].find(
    (one) =>
      one.status === 'executed' &&
      one.account === leg.payeeAccount &&
      one.groups.some((group) => group.payeeAccount === receipt.payerAccount) &&
      one.claims.some((claim) => claim.orderNumber === leg.orderNumber),
  )
}

const completeRefund = (
  state: ClaimServerState,
  known: MockPayment | undefined,
  receipt: ExecutedReceipt,
): PaymentStatus => {
  const payment = known ?? paymentOf(state, receipt)
  state.payments.set(payment.paymentId, payment)
  if (!known) {
    payment.refundedPaymentId = findRefunded(state, receipt)?.paymentId
    payment.claims = receipt.legs.map((leg) => ({ ...leg, live: false }))
  }
  Object.assign(payment, { status: 'executed', receipt })
  const { refundedPaymentId } = payment
  const orderNumber = receipt.legs[0]?.orderNumber ?? ''
  if (refundedPaymentId && isAsInstructed(payment, receipt)) {
    recordRefund(state, payment, refundedPaymentId, orderNumber)
    return 'settled'
  }
  const outcome = state.claims.has(orderNumber) && known ? 'differs' : 'unknown-order'
  openExceptions(
    state,
    payment,
    receipt.legs.map((leg) => ({ leg, orderId: undefined, outcome })),
  )
  return 'exception'
}

/**
 * The receipt decides, whatever the mock knows of the payment: executed settles what is free and opens
 * an exception for what is not, refused and voided release. A repeat changes nothing.
 */
export const applyReceipt = (state: ClaimServerState, receipt: Receipt): PaymentStatus => {
  const known = state.payments.get(receipt.jti)
  if (known?.status === receipt.result) return shownStatus(known)
  if (isExecuted(receipt)) {
    if (!receipt.payerAccount || !receipt.currency || receipt.legs.length === 0)
      throw fieldError(
        '#/receipt',
        'a receipt of an executed payment names account, currency, legs',
      )
    return receipt.kind === 'refund'
      ? completeRefund(state, known, receipt)
      : settle(state, known, receipt)
  }
  const ended = receipt.result === 'refused' ? 'refused' : 'voided'
  if (known && known.status !== 'paying') return shownStatus(known)
  if (known) {
    release(state, known, involvedClaims(state, known, receipt), receipt.reason ?? receipt.result)
    for (const one of known.claims) one.live = false
    Object.assign(known, { status: ended, receipt })
  }
  return ended
}
