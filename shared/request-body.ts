import type { Context } from 'hono'
import type * as z from 'zod'
import { AppError } from './errors.ts'
import { fieldErrors } from './problem.ts'
import { JsonRefused, parseStrictJson } from './strict-json.ts'

/** The largest body of a signed call or API request. */
export const largestBodyBytes = 256 * 1024

const tooLarge = (limit: number) =>
  new AppError('too-large', {
    detail: `send at most ${limit} bytes`,
    headers: { connection: 'close' },
  })

const brokenOff = (cause: unknown) =>
  new AppError('malformed', { detail: 'the body broke off', cause })

// Stops reading at the limit; the server closes the connection after the answer.
const readStream = async (stream: ReadableStream<Uint8Array>, limit: number) => {
  const reader = stream.getReader()
  const chunks: Uint8Array[] = []
  let length = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return Buffer.concat(chunks, length)
    length += value.length
    if (length > limit) throw tooLarge(limit)
    chunks.push(value)
  }
}

/**
 * The raw body of a request, `limit` bytes at most, however it is sent. Throws `too-large` without
 * holding more than the limit in memory.
 */
export const readBody = async (c: Context, limit = largestBodyBytes): Promise<Uint8Array> => {
  const announced = c.req.header('content-length')
  if (announced !== undefined && Number(announced) > limit) throw tooLarge(limit)
  try {
    if (announced === undefined) {
      const stream = c.req.raw.body
      return stream ? await readStream(stream, limit) : new Uint8Array()
    }
    // The HTTP parser hands out no more than was announced.
    const raw = new Uint8Array(await c.req.arrayBuffer())
    if (raw.length > limit) throw tooLarge(limit)
    return raw
  } catch (error) {
    throw error instanceof AppError ? error : brokenOff(error)
  }
}

const malformed = (pointer: string, detail: string) =>
  new AppError('malformed', { detail, errors: [{ pointer, detail }] })

/**
 * The JSON value of a raw body; throws `malformed` for invalid UTF-8, invalid JSON, a key that is
 * twice in one object, nesting beyond 32.
 */
export const parseJsonBody = (raw: Uint8Array): unknown => {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(raw)
  } catch {
    throw malformed('#', 'the body is not valid UTF-8')
  }
  try {
    return parseStrictJson(text)
  } catch (error) {
    if (error instanceof JsonRefused) throw malformed(error.pointer, error.message)
    throw error
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
