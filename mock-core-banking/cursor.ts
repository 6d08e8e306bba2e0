import { fieldError } from '#shared/errors.ts'

/** An opaque place in a list that is ordered by a number. */
export const writeCursor = (place: bigint): string => Buffer.from(`${place}`).toString('base64url')

/** Throws `invalid` for what is no cursor of ours. */
export const readCursor = (cursor: string): bigint => {
  const text = Buffer.from(cursor, 'base64url').toString()
  if (!/^\d{1,18}$/.test(text)) throw fieldError('?cursor', 'this is no cursor of this list')
  return BigInt(text)
}
