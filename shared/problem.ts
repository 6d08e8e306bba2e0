import type { Context } from 'hono'
import * as z from 'zod'
import { AppError, type FieldError, type ProblemCode, problems } from './errors.ts'
import { errorCode, type Log } from './log.ts'

/** RFC 9457 body; clients branch on `type` alone. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
  requestId: z.string().optional(),
})
export type Problem = z.infer<typeof problem>

const typePrefix = '/problems/'

export const problemType = (code: ProblemCode) => `${typePrefix}${code}`

/** The code behind a problem's `type`; undefined for one that is not ours. */
export const problemCode = (type: string): ProblemCode | undefined => {
  const code = type.slice(type.lastIndexOf('/') + 1)
  return Object.hasOwn(problems, code) ? (code as ProblemCode) : undefined
}

const requestIdOf = (c: Context): string | undefined => c.get('requestId')

export const problemBody = (error: AppError, requestId?: string): Problem => ({
  type: problemType(error.code),
  title: problems[error.code].title,
  status: error.status,
  ...(error.detail === undefined ? {} : { detail: error.detail }),
  ...(error.errors.length === 0 ? {} : { errors: error.errors }),
  ...(requestId === undefined ? {} : { requestId }),
})

/** Answers problem+json. */
export const answerProblem = (c: Context, error: AppError): Response =>
  c.body(JSON.stringify(problemBody(error, requestIdOf(c))), error.status, {
    'content-type': 'application/problem+json',
    ...(error.status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
    ...error.headers,
  })

const isAway = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
  'CONNECT_TIMEOUT',
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  '08001',
  '08006',
  // A standby, a server that shuts down or starts, no slot, a full or broken disk.
  '25006',
  '53100',
  '53200',
  '53300',
  '57P01',
  '57P02',
  '57P03',
  '58030',
])

/**
 * Any thrown value as an `AppError`: known ones as they are, a database or a peer that is away as
 * 503, the rest 500. Logs what is not the caller's fault, never with an error's message.
 */
export const toAppError = (error: unknown, log: Log): AppError => {
  if (error instanceof AppError) return error
  const code = errorCode(error)
  if ((code && isAway.has(code)) || (error instanceof Error && error.name === 'NoAnswer')) {
    log.error({ error }, 'the database or a peer is not reachable')
    return new AppError('unavailable', { headers: { 'retry-after': '2' } })
  }
  log.error(error instanceof Error ? { error } : { thrown: typeof error }, 'unexpected error')
  return new AppError('internal')
}

const pointerTo = (path: readonly PropertyKey[], base: string) => {
  const steps = path.map((step) => String(step).replaceAll('~', '~0').replaceAll('/', '~1'))
  return base === '#' ? ['#', ...steps].join('/') : base + steps.join('/')
}

/**
 * The field errors of a failed zod parse: JSON pointers for the body (`base` "#"), "?name" for the
 * query and ":name" for the path.
 */
export const fieldErrors = (error: z.ZodError, base = '#'): FieldError[] =>
  error.issues.slice(0, 20).map(({ path, message }) => ({
    pointer: pointerTo(path, base),
    detail: message,
  }))
