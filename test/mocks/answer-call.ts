import { setTimeout } from 'node:timers/promises'
import { decodeJwt } from 'jose'
import { Hono } from 'hono'
import type { AnyCall, Received, ReplyOf } from '#shared/contracts/call.ts'
import { AppError } from '#shared/errors.ts'
import { toJson, toJsonValue } from '#shared/json.ts'
import { silentLog } from '#shared/log.ts'
import { answerProblem, toAppError } from '#shared/problem.ts'
import { parseFields, parseJsonBody } from '#shared/request-body.ts'
import type { Trust } from '#shared/service-routes.ts'
import { verifyServiceToken } from '#shared/service-token.ts'
import type { Faults } from './faults.ts'

/** The answer that never arrives. `fetch` and the MSW handlers turn it into a network error. */
export const lostAnswer = 'x-mock-lost-answer'

const lost = () => new Response(null, { headers: { [lostAnswer]: '1' } })

export interface MockOptions {
  faults: Faults
  /** Checks the callers' tokens as the real service does; without it any bearer token will do. */
  trust: Trust | undefined
}

export const createMockApp = (): Hono =>
  new Hono()
    .onError((error, c) => answerProblem(c, toAppError(error, silentLog)))
    .notFound((c) => answerProblem(c, new AppError('not-found')))

const checkCaller = async (
  call: AnyCall,
  request: { token: string; method: string; target: string; body: Uint8Array },
  trust: Trust | undefined,
): Promise<string | undefined> => {
  const { token, ...signed } = request
  try {
    if (!trust) return decodeJwt(token).obo as string | undefined
    const caller = await verifyServiceToken(token, signed, {
      audience: trust.service,
      callers: call.callers,
      keysOf: (issuer) => trust.keysOf(issuer, 'request'),
      isDenied: trust.isDenied,
    })
    return caller.onBehalfOf
  } catch {
    throw new AppError('unauthenticated')
  }
}

/** Answers one call by its contract: what it receives and what it replies are both checked. */
export const answerCall = <C extends AnyCall>(
  app: Hono,
  { faults, trust }: MockOptions,
  call: C,
  answer: (input: Received<C> & { onBehalfOf: string | undefined }) => Promise<ReplyOf<C>>,
): void => {
  app.on(call.method, call.path, async (c) => {
    const suffered = faults.take(call.name)
    if (suffered?.fault === 'not reachable') return lost()
    if (suffered?.fault === '503') throw new AppError('unavailable')
    const body = new Uint8Array(await c.req.arrayBuffer())
    const { pathname, search } = new URL(c.req.url)
    const token = (c.req.header('authorization') ?? '').replace(/^Bearer /, '')
    const request = { token, method: c.req.method, target: pathname + search, body }
    const onBehalfOf = await checkCaller(call, request, trust)
    const input = {
      params: call.params ? parseFields(call.params, c.req.param(), '/') : undefined,
      query: call.query ? parseFields(call.query, c.req.query(), '?') : undefined,
      body: call.body ? parseFields(call.body, parseJsonBody(body)) : undefined,
      onBehalfOf,
    }
    const reply = await answer(input as unknown as Received<C> & { onBehalfOf: string | undefined })
    call.reply.parse(toJsonValue(reply))
    if (suffered?.fault === 'slow') await setTimeout(suffered.slowMs)
    if (suffered?.fault === 'answer lost') return lost()
    if (suffered?.fault === 'malformed answer') return c.body('{"outcome":', 200)
    return c.body(toJson(reply), 200, { 'content-type': 'application/json' })
  })
}
