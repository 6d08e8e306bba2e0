import { type SQL, sql } from 'drizzle-orm'
import * as z from 'zod'
import { readCursor, writeCursor } from '../cursor.ts'

/** One page of a list: what is shown, and the cursor after it. `rows` holds one more if there is one. */
export const toPage = <Row>(
  rows: readonly Row[],
  limit: number,
  placeOf: (row: Row) => unknown,
): { shown: Row[]; nextCursor: string | null } => {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { shown, nextCursor: rows.length > limit && last ? writeCursor(placeOf(last)) : null }
}

const idPlace = z.object({ id: z.uuid() })
const timePlace = z.object({ at: z.string().regex(/^[\d: .+-]{10,40}$/), id: z.uuid() })

/** Below the id of the cursor, in a list with the newest id first. */
export const beforeId = (column: unknown, cursor: string | undefined): SQL | undefined =>
  cursor === undefined ? undefined : sql`${column} < ${readCursor(idPlace, cursor).id}::uuid`

/** A time as text, microseconds and all: a Date would lose them, and a page rows with them. */
export const exactTime = (column: unknown) => sql<string>`${column}::text`

/** After or before the time and id of the cursor. */
export const beyondTime = (
  columns: { at: unknown; id: unknown },
  direction: 'up' | 'down',
  cursor: string | undefined,
): SQL | undefined => {
  if (cursor === undefined) return undefined
  const { at, id } = readCursor(timePlace, cursor)
  const comparison = sql.raw(direction === 'up' ? '>' : '<')
  return sql`(${columns.at}, ${columns.id}) ${comparison} (${at}::timestamptz, ${id}::uuid)`
}

export const contains = (text: string): string => `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`
