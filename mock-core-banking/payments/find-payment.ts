import { asc, eq } from 'drizzle-orm'
import type { Deps } from '../deps.ts'
import { legs, type PaymentRow, payments, postings, transfers } from './payments.table.ts'

export interface PaymentDetail {
  payment: PaymentRow
  transfers: (typeof transfers.$inferSelect)[]
  legs: (typeof legs.$inferSelect)[]
  postings: (typeof postings.$inferSelect)[]
}

/** One payment with everything that was posted for it; undefined when nothing was decided on that id. */
export const findPayment = async (
  { db }: Pick<Deps, 'db'>,
  paymentId: string,
): Promise<PaymentDetail | undefined> => {
  const [payment] = await db.select().from(payments).where(eq(payments.paymentId, paymentId))
  if (!payment) return undefined
  const ofPayment = eq(transfers.paymentId, paymentId)
  return {
    payment,
    transfers: await db
      .select()
      .from(transfers)
      .where(ofPayment)
      .orderBy(asc(transfers.transferId)),
    legs: await db
      .select()
      .from(legs)
      .where(eq(legs.paymentId, paymentId))
      .orderBy(asc(legs.orderNumber)),
    postings: (
      await db
        .select({ posting: postings })
        .from(postings)
        .innerJoin(transfers, eq(transfers.transferId, postings.transferId))
        .where(ofPayment)
        .orderBy(asc(postings.posting))
    ).map((row) => row.posting),
  }
}
