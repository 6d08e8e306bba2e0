import { randomUUIDv7 } from 'node:crypto'
import type { Hono } from 'hono'
import type { Received, ReplyOf } from '#shared/contracts/call.ts'
import { reserveRefund } from '#shared/contracts/claim-server.ts'
import { digestOf, type PaymentContent } from '#shared/contracts/payment-content.ts'
import { AppError, fieldError } from '#shared/errors.ts'
import { answerCall } from './answer-call.ts'
import { type DocumentOptions, draft, isOver, readAgreement } from './claim-drafts.ts'
import { refundedMinor } from './claim-payments.ts'
import type { ClaimServerState, MockPayment } from './claim-server-state.ts'

type ReservedRefund = ReplyOf<typeof reserveRefund>

const checkRefundForm = ({ kind, claims, fees }: PaymentContent): string => {
  if (kind !== 'refund') throw fieldError('#/content/kind', 'only refunds are reserved here')
  const [claim, ...more] = claims
  if (!claim || more.length > 0)
    throw fieldError('#/content/claims', 'a refund is of exactly one claim')
  if (fees.some((fee) => fee.feeMinor !== 0n))
    throw fieldError('#/content/fees', 'a refund is free of charge')
  return claim.orderNumber
}

const findExecuted = ({ payments }: ClaimServerState, paymentId: string): MockPayment => {
  const payment = payments.get(paymentId)
  if (payment?.status !== 'executed' || payment.kind === 'refund') throw new AppError('not-found')
  return payment
}

/** What that payment paid for the claim, and to which account. Throws `not-found`. */
const findPaid = ({ exceptions, claims, groups }: MockPayment, orderNumber: string) => {
  const exception = exceptions.get(orderNumber)
  if (exception) return exception
  const leg = claims.find((one) => one.orderNumber === orderNumber && one.live)
  const group = groups.find((one) => one.transferId === leg?.transferId)
  if (!leg || !group) throw new AppError('not-found')
  return { payeeAccount: group.payeeAccount, amountMinor: leg.amountMinor }
}

const knownRefund = (
  { payments }: ClaimServerState,
  content: PaymentContent,
): ReservedRefund | undefined => {
  const known = payments.get(content.paymentId)
  if (!known) return undefined
  if (known.digest !== digestOf(content)) throw new AppError('digest-mismatch')
  const { paymentId, instruction, submitBefore } = known
  return instruction === null
    ? { outcome: 'not-reserved', reason: 'too-much', refundableMinor: 0n }
    : { outcome: 'reserved', paymentId, instruction, submitBefore }
}

const prepare = async (
  { keys, documents }: DocumentOptions,
  state: ClaimServerState,
  { refundedPaymentId, content, authorisation }: Received<typeof reserveRefund>['body'],
): Promise<ReservedRefund> => {
  const orderNumber = checkRefundForm(content)
  const agreement = await readAgreement(state, documents, authorisation, [content])
  const made = await draft(keys, content, agreement, { runId: randomUUIDv7(), refundedPaymentId })
  const payment = findExecuted(state, refundedPaymentId)
  const known = knownRefund(state, content)
  if (known) return known
  const paid = findPaid(payment, orderNumber)
  const back = refundedMinor(state, refundedPaymentId, orderNumber)
  const refundableMinor = paid.amountMinor > back ? paid.amountMinor - back : 0n
  const refuseRefund = (
    reason: Extract<ReservedRefund, { outcome: 'not-reserved' }>['reason'],
  ): ReservedRefund => ({ outcome: 'not-reserved', reason, refundableMinor })
  if (isOver(agreement)) return refuseRefund('authorisation-expired')
  const goesBackAsPaid =
    content.payerAccount === paid.payeeAccount &&
    content.claims[0]?.payeeAccount === payment.account &&
    content.currency === payment.currency &&
    content.day === agreement.day &&
    agreement.payer === payment.payer
  if (!goesBackAsPaid) return refuseRefund('content-stale')
  if ((content.claims[0]?.amountMinor ?? 0n) > refundableMinor) return refuseRefund('too-much')
  state.payments.set(made.paymentId, made)
  const { paymentId, instruction, submitBefore } = made
  return { outcome: 'reserved', paymentId, instruction, submitBefore }
}

/** Money back that two staff members authorised at the core: its receipt completes it like any other. */
export const serveRefunds = (
  app: Hono,
  options: DocumentOptions,
  state: ClaimServerState,
): void => {
  answerCall(app, options, reserveRefund, ({ body }) => prepare(options, state, body))
}
