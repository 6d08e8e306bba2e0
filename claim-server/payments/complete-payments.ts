import { type Answer, answerOf, answerRest, onlyReply } from '#shared/batched-calls.ts'
import { changeTogether } from '#shared/change-by-call.ts'
import type { PaymentStatus } from '#shared/contracts/claim-server.ts'
import type { Transaction } from '#shared/database.ts'
import type { ServiceCaller } from '#shared/service-token.ts'
import { settleClaims } from '../claims/change-claims.ts'
import type { Deps } from '../deps.ts'
import { writeNotices } from '../notices/write-notices.ts'
import { spentTokens } from '../spent-tokens.table.ts'
import { completePayment } from './complete-payment.ts'
import { decidePayments } from './decide-payment.ts'
import { findInstructedLegs, lockClaimsOfReceipts, lockPaymentRows } from './lock-for-receipts.ts'
import {
  type BelievedReceipt,
  type ExecutedReceipt,
  isExecuted,
  readReceipt,
} from './read-receipt.ts'
import { weighReceipt } from './weigh-receipt.ts'

type CompleteDeps = Pick<Deps, 'db' | 'clock' | 'trust' | 'newId' | 'log'>

export interface PaymentToComplete {
  receipt: string
  /** The resolver has none. */
  caller?: ServiceCaller
}

export interface CompletedPayment {
  paymentId: string
  status: PaymentStatus
}

/** A receipt that found everything as its instruction said, as nearly all do. */
interface PlainReceipt {
  receipt: BelievedReceipt & { content: ExecutedReceipt }
  orderIds: string[]
}

type Found = Awaited<ReturnType<typeof lockAndFind>>

const lockAndFind = async (tx: Transaction, receipts: readonly BelievedReceipt[]) => {
  const contents = receipts.map((one) => one.content)
  const ids = contents.map((one) => one.jti)
  const [claims, payments, legs] = await Promise.all([
    lockClaimsOfReceipts(tx, contents),
    lockPaymentRows(tx, ids),
    findInstructedLegs(tx, ids),
  ])
  return { claims, payments, legs }
}

/** Those of the receipts that find their payment and all its claims waiting for them, each claim once. */
const findPlain = (
  receipts: readonly BelievedReceipt[],
  { claims, payments, legs }: Found,
): PlainReceipt[] => {
  const taken = new Set<string>()
  return receipts.flatMap((receipt) => {
    const { content } = receipt
    const payment = payments.find((one) => one.id === content.jti)
    if (!isExecuted(content) || content.kind === 'refund' || payment?.status !== 'paying') return []
    const own = legs.filter((leg) => leg.paymentId === content.jti)
    const weighed = weighReceipt(content, {
      payment: { ...payment, legs: own },
      claims,
      shopOfAccount: new Map(),
    })
    const orderIds = weighed.flatMap(({ orderId }) => orderId ?? [])
    const isPlain =
      weighed.every((one) => one.outcome === 'settled') &&
      own.every((leg) => orderIds.includes(leg.orderId)) &&
      ![content.jti, ...orderIds].some((id) => taken.has(id))
    if (!isPlain) return []
    for (const id of [content.jti, ...orderIds]) taken.add(id)
    return [{ receipt: { ...receipt, content }, orderIds }]
  })
}

/** Decides and settles all of them by one statement each. */
const settleTogether = async (
  deps: CompleteDeps,
  tx: Transaction,
  plain: readonly PlainReceipt[],
): Promise<void> => {
  if (plain.length === 0) return
  const claims = plain.flatMap(({ receipt: { content }, orderIds }) =>
    orderIds.map((orderId) => ({
      orderId,
      paymentId: content.jti,
      settledAt: content.decidedAt,
    })),
  )
  // One connection runs them in this order; not waiting in between saves two round trips.
  const [, settled] = await Promise.all([
    decidePayments(
      tx,
      plain.map(({ receipt }) => ({ receipt, from: 'paying' })),
    ),
    settleClaims(tx, { claims, at: deps.clock.now() }),
    writeNotices(
      tx,
      deps,
      claims.map(({ orderId, paymentId }) => ({
        orderId,
        event: 'claim-settled',
        occasion: paymentId,
      })),
    ),
  ])
  // They were free under lock. Rolling back leaves the payments open, so that they are tried again.
  if (settled.length !== claims.length) throw new Error('a claim that was free did not settle')
}

const complete = async (
  deps: CompleteDeps,
  tx: Transaction,
  receipts: readonly BelievedReceipt[],
  found: Found,
): Promise<Answer<CompletedPayment>[]> => {
  const plain = findPlain(receipts, found)
  await settleTogether(deps, tx, plain)
  const settled = new Set(plain.map(({ receipt }) => receipt.token))
  const answers: Answer<CompletedPayment>[] = []
  for (const receipt of receipts) {
    const status = settled.delete(receipt.token)
      ? 'settled'
      : await completePayment(deps, tx, receipt)
    answers.push({ reply: { paymentId: receipt.content.jti, status } })
  }
  return answers
}

/**
 * Step 5 of a payment, for the receipts of one call: the core's receipt decides. Executed settles its
 * claims, refused and voided release them, in one transaction with the notices (Figs. 15, 31). Repeats
 * change nothing. A valid receipt is never refused: one of an unknown payment makes its rows, and a
 * claim that isn't free opens an exception. Answers `invalid` for what is no receipt of the core.
 */
export const completePayments = async (
  deps: CompleteDeps,
  inputs: readonly PaymentToComplete[],
): Promise<Answer<CompletedPayment>[]> => {
  const read = await Promise.all(
    inputs.map(({ receipt }) => answerOf(() => readReceipt(deps, receipt))),
  )
  return answerRest(read, (receipts) =>
    // Two receipts of one unknown payment may come at once: tried again, it is known.
    changeTogether({ db: deps.db, spentTokens }, inputs[0]?.caller, receipts, {
      find: lockAndFind,
      change: (tx, some, found) => complete(deps, tx, some, found),
    }),
  )
}

/** The same for one. Throws what `completePayments` answers. */
export const completeByReceipt = async (
  deps: CompleteDeps,
  input: PaymentToComplete,
): Promise<CompletedPayment> => onlyReply(await completePayments(deps, [input]))
