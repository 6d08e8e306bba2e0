import { and, asc, eq, gt, gte, sql } from 'drizzle-orm'
import type { Database } from '#shared/database.ts'
import type { Deps } from '../deps.ts'
import { readCursor, writeCursor } from '../cursor.ts'
import { payments } from './payments.table.ts'
import { signReceipts } from './sign-receipts.ts'

/**
 * The first decision of that time, by the index of times: `offset 0` keeps the minimum from being looked
 * for in order of decision, from the first payment ever.
 */
const firstSince = (since: Date) => sql`(
  select min(decision) from (
    select ${payments.decision} from ${payments}
    where ${payments.decidedAt} >= ${since.toISOString()}::timestamptz offset 0
  ) as lately)`

export const executedPage = (
  db: Database,
  {
    cursor,
    limit,
    since,
  }: { cursor?: string | undefined; limit: number; since?: Date | undefined },
) =>
  db
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
        cursor === undefined && since ? gte(payments.decision, firstSince(since)) : undefined,
        since ? gte(payments.decidedAt, since) : undefined,
      ),
    )
    .orderBy(asc(payments.decision))
    .limit(limit + 1)

/**
 * Executed payments with their receipts, in order of decision, page by page; all, or those that were
 * decided at `since` or later. One that commits while the list is read may be missing; a list read from
 * its start later has it.
 */
export const listExecuted = async (
  deps: Pick<Deps, 'db' | 'keys'>,
  query: { cursor?: string | undefined; limit: number; since?: Date | undefined },
): Promise<{
  receipts: { paymentId: string; decidedAt: Date; receipt: string }[]
  nextCursor: string | null
}> => {
  const { limit } = query
  const rows = await executedPage(deps.db, query)
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
