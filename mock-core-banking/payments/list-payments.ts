import { and, desc, eq, lt, or, type SQL, sql } from 'drizzle-orm'
import { parseOrderNumber } from '#shared/order-number.ts'
import { readCursor, writeCursor } from '../cursor.ts'
import type { Deps } from '../deps.ts'
import { legs, type PaymentRow, payments, transfers } from './payments.table.ts'

export const paymentResults = ['executed', 'refused', 'voided'] as const
export type PaymentResult = (typeof paymentResults)[number]

export interface ListedPayment {
  payment: PaymentRow
  /** Claims and their sum; nothing unless executed. */
  claims: number
  amountMinor: bigint
}

export interface PaymentsQuery {
  search: string
  result?: PaymentResult | undefined
  cursor?: string | undefined
}

const perPage = 50
const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** By payment or transfer id, claim, customer, or payer's account, each in full. */
const matching = (search: string): SQL | undefined => {
  const text = search.normalize('NFKC').trim()
  if (text === '') return undefined
  const id = text.toLowerCase()
  if (uuidPattern.test(id))
    return or(
      eq(payments.paymentId, id),
      sql`exists (select from ${transfers} where ${transfers.paymentId} = ${payments.paymentId}
        and ${transfers.transferId} = ${id})`,
    )
  const orderNumber = parseOrderNumber(text)
  if (orderNumber)
    return sql`exists (select from ${legs} where ${legs.paymentId} = ${payments.paymentId}
      and ${legs.orderNumber} = ${orderNumber})`
  return or(eq(payments.payer, text), eq(payments.payerAccount, text))
}

/** What was decided on payments, newest first, 50 a page. */
export const listPayments = async (
  { db }: Pick<Deps, 'db'>,
  { search, result, cursor }: PaymentsQuery,
): Promise<{ listed: ListedPayment[]; nextCursor: string | undefined }> => {
  const rows = await db
    .select({
      payment: payments,
      claims: sql<number>`(select count(*)::int from ${legs}
        where ${legs.paymentId} = ${payments.paymentId})`,
      amount: sql<string>`(select coalesce(sum(${legs.amountMinor}), 0) from ${legs}
        where ${legs.paymentId} = ${payments.paymentId})`,
    })
    .from(payments)
    .where(
      and(
        matching(search),
        result && eq(payments.result, result),
        cursor === undefined ? undefined : lt(payments.decision, readCursor(cursor)),
      ),
    )
    .orderBy(desc(payments.decision))
    .limit(perPage + 1)
  const page = rows.slice(0, perPage)
  const oldest = page.at(-1)
  return {
    listed: page.map(({ payment, claims, amount }) => ({
      payment,
      claims,
      amountMinor: BigInt(amount),
    })),
    nextCursor: rows.length > perPage && oldest ? writeCursor(oldest.payment.decision) : undefined,
  }
}
