import { type AnyColumn, asc, desc, type SQL, sql } from 'drizzle-orm'
import * as z from 'zod'
import type { ClaimSort } from '#shared/contracts/claim-server.ts'
import { readCursor, writeCursor } from '../cursor.ts'
import { shops } from '../shops/shops.table.ts'
import { claims } from './claims.table.ts'
import type { ClaimParts } from './to-claim.ts'

interface Order {
  /** What the list is ordered by; the order's id decides between equals. */
  by: AnyColumn | SQL
  /** A value from a cursor, as `by` compares. */
  toPlace: (value: string) => SQL
  form: z.ZodType<string>
  direction: 'up' | 'down'
  valueOf: (row: ClaimParts) => string
}

// Bytes, not the server's locale: the same order on every machine.
const inOrder = (name: unknown) => sql`lower(${name}) collate "C"`

const dates = { toPlace: (value: string) => sql`${value}::date`, form: z.iso.date() }

const ordersBy: Record<ClaimSort, Order> = {
  'time-limit': {
    ...dates,
    by: claims.timeLimit,
    direction: 'up',
    valueOf: ({ claim }) => claim.timeLimit,
  },
  amount: {
    by: claims.amountMinor,
    toPlace: (value) => sql`${value}::bigint`,
    form: z.string().regex(/^\d{1,18}$/),
    direction: 'down',
    valueOf: ({ order }) => `${order.amountMinor}`,
  },
  shop: {
    by: inOrder(shops.name),
    toPlace: inOrder,
    form: z
      .string()
      .max(200)
      .refine((text) => !text.includes('\0')),
    direction: 'up',
    valueOf: ({ shop }) => shop.name,
  },
  'ordered-on': {
    ...dates,
    by: claims.orderedOn,
    direction: 'down',
    valueOf: ({ order }) => order.orderedOn,
  },
  'settled-at': {
    by: claims.settledAt,
    toPlace: (value) => sql`${value}::timestamptz`,
    form: z.iso.datetime(),
    direction: 'down',
    valueOf: ({ claim }) => claim.settledAt?.toISOString() ?? '',
  },
}

export const claimOrder = (sort: ClaimSort): SQL[] => {
  const { by, direction } = ordersBy[sort]
  return direction === 'up' ? [asc(by), asc(claims.orderId)] : [desc(by), desc(claims.orderId)]
}

/** The cursor after this row; good for the same sort alone. */
export const cursorAfter = (sort: ClaimSort, row: ClaimParts): string =>
  writeCursor({ sort, value: ordersBy[sort].valueOf(row), id: row.claim.orderId })

/** Rows after the cursor's place. Throws `invalid` for a cursor of another list. */
export const isAfter = (sort: ClaimSort, cursor: string): SQL => {
  const { by, toPlace, form, direction } = ordersBy[sort]
  const place = z.object({
    sort: z.literal(sort),
    value: form,
    id: z.uuid(),
  })
  const { value, id } = readCursor(place, cursor)
  const comparison = sql.raw(direction === 'up' ? '>' : '<')
  return sql`(${by}, ${claims.orderId}) ${comparison} (${toPlace(value)}, ${id}::uuid)`
}
