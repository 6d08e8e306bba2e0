import type { Context } from 'hono'
import { AppError, fieldError } from '#shared/errors.ts'
import { problemBody } from '#shared/problem.ts'
import { readBody } from '#shared/request-body.ts'
import type { ClaimServerState, KeptAnswer, MockShop } from './claim-server-state.ts'

export type ShopEnv = { Variables: { shop: MockShop; requestId: string } }

/** The raw body of a request that says it is JSON. */
export const readRawJson = async (c: Context, limit?: number): Promise<Uint8Array> => {
  if (!/^application\/json\s*(;|$)/i.test(c.req.header('content-type') ?? ''))
    throw new AppError('unsupported-media-type', { detail: 'send application/json' })
  return readBody(c, limit)
}

/** Throws `idempotency-key-missing`, or `invalid` naming the header. */
export const readIdempotencyKey = (header: string | undefined): string => {
  if (header === undefined || header.trim() === '') throw new AppError('idempotency-key-missing')
  const text = header.trim()
  const key = /^"(?:[^"\\]|\\["\\])*"$/.test(text)
    ? text.slice(1, -1).replaceAll(/\\(["\\])/g, '$1')
    : text
  if (!/^[\x20-\x7e]{1,255}$/.test(key) || key.includes('"'))
    throw fieldError('Idempotency-Key', 'write 1 to 255 printable characters')
  return key
}

/** The revision in an If-Match header; undefined for any. */
export const readRevision = (header: string | undefined): number | undefined => {
  if (header === undefined || header.trim() === '*') return undefined
  const [, revision] = /^"(\d{1,9})"$/.exec(header.trim()) ?? []
  if (revision === undefined) throw fieldError('If-Match', 'write the ETag as it was given')
  return Number(revision)
}

/** The ETag of an order. */
export const etagOf = ({ revision }: { revision: number }) => `"${revision}"`

/** An order or a refusal, as it was answered the first time. */
export const answerKept = (c: Context, { status, body, location }: KeptAnswer, replayed: boolean) =>
  c.body(body, status as 200, {
    ...(status < 400
      ? { 'content-type': 'application/json', etag: etagOf(JSON.parse(body)) }
      : { 'content-type': 'application/problem+json' }),
    ...(location ? { location } : {}),
    ...(replayed ? { 'idempotency-replayed': 'true' } : {}),
  })

const passing = new Set([401, 403, 408, 429])

/** What was answered the first time under this key, or the work's answer, kept for the next time. */
export const answerOnce = (
  { answers }: ClaimServerState,
  request: {
    shop: MockShop
    operation: string
    key: string
    rawBody: Uint8Array
    requestId: string
  },
  work: () => KeptAnswer,
): { answer: KeptAnswer; replayed: boolean } => {
  const name = JSON.stringify([request.shop.shopId, request.operation, request.key])
  const fingerprint = Buffer.from(request.rawBody).toString('base64url')
  const known = answers.get(name)
  if (known && known.fingerprint !== fingerprint) throw new AppError('idempotency-key-reused')
  if (known) return { answer: known.answer, replayed: true }
  let answer: KeptAnswer
  try {
    answer = work()
  } catch (error) {
    if (!(error instanceof AppError) || error.status >= 500 || passing.has(error.status))
      throw error
    const location = error.headers.location ?? null
    answer = {
      status: error.status,
      body: JSON.stringify(problemBody(error, request.requestId)),
      location,
    }
  }
  answers.set(name, { fingerprint, answer })
  return { answer, replayed: false }
}
