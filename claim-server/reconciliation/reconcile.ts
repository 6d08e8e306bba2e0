import { sql } from 'drizzle-orm'
import type { Transaction } from '#shared/database.ts'
import { NoAnswer } from '#shared/service-client.ts'
import { coreBanking } from '../core-banking-client.ts'
import type { Deps } from '../deps.ts'
import { completeByReceipt } from '../payments/complete-payments.ts'
import { chooseCompared, type Extent, isCompared } from './compared.ts'
import { type Difference, findDifferences } from './find-differences.ts'
import { loadExecuted } from './load-executed.ts'

export type ReconcileDeps = Pick<Deps, 'db' | 'clock' | 'trust' | 'newId' | 'log' | 'callCore'>

export interface Counts {
  settledClaims: number
  executedTransfers: number
  openPayments: number
  openExceptions: number
  waitingNotices: number
}

export interface Reconciliation {
  counts: Counts
  differences: Difference[]
}

/** Executed at the core, but without that receipt here: unknown, or open for longer than a payment takes. */
const findUncompleted = (tx: Transaction, cutoff: Date) =>
  tx.execute<{ payment_id: string; status: string | null }>(sql`
    select distinct l.payment_id::text as payment_id, p.status
    from executed_legs l
    left join claim_server.payments p on p.id = l.payment_id
    where p.id is null or p.status in ('refused', 'voided')
      or (p.status = 'paying' and p.created_at < ${cutoff.toISOString()}::timestamptz)
    order by 1`)

const mostAsked = 200

const completeOne = async (
  deps: ReconcileDeps,
  { paymentId, receipt, was }: { paymentId: string; receipt: string; was: string },
): Promise<Difference> => {
  const words = `executed at the core, but ${was} here`
  // Before it is done: a run that dies is made again, and then finds nothing.
  deps.log.error({ paymentId, was }, 'reconciliation: completing an executed payment')
  try {
    const { status } = await completeByReceipt(deps, { receipt })
    const done = `${words}; completed by its receipt now: ${status}`
    return { kind: 'receipt-not-completed', id: paymentId, words: done }
  } catch (error) {
    deps.log.error({ paymentId, error }, 'reconciliation: a receipt could not be completed')
    return { kind: 'receipt-open', id: paymentId, words: `${words}; completing it failed` }
  }
}

/** Hands receipts that are unknown here to step 5, as a restored backup needs it, and lists them. */
const completeUncompleted = async (
  deps: ReconcileDeps,
  tx: Transaction,
  cutoff: Date,
): Promise<Difference[]> => {
  const uncompleted = await findUncompleted(tx, cutoff)
  const differences: Difference[] = []
  for (let at = 0; at < uncompleted.length; at += mostAsked) {
    const page = uncompleted.slice(at, at + mostAsked)
    const { receipts } = await coreBanking(deps).findReceipts(page.map((one) => one.payment_id))
    for (const { paymentId, receipt } of receipts) {
      const was = page.find((one) => one.payment_id === paymentId)?.status ?? 'unknown'
      if (receipt) differences.push(await completeOne(deps, { paymentId, receipt, was }))
    }
  }
  return differences
}

const count = async (tx: Transaction, extent: Extent): Promise<Counts> => {
  const [counts] = await tx.execute<Record<keyof Counts, number>>(sql`
    select
      (select count(*)::int from claim_server.claims c
        where c.status = 'settled' and ${isCompared(extent, sql`c.order_id`)}) as "settledClaims",
      (select count(distinct transfer_id)::int from executed_legs) as "executedTransfers",
      (select count(*)::int from claim_server.payments where status = 'paying') as "openPayments",
      (select count(*)::int from claim_server.exceptions where closed_at is null) as "openExceptions",
      (select count(*)::int from claim_server.notices where status = 'waiting') as "waitingNotices"`)
  if (!counts) throw new Error('nothing was counted')
  return counts
}

export interface ReconcileOptions {
  /** Younger payments may still be on their way. */
  olderThanSeconds?: number
  /** Only what the core decided since then; without it all history, and the core's books. */
  since?: Date | undefined
  /** Books that are not checked end it; otherwise they are one of the rows that differ. */
  needsBooks?: boolean
  /** Ends it between two pages of the core's list. */
  signal?: AbortSignal | undefined
}

const untilAborted = (signal: AbortSignal | undefined): Promise<never> =>
  new Promise((_, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true })
  })

/** Their check grows with all that was ever paid: one that gets no answer must not hide what else differs. */
const checkBooksOfCore = async (
  deps: ReconcileDeps,
  { since, needsBooks = false, signal }: ReconcileOptions,
): Promise<Difference[]> => {
  if (since) return []
  const kind = 'books-of-the-core'
  try {
    const asked = coreBanking(deps).checkBooks()
    const { differences } = await Promise.race([asked, untilAborted(signal)])
    return differences.map((one) => ({ kind, id: one.id, words: `${one.kind}: ${one.detail}` }))
  } catch (error) {
    if (needsBooks || !(error instanceof NoAnswer)) throw error
    return [{ kind, id: 'all accounts', words: `not checked: ${error.message}` }]
  }
}

/**
 * Compares settled claims, transfers at the core and settlement notices over all rows older than
 * `olderThanSeconds`, and lists every row that differs; the list must be empty. Executed receipts that
 * are unknown here are completed on the way, so that the next run finds them settled. Throws
 * `NoAnswer` when the core does not say what it executed.
 * The minute is the horizon behind which the core's list can't lack anything: whatever it executed was
 * decided by its submit-before, 30 s after it was reserved.
 */
export const reconcile = async (
  deps: ReconcileDeps,
  options: ReconcileOptions = {},
): Promise<Reconciliation> => {
  const { olderThanSeconds = 60, since, signal } = options
  const cutoff = new Date(Date.now() - olderThanSeconds * 1000)
  // Outside the transaction, which keeps dead rows from being cleared away while it lasts.
  const books = await checkBooksOfCore(deps, options)
  return deps.db.transaction(async (tx) => {
    const { unread } = await loadExecuted(deps, tx, { since, signal })
    const completed = await completeUncompleted(deps, tx, cutoff)
    const extent = since ? 'recent' : 'whole'
    if (since) await chooseCompared(tx, since)
    return {
      counts: await count(tx, extent),
      differences: [
        ...unread.map(({ paymentId, reason }) => ({
          kind: 'receipt-not-valid',
          id: paymentId,
          words: `the core's own list has a receipt that does not verify: ${reason}`,
        })),
        ...completed,
        ...(await findDifferences(tx, { cutoff, extent })),
        ...books,
      ],
    }
  })
}
