import { type SQL, sql } from 'drizzle-orm'
import * as z from 'zod'
import { claims } from '../../claims/claims.table.ts'
import type { PageOrder } from '../../claims/page-of-shop.ts'
import { readCursor, writeCursor } from '../../cursor.ts'
import type { OrderRow } from './inquiry.queries.ts'
import type { OrderSort } from './order-query.ts'

type Key = 'ordered' | 'limit' | 'settled' | 'amount'

const columns = {
  ordered: claims.orderedOn,
  limit: claims.timeLimit,
  settled: claims.settledAt,
  amount: claims.amountMinor,
}

const types = { ordered: 'date', limit: 'date', settled: 'timestamptz', amount: 'bigint' }

const valueOf: Record<Key, (row: OrderRow) => string> = {
  ordered: (row) => row.orderedOn,
  limit: (row) => row.timeLimit,
  settled: (row) => row.settledAt?.toISOString() ?? '',
  amount: (row) => `${row.amountMinor}`,
}

const keyOf = (sort: OrderSort) => sort.replace('-', '') as Key
const isDown = (sort: OrderSort) => sort.startsWith('-')

const forms: Record<Key, z.ZodType<string>> = {
  ordered: z.iso.date(),
  limit: z.iso.date(),
  settled: z.iso.datetime(),
  amount: z.string().regex(/^\d{1,12}$/),
}

export const orderBy = (sort: OrderSort): PageOrder => ({
  by: columns[keyOf(sort)],
  isDown: isDown(sort),
})

/** The cursor after a row. It names its order: another list's cursor is refused. */
export const cursorAfter = (sort: OrderSort, row: OrderRow): string =>
  writeCursor({ [sort]: valueOf[keyOf(sort)](row), id: row.orderId })

/** Rows after the cursor's. Throws `invalid` for a cursor that is not from this list. */
export const isAfter = (sort: OrderSort, cursor: string): SQL => {
  const key = keyOf(sort)
  const { [sort]: value, id } = readCursor(
    z.object({ [sort]: forms[key], id: z.uuid() }),
    cursor,
  ) as { [sort: string]: string; id: string }
  const place = sql`(${value}::${sql.raw(types[key])}, ${id}::uuid)`
  const row = sql`(${columns[key]}, ${claims.orderId})`
  return isDown(sort) ? sql`${row} < ${place}` : sql`${row} > ${place}`
}
