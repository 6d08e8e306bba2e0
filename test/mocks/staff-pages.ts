import * as z from 'zod'
import { fieldError } from '#shared/errors.ts'

export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Whether one of these has the text in it, whatever the case. */
export const contains = (text: string, ...names: (string | null)[]): boolean =>
  names.some((name) => name?.toLowerCase().includes(text.toLowerCase()))

const place = z.tuple([z.string(), z.number()])
/** Where a row stands in its list: by a text, those alike by a number. */
export type Place = z.output<typeof place>

const compare = ([a, x]: Place, [b, y]: Place) => byText(a, b) || x - y

const readPlace = (cursor: string): Place => {
  try {
    return place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()))
  } catch {
    throw fieldError('?cursor', 'this cursor is not from this list')
  }
}

const toCursor = (last: Place) => Buffer.from(JSON.stringify(last)).toString('base64url')

interface Order<Row> {
  first: 'newest' | 'oldest'
  placeOf: (row: Row, at: number) => Place
}

/** One page of a list, and the cursor after it. Throws `invalid` for a cursor that is none. */
export const pageOf = <Row>(
  rows: readonly Row[],
  { cursor, limit }: { cursor?: string | undefined; limit: number },
  { first, placeOf }: Order<Row>,
): { shown: Row[]; nextCursor: string | null } => {
  const sign = first === 'oldest' ? 1 : -1
  const after = cursor === undefined ? undefined : readPlace(cursor)
  const rest = rows
    .map((row, at) => ({ row, place: placeOf(row, at) }))
    .filter((one) => after === undefined || sign * compare(one.place, after) > 0)
    .sort((a, b) => sign * compare(a.place, b.place))
  const page = rest.slice(0, limit)
  const last = page.at(-1)
  return {
    shown: page.map((one) => one.row),
    nextCursor: last && rest.length > limit ? toCursor(last.place) : null,
  }
}
