import { createHash } from 'node:crypto'
import { and, eq, lt, sql } from 'drizzle-orm'
import type { Transaction } from '#shared/database.ts'
import { AppError, fieldError } from '#shared/errors.ts'
import { problemBody } from '#shared/problem.ts'
import type { Deps } from '../deps.ts'
import { idempotentRequests } from './shops.table.ts'

/** What a creating request answers; kept for a repeat with the same key. */
export interface Answer {
  status: number
  /** JSON text. */
  body: string
  location: string | null
}

const keptDays = 30

/**
 * The key of an Idempotency-Key header, bare or as a quoted string; 1 to 255 printable characters.
 * Throws `idempotency-key-missing`, or `invalid` naming the header.
 */
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

const lockNumber = (parts: string[]) =>
  createHash('sha256').update(JSON.stringify(parts)).digest().readBigInt64BE()

// Answers that may be another the next time the same is asked: they are not kept.
const passing = new Set([401, 403, 408, 429])
const isKept = (error: unknown): error is AppError =>
  error instanceof AppError && error.status < 500 && !passing.has(error.status)

const refusal = (error: AppError, requestId: string | undefined): Answer => ({
  status: error.status,
  body: JSON.stringify(problemBody(error, requestId)),
  location: error.headers.location ?? null,
})

/**
 * Does the work of a creating request once for its key, and gives the same answer to every repeat
 * for thirty days. The answer is stored in the transaction of the effect. Throws `in-progress` while
 * the first one is under way, `idempotency-key-reused` for another body under the same key.
 */
export const answerOnce = (
  { db }: Pick<Deps, 'db'>,
  request: {
    shopId: string
    operation: string
    key: string
    rawBody: Uint8Array
    requestId?: string | undefined
  },
  work: (tx: Transaction) => Promise<Answer>,
): Promise<Answer & { replayed: boolean }> =>
  db.transaction(async (tx) => {
    const { shopId, operation, key } = request
    const fingerprint = createHash('sha256').update(request.rawBody).digest('base64url')
    const [lock] = await tx.execute<{ locked: boolean }>(
      sql`select pg_try_advisory_xact_lock(${lockNumber([shopId, operation, key])}::bigint) as locked`,
    )
    if (!lock?.locked) throw new AppError('in-progress', { headers: { 'retry-after': '1' } })
    const [known] = await tx
      .select()
      .from(idempotentRequests)
      .where(
        and(
          eq(idempotentRequests.shopId, shopId),
          eq(idempotentRequests.operation, operation),
          eq(idempotentRequests.key, key),
        ),
      )
    if (known) {
      if (known.fingerprint !== fingerprint) throw new AppError('idempotency-key-reused')
      return { status: known.status, body: known.body, location: known.location, replayed: true }
    }
    let answer: Answer
    try {
      answer = await tx.transaction(work)
    } catch (error) {
      if (!isKept(error)) throw error
      answer = refusal(error, request.requestId)
    }
    await tx
      .insert(idempotentRequests)
      .values({ shopId, operation, key, fingerprint, ...answer, createdAt: new Date() })
    return { ...answer, replayed: false }
  })

/** Forgets answers older than thirty days. */
export const sweepIdempotentRequests = ({ db }: Pick<Deps, 'db'>) =>
  db
    .delete(idempotentRequests)
    .where(lt(idempotentRequests.createdAt, new Date(Date.now() - keptDays * 24 * 3600 * 1000)))
