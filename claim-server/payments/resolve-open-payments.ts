import { setTimeout as sleep } from 'node:timers/promises'
import { and, asc, eq, inArray, lte, sql } from 'drizzle-orm'
import { AppError } from '#shared/errors.ts'
import { NoAnswer } from '#shared/service-client.ts'
import { coreBanking } from '../core-banking-client.ts'
import type { Deps } from '../deps.ts'
import { completeByReceipt } from './complete-payments.ts'
import { payments } from './payments.table.ts'

type ResolveDeps = Pick<Deps, 'db' | 'clock' | 'trust' | 'newId' | 'log' | 'callCore'>

/** A payment without a receipt, leased for one turn. */
export interface OpenPayment {
  id: string
  customerId: string
  digest: string
  kind: (typeof payments.$inferSelect)['kind']
  submitBefore: Date
}

const mostAtOnce = 200
const voidsAtOnce = 8

/** How far the core's clock may be behind ours before a void could meet a payment that is still in time. */
const clockMarginMs = 3000

/** Every second for the first 15 s of a payment's life, then by a fifth of its age, at most 15 s. */
const nextTurn = sql`now() + case when now() - ${payments.createdAt} < interval '15 seconds'
  then interval '1 second' else least(interval '15 seconds', (now() - ${payments.createdAt}) / 5) end`

/**
 * Takes the payments whose turn has come and puts their next turn off. Committed before the core is
 * asked, so that replicas share the work and a crash loses nothing.
 */
export const leaseOpenPayments = ({ db }: Pick<Deps, 'db'>): Promise<OpenPayment[]> => {
  const due = db.$with('due').as(
    db
      .select({ id: payments.id })
      .from(payments)
      .where(and(eq(payments.status, 'paying'), lte(payments.askAt, sql`now()`)))
      .orderBy(asc(payments.askAt))
      .limit(mostAtOnce)
      .for('update', { skipLocked: true }),
  )
  return db
    .with(due)
    .update(payments)
    .set({ timesAsked: sql`${payments.timesAsked} + 1`, askAt: nextTurn })
    .where(inArray(payments.id, db.select({ id: due.id }).from(due)))
    .returning({
      id: payments.id,
      customerId: payments.customerId,
      digest: payments.digest,
      kind: payments.kind,
      submitBefore: payments.submitBefore,
    })
}

/** What the core knows of these payments: the receipts by payment id. Throws `NoAnswer`. */
const askForReceipts = async (
  deps: Pick<Deps, 'callCore'>,
  open: readonly OpenPayment[],
): Promise<Map<string, string>> => {
  const { receipts } = await coreBanking(deps).findReceipts(open.map((one) => one.id))
  return new Map(
    receipts.flatMap(({ paymentId, receipt }) => (receipt ? [[paymentId, receipt]] : [])),
  )
}

/** Whether the core can't execute it any more, by any clock that is right to some seconds. */
export const isOverdue = ({ submitBefore }: OpenPayment, now = Date.now()): boolean =>
  now > submitBefore.getTime() + clockMarginMs

/** Makes sure that it never executes. Returns the receipt: the void, or what came before it. */
export const voidOverdue = async (
  deps: Pick<Deps, 'callCore'>,
  { id, customerId, digest, kind }: OpenPayment,
): Promise<string> => {
  const { receipt } = await coreBanking(deps).voidPayment(id, { payer: customerId, digest, kind })
  return receipt
}

const mostTries = 3
const retryMs = 200
/** A core that keeps us waiting for a failure is not asked again in the same turn. */
const soonMs = 1000

/** An answer that was lost at once may well come the next time: then nobody waits for the next turn. */
const askUntilAnswered = async (
  deps: Pick<Deps, 'callCore'>,
  open: readonly OpenPayment[],
): Promise<Map<string, string>> => {
  const lateAt = Date.now() + soonMs
  for (let tries = 1; ; tries++) {
    try {
      return await askForReceipts(deps, open)
    } catch (error) {
      if (!(error instanceof NoAnswer) || tries === mostTries || Date.now() > lateAt) throw error
      await sleep(retryMs)
    }
  }
}

const nameOf = (error: unknown) => (error instanceof Error ? error.name : 'unknown')

/** One payment that can't be brought to its end must not keep the others from theirs. */
const resolveOne = async (
  deps: ResolveDeps,
  payment: OpenPayment,
  known: string | undefined,
): Promise<void> => {
  try {
    const receipt = known ?? (isOverdue(payment) ? await voidOverdue(deps, payment) : undefined)
    if (receipt) await completeByReceipt(deps, { receipt })
  } catch (error) {
    const code = error instanceof AppError ? error.code : nameOf(error)
    deps.log.error({ paymentId: payment.id, code }, 'a payment in doubt was not resolved')
  }
}

/**
 * Step 6 of a payment, one turn: asks the core for what became of the open ones, voids those past
 * submit-before that it does not know, and completes each by its receipt. Without an answer nothing
 * is concluded. Returns how many it looked after.
 */
export const resolveOpenPayments = async (deps: ResolveDeps): Promise<number> => {
  const open = await leaseOpenPayments(deps)
  if (open.length === 0) return 0
  let receipts: Map<string, string>
  try {
    receipts = await askUntilAnswered(deps, open)
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error
    deps.log.warn({ open: open.length }, 'the core does not answer; open payments stay open')
    return open.length
  }
  const waiting = [...open]
  const resolveNext = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift())
      await resolveOne(deps, next, receipts.get(next.id))
  }
  await Promise.all(Array.from({ length: voidsAtOnce }, resolveNext))
  return open.length
}
