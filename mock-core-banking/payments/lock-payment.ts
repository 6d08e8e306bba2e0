import { eq, sql } from 'drizzle-orm'
import type { Transaction } from '#shared/database.ts'
import { type PaymentRow, payments } from './payments.table.ts'

/**
 * Decides about a payment one after the other, until the transaction ends: first its id, then its
 * claims in order of their numbers, so that no two wait for each other.
 */
export const lockPayment = (tx: Transaction, paymentId: string, orderNumbers: string[] = []) => {
  const names = sql.join(
    [paymentId, ...orderNumbers.toSorted()].map((name) => sql`${name}`),
    sql`, `,
  )
  return tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(name, 0))
        from unnest(array[${names}]::text[]) with ordinality as locks (name, place)`,
  )
}

/** What was decided on the id before; needs its lock. */
export const findDecision = async (
  tx: Transaction,
  paymentId: string,
): Promise<PaymentRow | undefined> => {
  const [row] = await tx.select().from(payments).where(eq(payments.paymentId, paymentId))
  return row
}
