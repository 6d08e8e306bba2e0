import type { Context } from 'hono'

/** Where a list goes on, as its last page said it. */
export const readCursor = (c: Context): { cursor?: string } => {
  const cursor = c.req.query('cursor')
  return cursor ? { cursor: cursor.slice(0, 500) } : {}
}
