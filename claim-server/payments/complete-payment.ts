import { and, asc, eq, inArray } from 'drizzle-orm'
import { alias, unionAll } from 'drizzle-orm/pg-core'
import type { PaymentStatus } from '#shared/contracts/claim-server.ts'
import { type Transaction, violatesUnique } from '#shared/database.ts'
import type { ServiceCaller } from '#shared/service-token.ts'
import { changeByCall } from '../change-by-call.ts'
import { releaseClaims, settleClaims } from '../claims/change-claims.ts'
import { claims } from '../claims/claims.table.ts'
import type { Deps } from '../deps.ts'
import { type NewNotice, writeNotices } from '../notices/write-notices.ts'
import { orders } from '../orders/orders.table.ts'
import { completeRefund } from './complete-refund.ts'
import { decidePayment, type PaymentRow } from './decide-payment.ts'
import { openExceptions } from './open-exceptions.ts'
import { exceptions, groups, paymentClaims, payments, strayReceipts } from './payments.table.ts'
import {
  type BelievedReceipt,
  type ExecutedReceipt,
  isExecuted,
  readReceipt,
} from './read-receipt.ts'
import { findShopsOfAccounts, storeFromReceipt } from './store-from-receipt.ts'
import {
  type ClaimOfReceipt,
  type InstructedPayment,
  type WeighedLeg,
  weighReceipt,
} from './weigh-receipt.ts'

type CompleteDeps = Pick<Deps, 'db' | 'clock' | 'trust' | 'newId' | 'log'>

export interface CompletedPayment {
  paymentId: string
  status: PaymentStatus
}

const locked = alias(claims, 'claim')

/** The claims that a receipt is about, held or paid, locked in order of their ids as every basket locks them. */
const lockClaimsOfReceipt = (
  tx: Transaction,
  { jti, legs }: BelievedReceipt['content'],
): Promise<ClaimOfReceipt[]> => {
  const held = tx
    .select({ id: paymentClaims.orderId })
    .from(paymentClaims)
    .where(eq(paymentClaims.paymentId, jti))
  const paid = tx
    .select({ id: orders.id })
    .from(orders)
    .where(
      inArray(
        orders.orderNumber,
        legs.map((leg) => leg.orderNumber),
      ),
    )
  return tx
    .select({
      orderId: locked.orderId,
      orderNumber: orders.orderNumber,
      status: locked.status,
      paymentId: locked.paymentId,
      customerId: locked.customerId,
      shopId: locked.shopId,
      amountMinor: orders.amountMinor,
      currency: orders.currency,
    })
    .from(locked)
    .innerJoin(orders, eq(orders.id, locked.orderId))
    .where(inArray(locked.orderId, legs.length > 0 ? unionAll(held, paid) : held))
    .orderBy(asc(locked.orderId))
    .for('update', { of: locked })
}

const lockPayment = async (tx: Transaction, id: string): Promise<PaymentRow | undefined> => {
  const [payment] = await tx.select().from(payments).where(eq(payments.id, id)).for('update')
  return payment
}

const instructedLegs = (tx: Transaction, paymentId: string): Promise<InstructedPayment['legs']> =>
  tx
    .select({
      orderNumber: orders.orderNumber,
      payeeAccount: groups.payeeAccount,
      amountMinor: paymentClaims.amountMinor,
      transferId: paymentClaims.transferId,
      feeMinor: groups.feeMinor,
    })
    .from(paymentClaims)
    .innerJoin(groups, eq(groups.transferId, paymentClaims.transferId))
    .innerJoin(orders, eq(orders.id, paymentClaims.orderId))
    .where(eq(paymentClaims.paymentId, paymentId))

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
  payment: PaymentRow | undefined
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
    payment ? instructedLegs(tx, paymentId) : [],
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
    claims: pairsOf(settledIds, paymentId),
    settledAt: content.decidedAt,
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

const statusOf = async (tx: Transaction, payment: PaymentRow): Promise<PaymentStatus> => {
  if (payment.status !== 'executed') return payment.status
  const [exception] = await tx
    .select({ id: exceptions.id })
    .from(exceptions)
    .where(eq(exceptions.paymentId, payment.id))
    .limit(1)
  return exception ? 'exception' : 'settled'
}

const complete = async (
  deps: CompleteDeps,
  tx: Transaction,
  receipt: BelievedReceipt,
): Promise<PaymentStatus> => {
  const { content } = receipt
  const involved = await lockClaimsOfReceipt(tx, content)
  const payment = await lockPayment(tx, content.jti)
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

/**
 * Step 5 of a payment: the core's receipt decides. Executed settles its claims, refused and voided
 * release them, in one transaction with the notices (Figs. 15, 31). Repeats change nothing. A valid
 * receipt is never refused: one of an unknown payment makes its rows, and a claim that isn't free
 * opens an exception. Throws `invalid` for what is no receipt of the core. The resolver has no caller.
 */
export const completePayment = async (
  deps: CompleteDeps,
  { receipt: token, caller }: { receipt: string; caller?: ServiceCaller },
): Promise<CompletedPayment> => {
  const receipt = await readReceipt(deps, token)
  const change = async (tx: Transaction) => ({
    paymentId: receipt.content.jti,
    status: await complete(deps, tx, receipt),
  })
  const once = () => (caller ? changeByCall(deps, caller, change) : deps.db.transaction(change))
  try {
    return await once()
  } catch (error) {
    // Two receipts of one unknown payment at once: the second time it is known.
    if (violatesUnique(error, 'payments_pkey')) return once()
    throw error
  }
}
