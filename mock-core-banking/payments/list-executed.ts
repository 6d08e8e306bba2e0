import { and, asc, eq, gt } from 'drizzle-orm'
import type { Deps } from '../deps.ts'
import { readCursor, writeCursor } from '../cursor.ts'
import { payments } from './payments.table.ts'
import { signReceipts } from './sign-receipts.ts'

/**
 * Executed payments with their receipts, in order of decision, page by page. One that commits while
 * the list is read may be missing; a list read from its start later has it.
 */
export const listExecuted = async (
  deps: Pick<Deps, 'db' | 'keys'>,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
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
