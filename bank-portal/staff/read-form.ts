import type { Context } from 'hono'

export type Form = Record<string, string>
export type Mistakes = Record<string, string>

/** The text fields of a posted form, each once. */
export const readForm = async (c: Context): Promise<Form> => {
  const body = await c.req.parseBody()
  const texts = Object.entries(body).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  )
  return Object.fromEntries(texts)
}

export const hasMistakes = (mistakes: Mistakes): boolean => Object.keys(mistakes).length > 0

/** For `ErrorSummary`. */
export const listMistakes = (mistakes: Mistakes) =>
  Object.entries(mistakes).map(([name, message]) => ({ name, message }))
