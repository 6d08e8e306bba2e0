import { setTimeout } from 'node:timers/promises'
import { type Context, Hono, type Next } from 'hono'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { requestId } from 'hono/request-id'
import type { AnyCall, Received, ReplyOf } from '#shared/contracts/call.ts'
import { AppError } from '#shared/errors.ts'
import { toJsonValue } from '#shared/json.ts'
import { silentLog } from '#shared/log.ts'
import { answerProblem, toAppError } from '#shared/problem.ts'
import { serveCall, type Trust } from '#shared/service-routes.ts'
import type { ServiceCaller } from '#shared/service-token.ts'
import type { Faults } from './faults.ts'

/** The answer that never arrives. `fetch` and the MSW handlers turn it into a network error. */
export const lostAnswer = 'x-mock-lost-answer'

const lost = () => new Response(null, { headers: { [lostAnswer]: '1' } })

export interface MockOptions {
  faults: Faults
  /** Checks the callers' tokens, with the code of the real services. */
  trust: Trust
  /** Tokens of calls that changed something: each is good once. */
  spentTokens: Set<string>
}

export const createMockApp = (): Hono => {
  const app = new Hono()
  app.onError((error, c) => answerProblem(c, toAppError(error, silentLog)))
  app.notFound((c) => answerProblem(c, new AppError('not-found')))
  app.use(requestId({ limitLength: 64 }))
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (c, methods) =>
        answerProblem(
          c,
          new AppError('method-not-allowed', { headers: { allow: methods.join(', ') } }),
        ),
    }),
  )
  return app
}

/** What a call suffers as planned; without a plan it is answered. */
export const suffer = async (
  c: Context,
  next: Next,
  faults: Faults,
  name: string,
): Promise<Response | undefined> => {
  const suffered = faults.take(name)
  if (suffered?.fault === 'not reachable') return lost()
  if (suffered?.fault === '503')
    throw new AppError('unavailable', { headers: { 'retry-after': '2' } })
  await next()
  if (suffered?.fault === 'slow') await setTimeout(suffered.slowMs)
  if (suffered?.fault === 'answer lost') c.res = lost()
  if (suffered?.fault === 'malformed answer') c.res = new Response('{"outcome":', { status: 200 })
  return undefined
}

const spend = (spentTokens: Set<string>, { issuer, tokenId, use }: ServiceCaller) => {
  const token = `${issuer} ${tokenId}`
  if (spentTokens.has(token)) throw new AppError('unauthenticated')
  spentTokens.add(token)
  if (use) use.spent = true
}

/** A call about a customer is made on that customer's behalf: anybody else's data does not exist. */
const isOfCustomer = ({ path, name }: AnyCall) =>
  path.startsWith('/customers/:customerId') && name !== 'unlockAuthorisation'

/**
 * Answers one call by its contract, as the real services serve it: who calls, what is received and
 * what is replied are all checked.
 */
export const answerCall = <C extends AnyCall>(
  app: Hono,
  { faults, trust, spentTokens }: MockOptions,
  call: C,
  answer: (input: Received<C> & { caller: ServiceCaller }) => Promise<ReplyOf<C>>,
): void => {
  app.on(call.method, call.path, (c, next) => suffer(c, next, faults, call.name))
  serveCall(app, { trust, log: silentLog }, call, async (input) => {
    const { params } = input as { params?: { customerId?: string } }
    if (isOfCustomer(call) && input.caller.onBehalfOf !== params?.customerId)
      throw new AppError('not-found')
    if (call.changes) spend(spentTokens, input.caller)
    const reply = await answer(input)
    call.reply.parse(toJsonValue(reply))
    return reply
  })
}
