import { and, asc, eq, gt, gte, sql } from 'drizzle-orm'
import type { Deps } from '../deps.ts'
import { readCursor, writeCursor } from '../cursor.ts'
import { payments } from './payments.table.ts'
import { signReceipts } from './sign-receipts.ts'

/** The first decision is looked up by itself: payments in order of decision would be read from the first. */
const decidedSince = (since: Date) => {
  const at = sql`${since.toISOString()}::timestamptz`
  const first = sql`(select min(${payments.decision}) from ${payments} where ${payments.decidedAt} >= ${at})`
  return and(gte(payments.decision, first), sql`${payments.decidedAt} >= ${at}`)
}

/**
 * Executed payments with their receipts, in order of decision, page by page; all, or those that were
 * decided at `since` or later. One that commits while the list is read may be missing; a list read from
 * its start later has it.
 */
export const listExecuted = async (
  deps: Pick<Deps, 'db' | 'keys'>,
  {
    cursor,
    limit,
    since,
  }: { cursor?: string | undefined; limit: number; since?: Date | undefined },
): Promise<{
  receipts: { paymentId: string; decidedAt: Date; receipt: string }[]
  nextCursor: string | null
}> => {
  const rows = await deps.db
    .select({
      paymentId: payments.paymentId,
      decision: payments.decision,
      decidedAt: payments.decidedAt,
    })
    .from(payments)
    .where(
      and(
        eq(payments.result, 'executed'),
        cursor === undefined ? undefined : gt(payments.decision, readCursor(cursor)),
        since && decidedSince(since),
      ),
    )
    .orderBy(asc(payments.decision))
    .limit(limit + 1)
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const signed =
    page.length === 0
      ? new Map()
      : await signReceipts(
          deps,
          page.map((row) => row.paymentId),
        )
  return {
    receipts: page.map(({ paymentId, decidedAt }) => ({
      paymentId,
      decidedAt,
      receipt: signed.get(paymentId) ?? '',
    })),
    nextCursor: last && rows.length > limit ? writeCursor(last.decision) : null,
  }
}
