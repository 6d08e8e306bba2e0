import { and, eq, inArray } from 'drizzle-orm'
import type { PaymentStatus } from '#shared/contracts/claim-server.ts'
import type { Transaction } from '#shared/database.ts'
import { releaseClaims, settleClaims } from '../claims/change-claims.ts'
import type { Deps } from '../deps.ts'
import { type NewNotice, writeNotices } from '../notices/write-notices.ts'
import { completeRefund } from './complete-refund.ts'
import { decidePayment } from './decide-payment.ts'
import {
  findInstructedLegs,
  lockClaimsOfReceipts,
  type LockedPayment,
  lockPaymentRows,
} from './lock-for-receipts.ts'
import { openExceptions } from './open-exceptions.ts'
import { exceptions, paymentClaims, strayReceipts } from './payments.table.ts'
import { type BelievedReceipt, type ExecutedReceipt, isExecuted } from './read-receipt.ts'
import { findShopsOfAccounts, storeFromReceipt } from './store-from-receipt.ts'
import { type ClaimOfReceipt, type WeighedLeg, weighReceipt } from './weigh-receipt.ts'

type CompleteDeps = Pick<Deps, 'clock' | 'newId' | 'log'>

const heldBy = (involved: readonly ClaimOfReceipt[], paymentId: string) =>
  involved
    .filter((claim) => claim.status === 'paying' && claim.paymentId === paymentId)
    .map((claim) => claim.orderId)

const pairsOf = (orderIds: readonly string[], paymentId: string) =>
  orderIds.map((orderId) => ({ orderId, paymentId }))

/** A claim has one live payment: this one for what it settles, not for what it does not. */
const markLive = async (
  tx: Transaction,
  paymentId: string,
  live: boolean,
  orderIds: readonly string[],
): Promise<void> => {
  if (orderIds.length === 0) return
  await tx
    .update(paymentClaims)
    .set({ live })
    .where(
      and(eq(paymentClaims.paymentId, paymentId), inArray(paymentClaims.orderId, [...orderIds])),
    )
}

const noticeOf = ({ orderId, outcome }: WeighedLeg, occasion: string): NewNotice | undefined => {
  if (!orderId) return undefined
  if (outcome === 'settled') return { orderId, event: 'claim-settled', occasion }
  if (outcome === 'paid-late' || outcome === 'paid-twice')
    return { orderId, event: 'paid-late', occasion }
  return undefined
}

interface Found {
  payment: LockedPayment | undefined
  involved: readonly ClaimOfReceipt[]
}

const settle = async (
  deps: CompleteDeps,
  tx: Transaction,
  receipt: BelievedReceipt & { content: ExecutedReceipt },
  { payment, involved }: Found,
): Promise<PaymentStatus> => {
  const { content } = receipt
  const paymentId = content.jti
  const [legs, shopOfAccount] = await Promise.all([
    payment ? findInstructedLegs(tx, [paymentId]) : [],
    payment ? new Map<string, string>() : findShopsOfAccounts(tx, content),
  ])
  const weighed = weighReceipt(content, {
    payment: payment && { ...payment, legs },
    claims: involved,
    shopOfAccount,
  })
  const settled = weighed.filter((one) => one.outcome === 'settled')
  const settledIds = settled.flatMap(({ orderId }) => orderId ?? [])
  const at = deps.clock.now()
  if (payment) {
    const others = involved.map((claim) => claim.orderId).filter((id) => !settledIds.includes(id))
    const unpaid = pairsOf(heldBy(involved, paymentId), paymentId).filter(({ orderId }) =>
      others.includes(orderId),
    )
    await releaseClaims(tx, { claims: unpaid, reason: 'not in the receipt', at })
    await markLive(tx, paymentId, false, others)
    if (payment.status !== 'paying') await markLive(tx, paymentId, true, settledIds)
    await decidePayment(tx, receipt, payment.status)
  } else await storeFromReceipt(deps, tx, receipt, weighed)
  const done = await settleClaims(tx, {
    claims: settledIds.map((orderId) => ({ orderId, paymentId, settledAt: content.decidedAt })),
    at,
  })
  // They were free under lock. Rolling back leaves the payment open, so that it is tried again.
  if (done.length !== settledIds.length) throw new Error('a claim that was free did not settle')
  await openExceptions(deps, tx, paymentId, weighed)
  await writeNotices(
    tx,
    deps,
    weighed.flatMap((one) => noticeOf(one, paymentId) ?? []),
  )
  return settled.length === weighed.length ? 'settled' : 'exception'
}

const release = async (
  { clock }: CompleteDeps,
  tx: Transaction,
  receipt: BelievedReceipt,
  involved: readonly ClaimOfReceipt[],
): Promise<void> => {
  const { jti, result, reason } = receipt.content
  await releaseClaims(tx, {
    claims: pairsOf(heldBy(involved, jti), jti),
    reason: reason ?? result,
    at: clock.now(),
  })
  await tx.update(paymentClaims).set({ live: false }).where(eq(paymentClaims.paymentId, jti))
  await decidePayment(tx, receipt, 'paying')
}

/** Evidence without a decision: nothing of ours changes. */
const keepStray = (tx: Transaction, { content, token, kid }: BelievedReceipt) =>
  tx
    .insert(strayReceipts)
    .values({
      paymentId: content.jti,
      result: content.result,
      payer: content.payer,
      digest: content.digest,
      receipt: token,
      receiptKid: kid,
      receivedAt: new Date(),
    })
    .onConflictDoNothing()

const statusOf = async (tx: Transaction, payment: LockedPayment): Promise<PaymentStatus> => {
  if (payment.status !== 'executed') return payment.status
  const [exception] = await tx
    .select({ id: exceptions.id })
    .from(exceptions)
    .where(eq(exceptions.paymentId, payment.id))
    .limit(1)
  return exception ? 'exception' : 'settled'
}

/**
 * Completes one payment by its receipt, whatever the receipt says and finds: step by step, under locks
 * of its claims and its payment.
 */
export const completePayment = async (
  deps: CompleteDeps,
  tx: Transaction,
  receipt: BelievedReceipt,
): Promise<PaymentStatus> => {
  const { content } = receipt
  const [involved, [payment]] = await Promise.all([
    lockClaimsOfReceipts(tx, [content]),
    lockPaymentRows(tx, [content.jti]),
  ])
  if (payment?.status === content.result) return statusOf(tx, payment)
  // Money has moved: this counts even against an earlier refusal or void.
  if (isExecuted(content)) {
    const executed = { ...receipt, content }
    if (content.kind === 'refund') return completeRefund(deps, tx, executed, payment)
    return settle(deps, tx, executed, { payment, involved })
  }
  const ended = content.result === 'refused' ? 'refused' : 'voided'
  if (payment?.status === 'paying') {
    await release(deps, tx, receipt, involved)
    return ended
  }
  await keepStray(tx, receipt)
  if (!payment) return ended
  deps.log.error({ paymentId: payment.id }, 'a receipt contradicts an earlier one')
  return statusOf(tx, payment)
}
