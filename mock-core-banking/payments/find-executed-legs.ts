import { sql } from 'drizzle-orm'
import { type Database, textArray, type Transaction } from '#shared/database.ts'
import { legs, payments, transfers } from './payments.table.ts'
import type { ExecutedLeg } from './refund-rules.ts'

/** Everything that was executed for these claims: payments and refunds. */
export const findExecutedLegs = async (
  db: Database | Transaction,
  orderNumbers: string[],
): Promise<ExecutedLeg[]> => {
  const rows = await db.execute<
    Omit<ExecutedLeg, 'amountMinor'> & { amountMinor: string; [column: string]: unknown }
  >(sql`
    select leg.order_number as "orderNumber", leg.kind, leg.amount_minor as "amountMinor",
      payment.payer, transfer.debit_account as "debitAccount",
      transfer.credit_account as "creditAccount"
    from ${legs} as leg
      join ${payments} as payment using (payment_id)
      join ${transfers} as transfer using (transfer_id)
    where leg.order_number = any(${textArray(orderNumbers)})`)
  return rows.map((row) => ({ ...row, amountMinor: BigInt(row.amountMinor) }))
}
