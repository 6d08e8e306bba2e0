import { eq, inArray } from 'drizzle-orm'
import type { Database, Transaction } from '#shared/database.ts'
import { legs, payments, transfers } from './payments.table.ts'
import type { ExecutedLeg } from './refund-rules.ts'

/** Everything that was executed for these claims: payments and refunds. */
export const findExecutedLegs = (
  db: Database | Transaction,
  orderNumbers: string[],
): Promise<ExecutedLeg[]> =>
  db
    .select({
      orderNumber: legs.orderNumber,
      kind: legs.kind,
      amountMinor: legs.amountMinor,
      payer: payments.payer,
      debitAccount: transfers.debitAccount,
      creditAccount: transfers.creditAccount,
    })
    .from(legs)
    .innerJoin(payments, eq(payments.paymentId, legs.paymentId))
    .innerJoin(transfers, eq(transfers.transferId, legs.transferId))
    .where(inArray(legs.orderNumber, orderNumbers))
