import { inArray, sql } from 'drizzle-orm'
import type { Transaction } from '#shared/database.ts'
import { type PaymentRow, payments } from './payments.table.ts'

/**
 * Decides about payments one call after the other, until the transaction ends: first their ids, then
 * their claims, both in order, so that no two calls wait for each other.
 */
export const lockPayments = (
  tx: Transaction,
  paymentIds: string[],
  orderNumbers: string[] = [],
) => {
  const names = [...paymentIds.toSorted(), ...orderNumbers.toSorted()]
  return tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(name, 0))
        from unnest(array[${sql.join(
          names.map((name) => sql`${name}`),
          sql`, `,
        )}]::text[]) with ordinality as locks (name, place)`,
  )
}

/** What was decided on the ids before; needs their locks. */
export const findDecisions = async (
  tx: Transaction,
  paymentIds: string[],
): Promise<Map<string, PaymentRow>> => {
  const rows = await tx.select().from(payments).where(inArray(payments.paymentId, paymentIds))
  return new Map(rows.map((row) => [row.paymentId, row]))
}
