import { sql } from 'drizzle-orm'
import type { Transaction } from '#shared/database.ts'

/**
 * Keeps batches and links of one biller apart until the transaction ends, so that no claim is left
 * waiting beside its link. Batches share the lock, a link has it alone.
 */
export const lockBiller = async (
  tx: Transaction,
  shopId: string,
  mode: 'shared' | 'alone',
): Promise<void> => {
  const key = sql`hashtextextended(${`biller ${shopId}`}, 0)`
  await tx.execute(
    mode === 'shared'
      ? sql`select pg_advisory_xact_lock_shared(${key})`
      : sql`select pg_advisory_xact_lock(${key})`,
  )
}
