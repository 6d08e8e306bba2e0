import type { Context } from 'hono'
import { z } from 'zod'
import { AppError, type FieldError, type ProblemCode, problems } from './errors.ts'
import type { Log } from './log.ts'

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
  return code in problems ? (code as ProblemCode) : undefined
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
    ...error.headers,
  })

const databaseIsAway = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'CONNECT_TIMEOUT',
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  '57P01',
  '57P03',
  '53300',
  '53100',
])

/** Any thrown value as an `AppError`: known ones as they are, a database that is away as 503, the rest 500. */
export const toAppError = (error: unknown, log: Log): AppError => {
  if (error instanceof AppError) return error
  const code = codeOf(error)
  if (code && databaseIsAway.has(code)) {
    log.error({ code }, 'the database is not reachable')
    return new AppError('unavailable', { headers: { 'retry-after': '2' } })
  }
  // A database error's message holds the statement's parameters: names, amounts, accounts.
  log.error(
    { code, name: error instanceof Error ? error.name : typeof error, stack: framesOf(error) },
    'unexpected error',
  )
  return new AppError('internal')
}

const codeOf = (error: unknown): string | undefined => {
  for (let at = error; at instanceof Error; at = at.cause)
    if ('code' in at && typeof at.code === 'string') return at.code
  return undefined
}

const framesOf = (error: unknown): string | undefined =>
  error instanceof Error
    ? error.stack
        ?.split('\n')
        .filter((line) => line.trimStart().startsWith('at '))
        .slice(0, 8)
        .join('\n')
    : undefined

/** The field errors of a failed zod parse, as JSON pointers under `base` ("#" for the body). */
export const fieldErrors = (error: z.ZodError, base = '#'): FieldError[] =>
  error.issues.slice(0, 20).map(({ path, message }) => ({
    pointer: [base, ...path.map(String)].join('/'),
    detail: message,
  }))
