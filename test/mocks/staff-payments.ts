import type { Received, ReplyOf } from '#shared/contracts/call.ts'
import * as calls from '#shared/contracts/staff.ts'
import { sumMinor } from '#shared/money.ts'
import { numberOfId } from '../../claim-server/payments/number-of-id.ts'
import { inWords } from '../../claim-server/staff/in-words.ts'
import type { ClaimServerState, MockException, MockPayment } from './claim-server-state.ts'
import type { ServeStaff } from './staff-audit.ts'
import { pageOf } from './staff-pages.ts'

/** A claim that its customer declined as not theirs. */
export interface MockReport {
  orderNumber: string
  customerId: string
  text: string | null
  reportedAt: Date
}

type OpenPayment = ReplyOf<typeof calls.listOpenPayments>['payments'][number]

const toOpenPayment = (payment: MockPayment): OpenPayment => ({
  paymentId: payment.paymentId,
  reference: numberOfId('P', payment.paymentId),
  customerId: payment.payer,
  account: payment.account,
  amountMinor: sumMinor(payment.groups.map((one) => one.amountMinor)),
  currency: payment.currency,
  since: payment.createdAt,
  submitBefore: payment.submitBefore,
  timesAsked: payment.timesAsked,
})

const listOpen = (
  { payments }: ClaimServerState,
  { query }: Received<typeof calls.listOpenPayments>,
): ReplyOf<typeof calls.listOpenPayments> => {
  const open = [...payments.values()].filter((one) => one.status === 'paying')
  const { shown, nextCursor } = pageOf(open, query, {
    first: 'oldest',
    placeOf: ({ createdAt, paymentId }) => [`${createdAt.toISOString()} ${paymentId}`, 0],
  })
  return { payments: shown.map(toOpenPayment), nextCursor }
}

interface Case {
  payment: MockPayment
  orderNumber: string
  exception: MockException
}

const toStaffException = ({ payment, orderNumber, exception }: Case) => ({
  exceptionId: exception.exceptionId,
  orderNumber,
  kind: exception.kind,
  paymentId: payment.paymentId,
  customerId: payment.payer,
  customerAccount: payment.account,
  payeeAccount: exception.payeeAccount,
  amountMinor: exception.amountMinor,
  currency: payment.currency,
  openedAt: exception.openedAt,
  closedAt: exception.closedAt,
  refundPaymentId: exception.refundPaymentId,
})

const listExceptions = (
  { payments }: ClaimServerState,
  { query }: Received<typeof calls.listExceptions>,
): ReplyOf<typeof calls.listExceptions> => {
  const { open, exceptionId } = query
  const found = [...payments.values()]
    .flatMap((payment) =>
      [...payment.exceptions].map(([orderNumber, exception]) => ({
        payment,
        orderNumber,
        exception,
      })),
    )
    .filter(
      ({ exception }) =>
        (open === undefined || open === (exception.closedAt === null)) &&
        (exceptionId === undefined || exception.exceptionId === exceptionId),
    )
  const { shown, nextCursor } = pageOf(found, query, {
    first: 'newest',
    placeOf: ({ exception: { openedAt, sequence } }) => [openedAt.toISOString(), sequence],
  })
  return { exceptions: shown.map(toStaffException), nextCursor }
}

const toStaffReport = ({ claims }: ClaimServerState, report: MockReport) => {
  const claim = claims.get(report.orderNumber)
  if (!claim) return []
  const { shop, amountMinor, currency } = claim
  return [{ ...report, shopId: shop.shopId, shopName: shop.name, amountMinor, currency }]
}

const listReports = (
  state: ClaimServerState,
  { query }: Received<typeof calls.listReports>,
): ReplyOf<typeof calls.listReports> => {
  const { shown, nextCursor } = pageOf(state.reports, query, {
    first: 'newest',
    placeOf: ({ reportedAt }, at) => [reportedAt.toISOString(), at],
  })
  return { reports: shown.flatMap((one) => toStaffReport(state, one)), nextCursor }
}

/** What staff look into: payments without a receipt, money for claims that were not free, reports. */
export const serveStaffPayments = (serve: ServeStaff, state: ClaimServerState): void => {
  serve(
    calls.listOpenPayments,
    () => ({ subject: 'open payments' }),
    (input) => listOpen(state, input),
  )

  serve(
    calls.listExceptions,
    ({ query }) => ({ subject: 'exceptions', detail: inWords(query) }),
    (input) => listExceptions(state, input),
  )

  serve(
    calls.listReports,
    () => ({ subject: 'reports' }),
    (input) => listReports(state, input),
  )
}
