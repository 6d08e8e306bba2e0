import type { AnyApp } from './any-app.ts'
import { type BatchItem, batchOf, mostOfBatch } from './contracts/batch.ts'
import type { AnyCall, Received, ReplyOf, Sent } from './contracts/call.ts'
import { sqlState } from './database.ts'
import { AppError } from './errors.ts'
import type { Log } from './log.ts'
import { problemBody, toAppError } from './problem.ts'
import { parseFields } from './request-body.ts'
import {
  type CallContext,
  errorOfProblem,
  NoAnswer,
  queryTexts,
  type ServiceClient,
} from './service-client.ts'
import { serveCall, type Trust } from './service-routes.ts'
import type { ServiceCaller } from './service-token.ts'

/**
 * Calls of one kind that are made at once travel together, so that one signature, one round trip and
 * one transaction serve them all. This file is both ends of that: `serveBatchedCall` and `batchCalls`.
 */

/** What one of several came to; another's failure does not touch it. */
export type Answer<T> = { reply: T } | { error: unknown }

/** The reply of a verb that was asked for one alone; throws its error. */
export const onlyReply = <T>([answer]: readonly Answer<T>[]): T => {
  if (!answer) throw new Error('a call without an answer')
  if ('error' in answer) throw answer.error
  return answer.reply
}

/**
 * Answers from a step that may refuse. A refusal is that one's answer, and so is a fault of ours; an
 * error of the database is thrown: its transaction is of no use to the others either.
 */
export const answerOf = async <T>(work: () => Promise<T> | T): Promise<Answer<T>> => {
  try {
    return { reply: await work() }
  } catch (error) {
    if (error instanceof AppError || sqlState(error) === undefined) return { error }
    throw error
  }
}

/**
 * Asks `handle` for those that are not refused yet, all at once, and puts each answer in its place.
 */
export const answerRest = async <T, R>(
  read: readonly Answer<T>[],
  handle: (rest: T[]) => Promise<Answer<R>[]>,
): Promise<Answer<R>[]> => {
  const rest = read.flatMap((one) => ('reply' in one ? [one.reply] : []))
  const answers = rest.length > 0 ? await handle(rest) : []
  let next = 0
  return read.map((one) => {
    if ('error' in one) return one
    const answer = answers[next++]
    if (!answer) throw new Error('fewer answers than were asked for')
    return answer
  })
}

type Input<C extends AnyCall> = Received<C> & { caller: ServiceCaller }

const readItem = <C extends AnyCall>(
  call: C,
  { onBehalfOf, params, query, body }: BatchItem,
  caller: ServiceCaller,
) =>
  answerOf(
    () =>
      ({
        params: call.params ? parseFields(call.params, params, ':') : undefined,
        query: call.query ? parseFields(call.query, query ?? {}, '?') : undefined,
        body: call.body ? parseFields(call.body, body) : undefined,
        caller: { ...caller, onBehalfOf },
      }) as unknown as Input<C>,
  )

const isRefusal = (error: unknown) =>
  error instanceof AppError && error.status < 500 && error.code !== 'unauthenticated'

/**
 * All were refused before anything was changed, or a token spent: so is the call, and its caller asks
 * for each alone. By a refusal, if there is one: anything else would leave them all in doubt.
 */
const refuseTogether = (answers: readonly Answer<unknown>[]): void => {
  if (!answers.every((one) => 'error' in one)) return
  const errors = answers.map((one) => one.error)
  throw errors.find(isRefusal) ?? errors[0]
}

/** Serves a call alone and in batches, by one handler that answers as many as it is given. */
export const serveBatchedCall = <C extends AnyCall>(
  app: AnyApp,
  deps: { trust: Trust; log: Log },
  call: C,
  handle: (inputs: Input<C>[]) => Promise<Answer<ReplyOf<C>>[]>,
): void => {
  serveCall(app, deps, call, async (input) => onlyReply(await handle([input])))
  serveCall(app, deps, batchOf(call), async ({ body, caller }) => {
    const read = await Promise.all(body.items.map((item) => readItem(call, item, caller)))
    const answers = await answerRest(read, handle)
    if (call.changes && !caller.use?.spent) refuseTogether(answers)
    return {
      answers: answers.map((one) =>
        'reply' in one
          ? { reply: one.reply }
          : { problem: problemBody(toAppError(one.error, deps.log)) },
      ),
    }
  })
}

const settle = async <T>(work: () => Promise<T>): Promise<Answer<T>> => {
  try {
    return { reply: await work() }
  } catch (error) {
    return { error }
  }
}

/** Serves a call that changes nothing alone and in batches, each of them by itself. */
export const serveBatchedRead = <C extends AnyCall>(
  app: AnyApp,
  deps: { trust: Trust; log: Log },
  call: C,
  handle: (input: Input<C>) => Promise<ReplyOf<C>>,
): void =>
  serveBatchedCall(app, deps, call, (inputs) =>
    Promise.all(inputs.map((input) => settle(() => handle(input)))),
  )

interface Waiting {
  sent: { params?: unknown; query?: Record<string, unknown>; body?: unknown }
  context: CallContext
  /** Since when, by a clock that is never set back. */
  sinceMs: number
  resolve: (reply: unknown) => void
  reject: (error: unknown) => void
}

/** A peer that is slow with one batch does not keep the next from being asked for longer. */
const longestWaitMs = 100

const sendAlone = async (send: ServiceClient, call: AnyCall, one: Waiting): Promise<void> => {
  try {
    one.resolve(await send(call, one.sent as Sent<AnyCall>, one.context))
  } catch (error) {
    one.reject(error)
  }
}

/** By a peer that takes no batches, or as a batch: nothing was done. */
const isRefusedWhole = (error: unknown) =>
  error instanceof AppError || (error instanceof NoAnswer && [404, 405].includes(error.status ?? 0))

const sendTogether = async (
  send: ServiceClient,
  call: AnyCall,
  waiting: readonly Waiting[],
): Promise<void> => {
  const items = waiting.map(({ sent: { query, ...sent }, context: { onBehalfOf } }) => ({
    ...sent,
    ...(query ? { query: queryTexts(query) } : {}),
    onBehalfOf,
  }))
  try {
    const { answers } = await send(batchOf(call), { body: { items } })
    waiting.forEach(({ resolve, reject }, at) => {
      const answer = answers[at]
      if (!answer) return reject(new NoAnswer(call.name, 'a batch without this one’s answer'))
      if ('problem' in answer) return reject(errorOfProblem(call, answer.problem))
      const parsed = call.reply.safeParse(answer.reply)
      if (parsed.success) resolve(parsed.data)
      else
        reject(
          new NoAnswer(call.name, 'a reply that does not fit the contract', {
            cause: parsed.error,
          }),
        )
    })
  } catch (error) {
    if (isRefusedWhole(error)) await Promise.all(waiting.map((one) => sendAlone(send, call, one)))
    else
      for (const { reject } of waiting)
        reject(
          error instanceof NoAnswer
            ? new NoAnswer(call.name, error.message, { cause: error })
            : error,
        )
  }
}

/** Calls of one kind that wait to be sent. */
interface Line {
  length(): number
  /** How long the first of them has waited. */
  waitedMs(): number
  /** Whether a batch of its kind is under way. */
  isUnderway(): boolean
  sendNext(): void
}

/** How many batches of several kinds may be under way at once: see `createTurns`. */
export interface Turns {
  join(line: Line): void
  begin(): void
  end(): void
  next(): void
}

/**
 * Lets batches of several kinds take turns, the longest line first. A payment is a chain of calls of
 * different kinds: without turns the payments that are made at once spread over all of them, a few in
 * each, and a batch costs nearly the same for few as for many. So while another is under way, one that
 * is not full also waits `gatherMs` for more.
 */
export const createTurns = ({
  atOnce = Number.POSITIVE_INFINITY,
  gatherMs = 0,
}: {
  atOnce?: number
  gatherMs?: number
} = {}): Turns => {
  const lines: Line[] = []
  let underway = 0
  let gathering: NodeJS.Timeout | undefined
  const leftToGatherMs = (line: Line) =>
    underway === 0 || line.length() >= mostOfBatch ? 0 : gatherMs - line.waitedMs()
  const next = () => {
    clearTimeout(gathering)
    while (underway < atOnce) {
      const inLine = lines.filter((line) => line.length() > 0 && !line.isUnderway())
      const [longest] = inLine
        .filter((line) => leftToGatherMs(line) <= 0)
        .toSorted((one, other) => other.length() - one.length())
      if (!longest) {
        if (inLine.length > 0) gathering = setTimeout(next, Math.min(...inLine.map(leftToGatherMs)))
        return
      }
      longest.sendNext()
    }
  }
  return {
    join: (line) => void lines.push(line),
    begin() {
      underway += 1
    },
    end() {
      underway -= 1
      // Those who got an answer join their next line first.
      process.nextTick(next)
    },
    next,
  }
}

const createQueue = (send: ServiceClient, call: AnyCall, turns: Turns) => {
  const waiting: Waiting[] = []
  let underway = 0
  let timer: NodeJS.Timeout | undefined

  const sendNext = async () => {
    clearTimeout(timer)
    timer = undefined
    const [first, ...others] = waiting.splice(0, mostOfBatch)
    if (!first) return
    underway += 1
    turns.begin()
    // For those whom this one could not take.
    waitOn()
    await (others.length === 0
      ? sendAlone(send, call, first)
      : sendTogether(send, call, [first, ...others]))
    underway -= 1
    turns.end()
  }

  const sendAll = () => {
    while (waiting.length > 0) void sendNext()
  }

  const waitedMs = () => performance.now() - (waiting[0]?.sinceMs ?? performance.now())

  const waitOn = () => {
    if (waiting.length === 0) return
    timer ??= setTimeout(sendAll, Math.max(0, longestWaitMs - waitedMs()))
  }

  const proceed = () => {
    turns.next()
    waitOn()
  }

  turns.join({
    length: () => waiting.length,
    waitedMs,
    isUnderway: () => underway > 0,
    sendNext: () => void sendNext(),
  })
  return (sent: Waiting['sent'], context: CallContext): Promise<unknown> =>
    new Promise((resolve, reject) => {
      waiting.push({ sent, context, sinceMs: performance.now(), resolve, reject })
      if (waiting.length === 1 || waiting.length === mostOfBatch) setImmediate(proceed)
    })
}

/**
 * A client that sends these calls in batches: those made while one of their kind is under way go
 * together as the next. A call that is alone goes as it would without this. Clients may share turns.
 */
export const batchCalls = (
  send: ServiceClient,
  calls: readonly AnyCall[],
  turns: Turns = createTurns(),
): ServiceClient => {
  const queues = new Map(calls.map((call) => [call.name, createQueue(send, call, turns)]))
  return ((call: AnyCall, sent: Waiting['sent'], context: CallContext = {}) => {
    const queue = queues.get(call.name)
    return queue ? queue(sent, context) : send(call, sent as Sent<AnyCall>, context)
  }) as ServiceClient
}
