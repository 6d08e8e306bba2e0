import type * as z from 'zod'
import { fieldError } from '#shared/errors.ts'

/** A place in a list, opaque to callers. */
export const writeCursor = (place: unknown): string =>
  Buffer.from(JSON.stringify(place)).toString('base64url')

/** The place that a cursor names; throws `invalid` for one that this list did not make. */
export const readCursor = <Schema extends z.ZodType>(
  schema: Schema,
  cursor: string,
): z.output<Schema> => {
  try {
    return schema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))
  } catch {
    throw fieldError('?cursor', 'this cursor is not from this list')
  }
}
