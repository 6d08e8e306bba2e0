import { randomUUIDv7 } from 'node:crypto'
import type { Hono } from 'hono'
import type { Received, ReplyOf } from '#shared/contracts/call.ts'
import { completePayment, findPayment, reserveRun } from '#shared/contracts/claim-server.ts'
import { digestOf, groupsOf, type PaymentContent } from '#shared/contracts/payment-content.ts'
import { AppError, fieldError } from '#shared/errors.ts'
import { feeOf } from '../../claim-server/quotes/price-groups.ts'
import { answerCall } from './answer-call.ts'
import {
  type Agreement,
  type DocumentOptions,
  draft,
  isOver,
  readAgreement,
  readBankDocument,
} from './claim-drafts.ts'
import { applyReceipt } from './claim-payments.ts'
import {
  changeStatus,
  type ClaimServerState,
  findOwn,
  type MockClaim,
  type MockPayment,
  statusOf,
} from './claim-server-state.ts'
import { toPayment } from './claim-views.ts'
import { feesOn } from './fee-table.ts'
import { serveRefunds } from './mock-refunds.ts'

type Reserved = ReplyOf<typeof reserveRun>

const checkForm = (contents: readonly PaymentContent[]) => {
  for (const [at, { kind }] of contents.entries())
    if (kind !== 'payment')
      throw fieldError(`#/payments/${at}/kind`, 'only payments of today can be reserved here')
  if (new Set(contents.map((one) => one.paymentId)).size !== contents.length)
    throw fieldError('#/payments', 'the same payment id twice')
  const numbers = contents.flatMap((one) => one.claims.map((claim) => claim.orderNumber))
  if (new Set(numbers).size !== numbers.length)
    throw fieldError('#/payments', 'the same claim in two payments')
}

const checkKnown = (
  state: ClaimServerState,
  customerId: string,
  contents: readonly PaymentContent[],
) => {
  if (state.scenarios.otherContent) {
    state.scenarios.otherContent = false
    throw new AppError('digest-mismatch')
  }
  for (const content of contents) {
    const known = state.payments.get(content.paymentId)
    if (known && known.payer !== customerId) throw new AppError('not-found')
    if (known && known.digest !== digestOf(content)) throw new AppError('digest-mismatch')
  }
}

const inTheWay = ({ orderNumber, status, paymentId }: MockClaim) => ({
  orderNumber,
  status,
  paymentId: paymentId ?? null,
})

const numbersOf = (contents: readonly PaymentContent[]) =>
  contents.flatMap((one) => one.claims.map((claim) => claim.orderNumber))

/** Claims of known payments that were never instructed: the customer is sent to what became of them. */
const withoutInstruction = (state: ClaimServerState, contents: readonly PaymentContent[]) =>
  contents
    .filter((one) => state.payments.get(one.paymentId)?.instruction === null)
    .flatMap(({ paymentId, claims }) =>
      claims.map(({ orderNumber }) => ({
        orderNumber,
        status: state.claims.get(orderNumber)?.status ?? ('settled' as const),
        paymentId,
      })),
    )

/** Claims of a content of which the mock knows otherwise: amount, payee, holder, fee, day. */
const staleClaims = (state: ClaimServerState, content: PaymentContent, day: string) => {
  const { payerAccount, currency } = content
  const fees = feesOn(state, day)
  const overpriced = groupsOf(content)
    .filter(
      ({ payeeAccount, amountMinor, feeMinor }) =>
        feeOf(fees, payerAccount, payeeAccount, amountMinor) !== feeMinor,
    )
    .map((group) => group.payeeAccount)
  return content.claims.flatMap(({ orderNumber, payeeAccount, payeeHolder, amountMinor }) => {
    const claim = state.claims.get(orderNumber)
    if (!claim) return []
    const agrees =
      content.day === day &&
      !overpriced.includes(payeeAccount) &&
      claim.amountMinor === amountMinor &&
      claim.currency === currency &&
      claim.shop.accounts.includes(payeeAccount) &&
      state.holders.get(payeeAccount) === payeeHolder
    return agrees ? [] : [inTheWay(claim)]
  })
}

const hold = (state: ClaimServerState, payment: MockPayment) => {
  state.payments.set(payment.paymentId, payment)
  for (const { orderNumber } of payment.claims) {
    const claim = state.claims.get(orderNumber)
    if (!claim) continue
    Object.assign(claim, { paymentId: payment.paymentId, payingSince: state.clock.now() })
    changeStatus(state, claim, { status: 'paying', by: 'customer' })
  }
}

const refuse = (
  reason: Extract<Reserved, { outcome: 'not-reserved' }>['reason'],
  claims: ReturnType<typeof inTheWay>[],
): Reserved => ({ outcome: 'not-reserved', reason, claims })

/** Why the payments that are not known yet can't be held; undefined when they can. */
const refuseFresh = (
  state: ClaimServerState,
  customerId: string,
  fresh: readonly PaymentContent[],
  agreement: Agreement,
): Reserved | undefined => {
  const own = numbersOf(fresh).map((number) => findOwn(state, customerId, number))
  if (fresh.length > 0 && isOver(agreement)) return refuse('authorisation-expired', [])
  const taken = own.filter(
    ({ status, timeLimit, shop }) =>
      status !== 'unsettled' || timeLimit < agreement.day || statusOf(shop) === 'suspended',
  )
  if (taken.length > 0) return refuse('claim-not-payable', taken.map(inTheWay))
  const stale = fresh.flatMap((one) => staleClaims(state, one, agreement.day))
  return stale.length > 0 ? refuse('content-stale', stale) : undefined
}

const reserve = async (
  { keys, documents }: DocumentOptions,
  state: ClaimServerState,
  { params: { customerId }, body }: Received<typeof reserveRun>,
): Promise<Reserved> => {
  const { payments: contents } = body
  checkForm(contents)
  const agreement = await readAgreement(state, documents, body.authorisation, contents)
  if (agreement.payer !== customerId) throw new AppError('not-found')
  const runId = randomUUIDv7()
  const drafts = await Promise.all(
    contents.map((content) => draft(keys, content, agreement, { runId })),
  )
  // From here on nothing waits: what is checked still holds when the claims are held.
  checkKnown(state, customerId, contents)
  const elsewhere = withoutInstruction(state, contents)
  if (elsewhere.length > 0) return refuse('claim-not-payable', elsewhere)
  const known = contents.flatMap((one) => state.payments.get(one.paymentId) ?? [])
  const fresh = contents.filter((one) => !state.payments.has(one.paymentId))
  const refused = refuseFresh(state, customerId, fresh, agreement)
  if (refused) return refused
  const held = drafts.filter((one) => !state.payments.has(one.paymentId))
  for (const one of held) hold(state, one)
  const payments = [...known, ...held].map(({ paymentId, instruction, submitBefore }) => ({
    paymentId,
    instruction: instruction ?? '',
    submitBefore,
  }))
  return { outcome: 'reserved', payments }
}

/** Steps 3 and 5 of a payment, its state, and refunds. */
export const servePayments = (app: Hono, options: DocumentOptions, state: ClaimServerState) => {
  answerCall(app, options, reserveRun, (input) => reserve(options, state, input))

  answerCall(app, options, findPayment, async ({ params: { customerId, paymentId } }) => {
    const payment = state.payments.get(paymentId)
    if (payment?.payer !== customerId || payment.kind === 'refund') throw new AppError('not-found')
    return toPayment(state, payment)
  })

  const complete = async (token: string) => {
    const receipt = await readBankDocument(options.documents, 'receipt', token)
    return { paymentId: receipt.jti, status: applyReceipt(state, receipt) }
  }
  answerCall(app, options, completePayment, ({ body }) => complete(body.receipt))
  serveRefunds(app, options, state)
  return { complete }
}
