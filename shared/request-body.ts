import type { z } from 'zod'
import { AppError } from './errors.ts'
import { fieldErrors } from './problem.ts'

/** The largest body of a signed call or API request. */
export const largestBodyBytes = 256 * 1024

const deepest = 32

const checkDepth = (text: string) => {
  let depth = 0
  let inString = false
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    if (inString) {
      if (character === '\\') at++
      else if (character === '"') inString = false
    } else if (character === '"') inString = true
    else if (character === '{' || character === '[') {
      if (++depth > deepest) throw malformed('the JSON is nested too deeply')
    } else if (character === '}' || character === ']') depth--
  }
}

const malformed = (detail: string) =>
  new AppError('malformed', { detail, errors: [{ pointer: '#', detail }] })

/** The JSON value of a raw body; throws `malformed` for invalid UTF-8, invalid JSON, nesting beyond 32. */
export const parseJsonBody = (raw: Uint8Array): unknown => {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(raw)
  } catch {
    throw malformed('the body is not valid UTF-8')
  }
  checkDepth(text)
  try {
    return JSON.parse(text)
  } catch {
    throw malformed('the body is not valid JSON')
  }
}

/** A value that fits its schema, or `invalid` naming every field that does not. */
export const parseFields = <Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  base = '#',
): z.output<Schema> => {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const errors = fieldErrors(parsed.error, base)
  throw new AppError('invalid', { detail: errors[0]?.detail, errors })
}
