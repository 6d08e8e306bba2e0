import type { Context } from 'hono'

export type Form = Record<string, string>

/** The text fields of a posted form. */
export const readForm = async (c: Context): Promise<Form> => {
  const body = await c.req.parseBody()
  return Object.fromEntries(
    Object.entries(body).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}

/** Digits as people type them: full-width ones, blanks and dashes count too. */
export const digits = (text = ''): string => text.normalize('NFKC').replaceAll(/[\s-]/g, '')

export const mistakeList = (mistakes: Record<string, string | undefined>) =>
  Object.entries(mistakes).flatMap(([name, message]) => (message ? [{ name, message }] : []))
