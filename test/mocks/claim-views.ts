import type { Claim, EntryOrder, Payment, PaymentStatus } from '#shared/contracts/claim-server.ts'
import { AppError } from '#shared/errors.ts'
import { sumMinor } from '#shared/money.ts'
import {
  type ClaimServerState,
  isNew,
  isOnHold,
  isPayable,
  type MockClaim,
  type MockPayment,
  type MockShop,
  statusOf,
  todayOf,
} from './claim-server-state.ts'
import { numberOfId } from '../../claim-server/payments/number-of-id.ts'

export const payeeOf = ({
  shopId,
  name,
  nameJa,
  kind,
  phone,
  mailAddress,
  website,
}: MockShop): Claim['payee'] => ({ shopId, name, nameJa, kind, phone, mailAddress, website })

const settlementOf = (
  { payments }: ClaimServerState,
  { orderNumber, status, paymentId = '', settledAt }: MockClaim,
): Claim['settlement'] => {
  const payment = payments.get(paymentId)
  const leg = payment?.claims.find((one) => one.orderNumber === orderNumber)
  const group = payment?.groups.find((one) => one.transferId === leg?.transferId)
  if (status !== 'settled' || !payment || !group || !settledAt) return null
  const { transferId, groupNumber } = group
  return { paymentId, transferId, groupNumber, account: payment.account, settledAt }
}

/** One claim as its customer sees it. */
export const toClaim = (state: ClaimServerState, claim: MockClaim): Claim => {
  const { status, paymentId, payingSince } = claim
  const isHeld = status === 'paying' && paymentId !== undefined && payingSince !== undefined
  return {
    orderNumber: claim.orderNumber,
    status,
    payee: payeeOf(claim.shop),
    description: claim.description,
    category: claim.category,
    amountMinor: claim.amountMinor,
    currency: claim.currency,
    orderedOn: claim.orderedOn,
    timeLimit: claim.timeLimit,
    originalTimeLimit: claim.originalTimeLimit,
    payable: isPayable(state, claim),
    onHold: isOnHold(claim),
    isNew: isNew(state, claim),
    inPayment: isHeld ? { paymentId, since: payingSince } : null,
    settlement: settlementOf(state, claim),
  }
}

export const isOpen = (
  state: ClaimServerState,
  { status, openUntil, timeLimit, shop }: MockClaim,
) =>
  status === 'provisional' &&
  state.clock.now() < openUntil &&
  todayOf(state) <= timeLimit &&
  statusOf(shop) === 'live'

/** An order as the entry screen and the acceptance page show it. */
export const toEntry = (state: ClaimServerState, claim: MockClaim): EntryOrder => ({
  orderNumber: claim.orderNumber,
  open: isOpen(state, claim),
  openUntil: claim.openUntil,
  payee: payeeOf(claim.shop),
  description: claim.description,
  category: claim.category,
  amountMinor: claim.amountMinor,
  currency: claim.currency,
  orderedOn: claim.orderedOn,
  timeLimit: claim.timeLimit,
  returnUrl: claim.returnUrl,
})

/** What the customer reads: an executed payment with a claim that was not free is an exception. */
export const shownStatus = ({ status, exceptions }: MockPayment): PaymentStatus => {
  if (status !== 'executed') return status
  return exceptions.size > 0 ? 'exception' : 'settled'
}

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

const toGroup = (
  state: ClaimServerState,
  payment: MockPayment,
  group: MockPayment['groups'][number],
): Payment['groups'][number] => {
  const shop = state.shops.find((one) => one.accounts.includes(group.payeeAccount))
  if (!shop) throw new AppError('internal')
  const own = payment.claims.filter((one) => one.transferId === group.transferId)
  return {
    groupNumber: group.groupNumber,
    transferId: group.transferId,
    payeeAccount: group.payeeAccount,
    payeeHolder: group.payeeHolder,
    payee: payeeOf(shop),
    amountMinor: group.amountMinor,
    feeMinor: group.feeMinor,
    claims: own
      .toSorted((a, b) => byText(a.orderNumber, b.orderNumber))
      .map(({ orderNumber, amountMinor }) => {
        const exception = payment.exceptions.get(orderNumber)
        return {
          orderNumber,
          description: state.claims.get(orderNumber)?.description ?? '',
          amountMinor,
          status: state.claims.get(orderNumber)?.status ?? 'unsettled',
          exceptionId: exception?.exceptionId ?? null,
          refundedAt: exception?.closedAt ?? null,
        }
      }),
  }
}

/** One payment as its customer sees it. */
export const toPayment = (state: ClaimServerState, payment: MockPayment): Payment => {
  const { receipt } = payment
  const amountMinor = sumMinor(payment.groups.map((one) => one.amountMinor))
  const feeMinor = sumMinor(payment.groups.map((one) => one.feeMinor))
  return {
    paymentId: payment.paymentId,
    runId: payment.runId,
    status: shownStatus(payment),
    reason: receipt?.reason ?? null,
    shortByMinor: receipt?.shortByMinor ?? null,
    reference: numberOfId('P', payment.paymentId),
    account: payment.account,
    day: payment.day,
    currency: payment.currency,
    amountMinor,
    feeMinor,
    totalMinor: amountMinor + feeMinor,
    since: payment.authorisedAt,
    decidedAt: receipt?.decidedAt ?? null,
    groups: payment.groups
      .map((group) => toGroup(state, payment, group))
      .sort((a, b) => byText(a.payee.name, b.payee.name) || byText(a.transferId, b.transferId)),
  }
}
