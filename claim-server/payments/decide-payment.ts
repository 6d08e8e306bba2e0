import { sql } from 'drizzle-orm'
import { type Transaction, uuidArray } from '#shared/database.ts'
import { toJson } from '#shared/json.ts'
import { payments } from './payments.table.ts'
import type { BelievedReceipt } from './read-receipt.ts'

export type PaymentRow = typeof payments.$inferSelect

/** A payment under lock, its status as it was read, and the receipt that decides it. */
export interface PaymentToDecide {
  receipt: BelievedReceipt
  from: PaymentRow['status']
}

/**
 * Moves payments under lock, by compare-and-set and in one statement, to what their receipts say;
 * keeps the receipts.
 */
export const decidePayments = async (
  tx: Transaction,
  decided: readonly PaymentToDecide[],
): Promise<void> => {
  const wanted = decided.map(({ receipt: { content, token, kid }, from }) => ({
    id: content.jti,
    from,
    result: content.result,
    reason: content.reason ?? null,
    shortByMinor: content.shortByMinor ?? null,
    receipt: token,
    kid,
    decidedAt: content.decidedAt,
  }))
  const moved = await tx.execute(sql`
    update ${payments} as payment
    set status = wanted.result, reason = wanted.reason, short_by_minor = wanted."shortByMinor",
      receipt = wanted.receipt, receipt_kid = wanted.kid, decided_at = wanted."decidedAt"
    from jsonb_to_recordset(${toJson(wanted)}::jsonb) as wanted(id uuid, "from" text, result text,
      reason text, "shortByMinor" bigint, receipt text, kid text, "decidedAt" timestamptz)
    where payment.id = any(${uuidArray(wanted.map((one) => one.id))}) and payment.id = wanted.id and payment.status = wanted."from"
    returning payment.id`)
  if (moved.length !== decided.length) throw new Error('a payment under lock changed its state')
}

/** The same for one. */
export const decidePayment = (
  tx: Transaction,
  receipt: BelievedReceipt,
  from: PaymentRow['status'],
): Promise<void> => decidePayments(tx, [{ receipt, from }])
