import { and, eq } from 'drizzle-orm'
import type { Transaction } from '#shared/database.ts'
import { payments } from './payments.table.ts'
import type { BelievedReceipt } from './read-receipt.ts'

export type PaymentRow = typeof payments.$inferSelect

/** Moves a payment under lock, by compare-and-set, to what its receipt says; keeps the receipt. */
export const decidePayment = async (
  tx: Transaction,
  { content, token, kid }: BelievedReceipt,
  from: PaymentRow['status'],
): Promise<void> => {
  const moved = await tx
    .update(payments)
    .set({
      status: content.result,
      reason: content.reason ?? null,
      shortByMinor: content.shortByMinor ?? null,
      receipt: token,
      receiptKid: kid,
      decidedAt: content.decidedAt,
    })
    .where(and(eq(payments.id, content.jti), eq(payments.status, from)))
    .returning({ id: payments.id })
  if (moved.length !== 1) throw new Error('a payment under lock changed its state')
}
