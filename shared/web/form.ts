import type { Context } from 'hono'

/**
 * Every text of a posted form, by name, in the order in which it was sent; files are left out. Nothing
 * for a body of another kind.
 */
export const readForm = async (c: Context): Promise<URLSearchParams> => {
  const type = c.req.header('content-type') ?? ''
  if (/^application\/x-www-form-urlencoded\b/i.test(type))
    return new URLSearchParams(await c.req.text())
  if (!/^multipart\/form-data\b/i.test(type)) return new URLSearchParams()
  const entries = [...(await c.req.formData())]
  return new URLSearchParams(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}

/** The same with one text for each name: the last. */
export const readFields = async (c: Context): Promise<Record<string, string>> =>
  Object.fromEntries(await readForm(c))
