import { and, desc, eq, inArray, lt, or, type SQL, sql } from 'drizzle-orm'
import { parseOrderNumber } from '#shared/order-number.ts'
import { readCursor, writeCursor } from '../cursor.ts'
import { customers } from '../credentials/credentials.table.ts'
import type { Deps } from '../deps.ts'
import { legs, type PaymentRow, payments, transfers } from './payments.table.ts'

export const paymentResults = ['executed', 'refused', 'voided'] as const
export type PaymentResult = (typeof paymentResults)[number]

export interface ListedPayment {
  payment: PaymentRow
  /** Null for a payer who is no customer here (any more). */
  payerName: string | null
  payerNameJa: string | null
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

interface Sum {
  claims: number
  amountMinor: bigint
}

const sumsOf = async (db: Deps['db'], paymentIds: string[]): Promise<Map<string, Sum>> => {
  const rows = await db
    .select({
      paymentId: legs.paymentId,
      claims: sql<number>`count(*)::int`,
      amount: sql<string>`sum(${legs.amountMinor})`,
    })
    .from(legs)
    .where(inArray(legs.paymentId, paymentIds))
    .groupBy(legs.paymentId)
  return new Map(
    rows.map(({ paymentId, claims, amount }) => [
      paymentId,
      { claims, amountMinor: BigInt(amount) },
    ]),
  )
}

/** What was decided on payments, newest first, 50 a page. */
export const listPayments = async (
  { db }: Pick<Deps, 'db'>,
  { search, result, cursor }: PaymentsQuery,
): Promise<{ listed: ListedPayment[]; nextCursor: string | undefined }> => {
  const rows = await db
    .select({ payment: payments, payerName: customers.name, payerNameJa: customers.nameJa })
    .from(payments)
    .leftJoin(customers, eq(customers.customerId, payments.payer))
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
  const sums = await sumsOf(
    db,
    page.map((row) => row.payment.paymentId),
  )
  return {
    listed: page.map((row) => ({
      ...row,
      ...(sums.get(row.payment.paymentId) ?? { claims: 0, amountMinor: 0n }),
    })),
    nextCursor: rows.length > perPage && oldest ? writeCursor(oldest.payment.decision) : undefined,
  }
}
