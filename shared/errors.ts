/** Every problem an API of Claimbook answers: its status and the title that never changes. */
export const problems = {
  malformed: { status: 400, title: 'The request can’t be read' },
  'idempotency-key-missing': { status: 400, title: 'The Idempotency-Key header is missing' },
  unauthenticated: { status: 401, title: 'The credentials are missing or not valid' },
  forbidden: { status: 403, title: 'This is not allowed here' },
  'not-found': { status: 404, title: 'There is nothing at this address' },
  'method-not-allowed': { status: 405, title: 'This method is not offered here' },
  timeout: { status: 408, title: 'The request took too long' },
  'order-exists': { status: 409, title: 'An order with this reference exists, with other content' },
  'batch-exists': { status: 409, title: 'A batch with this reference exists, with other content' },
  'in-progress': { status: 409, title: 'The same request is being worked on' },
  'claim-settled': { status: 409, title: 'The claim is settled' },
  'claim-in-payment': { status: 409, title: 'The claim is being paid' },
  'claim-not-open': { status: 409, title: 'The claim’s state does not allow this' },
  'order-not-open': { status: 409, title: 'The order is not open any more' },
  'claim-expired': { status: 410, title: 'The claim’s time limit has passed' },
  stale: { status: 412, title: 'The record has changed meanwhile' },
  'too-large': { status: 413, title: 'The request is too large' },
  'unsupported-media-type': { status: 415, title: 'This content type is not accepted' },
  invalid: { status: 422, title: 'A field has a value that can’t be accepted' },
  'idempotency-key-reused': {
    status: 422,
    title: 'This Idempotency-Key was used for another request',
  },
  'digest-mismatch': { status: 422, title: 'This payment id was used for another content' },
  'precondition-required': { status: 428, title: 'The If-Match header is missing' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  'headers-too-large': { status: 431, title: 'The headers are too large' },
  internal: { status: 500, title: 'Something went wrong here' },
  unavailable: { status: 503, title: 'Not possible at the moment' },
} as const satisfies Record<string, { status: number; title: string }>

export type ProblemCode = keyof typeof problems

/** What is wrong with one field; `pointer` is a JSON pointer into the body, or `?name` or `Header-Name`. */
export interface FieldError {
  pointer: string
  detail: string
}

/** A wrong request. Thrown by routes and verbs, turned into problem+json or a page at the edge. */
export class AppError extends Error {
  readonly code: ProblemCode
  readonly detail: string | undefined
  readonly errors: FieldError[]
  readonly headers: Record<string, string>
  constructor(
    code: ProblemCode,
    more: {
      detail?: string
      errors?: FieldError[]
      headers?: Record<string, string>
      cause?: unknown
    } = {},
  ) {
    super(more.detail ?? code, { cause: more.cause })
    this.name = 'AppError'
    this.code = code
    this.detail = more.detail
    this.errors = more.errors ?? []
    this.headers = more.headers ?? {}
  }
  get status() {
    return problems[this.code].status
  }
}

/** An `invalid`, to be thrown, about one field: `pointer` as in `FieldError`, `detail` for who sent it. */
export const fieldError = (pointer: string, detail: string): AppError =>
  new AppError('invalid', { detail, errors: [{ pointer, detail }] })

/** For the `never` branch of a union that must be decided whole. */
export const unreachable = (value: never): never => {
  throw new Error(`undecided case: ${String(value)}`)
}
