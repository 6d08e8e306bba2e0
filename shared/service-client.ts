import { AppError } from './errors.ts'
import { createHttpSend, type SentAnswer, sendByFetch } from './http-send.ts'
import { toJson } from './json.ts'
import type { AnyCall, ReplyOf, Sent } from './contracts/call.ts'
import type { KeyRing } from './keys.ts'
import { type Problem, problem, problemCode } from './problem.ts'
import { type Service, signServiceToken } from './service-token.ts'

/**
 * A call without a certain answer: no connection, a time-out, a broken reply, or a 5xx, 401 or 429 of
 * the callee (but the 429 of a call with an own limit is its answer). Nothing may be concluded from it;
 * whether the call took effect must be asked.
 */
export class NoAnswer extends Error {
  /** The call's name in its contract: says which peer was silent. */
  readonly call: string
  /** Of an answer that says nothing certain: a gateway's, or none of ours. */
  readonly status: number | undefined
  constructor(
    call: string,
    reason: string,
    { cause, status }: { cause?: unknown; status?: number } = {},
  ) {
    super(`${call}: ${reason}`, { cause })
    this.name = 'NoAnswer'
    this.call = call
    this.status = status
  }
}

export interface ServiceClientOptions {
  issuer: Service
  baseUrl: string
  keys: KeyRing
  /** Names this process in the peer's log. */
  instance: string
  /** Instead of a connection of its own. */
  fetch?: typeof fetch
  timeoutMs?: number
}

export interface CallContext {
  onBehalfOf?: string
  correlationId?: string
}

/** Calls one peer by contract: signs, sends, and parses the reply or the problem. */
export interface ServiceClient {
  <C extends AnyCall>(call: C, sent: Sent<C>, context?: CallContext): Promise<ReplyOf<C>>
}

interface Parts {
  params?: Record<string, unknown>
  query?: Record<string, unknown>
  body?: unknown
}

const fillPath = (path: string, params: Record<string, unknown> = {}) =>
  path.replaceAll(/:([a-zA-Z]+)/g, (_match, name: string) => {
    const value = params[name]
    // "." and ".." would make the URL another one than the contract's.
    if (typeof value !== 'string' || /^\.{0,2}$/.test(value))
      throw new TypeError(`the parameter ${name} does not fit into ${path}`)
    return encodeURIComponent(value)
  })

/** A call's query as texts, as it is read from an address: one, or several of a name. */
export const queryTexts = (query: Record<string, unknown> = {}) =>
  Object.fromEntries(
    Object.entries(query).flatMap(([name, value]): [string, string | string[]][] => {
      const texts = [value]
        .flat()
        .filter((one) => one !== undefined)
        .map(String)
      const [first, ...more] = texts
      if (first === undefined) return []
      return [[name, more.length === 0 ? first : texts]]
    }),
  )

const queryString = (query?: Record<string, unknown>) => {
  const search = new URLSearchParams(
    Object.entries(queryTexts(query)).flatMap(([name, value]) =>
      [value].flat().map((one): [string, string] => [name, one]),
    ),
  )
  return search.size === 0 ? '' : `?${search}`
}

/** The error behind a callee's problem: what it refused, or no answer at all. */
export const errorOfProblem = (call: AnyCall, found: Problem): Error => {
  if (found.status === 401 || found.status >= 500)
    return new NoAnswer(call.name, `answered ${found.status}`)
  const code = problemCode(found.type)
  return code
    ? new AppError(code, { detail: found.detail, errors: found.errors })
    : new NoAnswer(call.name, `answered ${found.status} with a problem of another kind`)
}

const readProblem = (call: AnyCall, status: number, text: string): Error => {
  const isLimit = status === 429 && !call.ownLimit
  if (status === 401 || isLimit || status >= 500)
    return new NoAnswer(call.name, `answered ${status}`)
  try {
    return errorOfProblem(call, problem.parse(JSON.parse(text)))
  } catch {
    return new NoAnswer(call.name, `answered ${status} without a problem body`, { status })
  }
}

/**
 * A client of one peer. A call returns the contract's reply; throws the callee's `AppError` when it
 * refused the request (4xx), and `NoAnswer` when the outcome is not known.
 */
export const createServiceClient = ({
  issuer,
  baseUrl,
  keys,
  instance,
  fetch,
  timeoutMs = 10_000,
}: ServiceClientOptions): ServiceClient => {
  const send = fetch ? sendByFetch(fetch) : createHttpSend()
  return async (call, sent, context = {}) => {
    const { params, query, body } = sent as Parts
    const url = new URL(fillPath(call.path, params) + queryString(query), baseUrl)
    const text = body === undefined ? '' : toJson(body)
    const token = await signServiceToken(
      keys,
      { method: call.method, target: url.pathname + url.search, body: text },
      { issuer, audience: call.callee, instance, ...context },
    )
    const headers = {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    }
    let answer: SentAnswer
    try {
      answer = await send(url, {
        method: call.method,
        headers,
        body: body === undefined ? undefined : text,
        timeoutMs: call.timeoutMs ?? timeoutMs,
      })
    } catch (error) {
      throw new NoAnswer(call.name, 'not reachable', { cause: error })
    }
    if (answer.status !== 200) throw readProblem(call, answer.status, answer.text)
    try {
      return call.reply.parse(JSON.parse(answer.text)) as never
    } catch (error) {
      throw new NoAnswer(call.name, 'a reply that does not fit the contract', { cause: error })
    }
  }
}
