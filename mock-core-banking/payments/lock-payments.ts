import { sql } from 'drizzle-orm'
import { textArray, type Transaction, uuidArray } from '#shared/database.ts'
import { type PaymentRow, payments } from './payments.table.ts'

/**
 * Decides about payments one call after the other, until the transaction ends: first their ids, then
 * their claims, both in order, so that no two calls wait for each other.
 */
export const lockPayments = async (
  tx: Transaction,
  paymentIds: string[],
  orderNumbers: string[] = [],
): Promise<void> => {
  const names = [...paymentIds.toSorted(), ...orderNumbers.toSorted()]
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(name, 0))
        from unnest(${textArray(names)}) with ordinality as locks (name, place)`,
  )
}

/** What was decided on the ids before; needs their locks. */
export const findDecisions = async (
  tx: Transaction,
  paymentIds: string[],
): Promise<Map<string, Pick<PaymentRow, 'result' | 'digest'>>> => {
  const rows = await tx.execute<Pick<PaymentRow, 'paymentId' | 'result' | 'digest'>>(
    sql`select payment_id as "paymentId", result, digest from ${payments}
        where payment_id = any(${uuidArray(paymentIds)})`,
  )
  return new Map(rows.map((row) => [row.paymentId, row]))
}
