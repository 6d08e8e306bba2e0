import type { Context } from 'hono'

/** The text fields of a posted form. */
export const readForm = async (c: Context): Promise<Record<string, string>> => {
  const body = await c.req.parseBody()
  return Object.fromEntries(
    Object.entries(body).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}
