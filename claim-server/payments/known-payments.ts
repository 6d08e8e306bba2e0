import { sql } from 'drizzle-orm'
import { digestOf, type PaymentContent } from '#shared/contracts/payment-content.ts'
import { type Transaction, uuidArray } from '#shared/database.ts'
import { AppError } from '#shared/errors.ts'
import { payments } from './payments.table.ts'

/** A payment that is stored already: the same id again is answered by it. */
export interface Known {
  id: string
  customerId: string
  digest: string
  instruction: string | null
  submitBefore: Date
}

/** Those of these payments that are stored, whoever's they are and in no order; a new one is left out. */
export const findKnown = (tx: Transaction, contents: readonly PaymentContent[]): Promise<Known[]> =>
  tx
    .select({
      id: payments.id,
      customerId: payments.customerId,
      digest: payments.digest,
      instruction: payments.instruction,
      submitBefore: payments.submitBefore,
    })
    .from(payments)
    .where(sql`${payments.id} = any(${uuidArray(contents.map((one) => one.paymentId))})`)

/** Throws `not-found` for a payment of somebody else, `digest-mismatch` for another content under its id. */
export const checkKnown = (
  known: readonly Known[],
  { customerId, payments: contents }: { customerId: string; payments: readonly PaymentContent[] },
): void => {
  for (const payment of known) {
    if (payment.customerId !== customerId) throw new AppError('not-found')
    const content = contents.find((one) => one.paymentId === payment.id)
    if (content && digestOf(content) !== payment.digest) throw new AppError('digest-mismatch')
  }
}
