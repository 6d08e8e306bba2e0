import { Hono } from 'hono'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { type Answer, answerOf, batchCalls, serveBatchedCall } from './batched-calls.ts'
import { defineCall } from './contracts/call.ts'
import { AppError } from './errors.ts'
import { amountMinor } from './money.ts'
import { answerProblem, toAppError } from './problem.ts'
import { createServiceClient, NoAnswer } from './service-client.ts'
import { serveCall, trustPeers } from './service-routes.ts'
import {
  keysByFetch,
  makeRing,
  peerAddresses,
  recordLog,
  temporaryFolder,
  type TestRing,
} from './testing/key-rings.ts'

const call = defineCall({
  name: 'payThing',
  summary: 'Pay a thing',
  callee: 'core-banking',
  callers: ['bank-portal'],
  method: 'POST',
  path: '/things/:id/payments',
  changes: true,
  params: z.object({ id: z.string() }),
  body: z.strictObject({ amountMinor }),
  reply: z.object({ amountMinor, of: z.string() }),
})

const folder = temporaryFolder()
const recorded = recordLog()
let portal: TestRing
let core: TestRing
beforeAll(async () => {
  portal = await makeRing(folder.dir, 'bank-portal')
  core = await makeRing(folder.dir, 'core-banking')
})
afterAll(() => folder[Symbol.dispose]())

const sentOf = (id: string) => ({ params: { id }, body: { amountMinor: 2100n } })

const outcomes = async (asked: Promise<unknown>[]) =>
  (await Promise.allSettled(asked)).map((one) =>
    one.status === 'fulfilled' ? one.value : (one.reason as Error),
  )

describe('of calls that travel together', () => {
  interface Request {
    path: string
    token: string
    /** The same once more, with another body if it is changed. */
    present: (change?: (body: string) => string) => Promise<Response>
  }
  type Input = { params: { id: string }; body: { amountMinor: bigint }; of?: string | undefined }
  type Reply = Answer<{ amountMinor: bigint; of: string }>

  let requests: Request[]
  let paid: string[]
  let takesBatches: boolean
  let pay: (id: string, of?: string) => Promise<unknown>

  const paths = () => requests.map((one) => one.path)

  /** What each comes to, by its id; those that change nothing spend no token. */
  const answer = ({ params: { id }, body, of = 'nobody' }: Input): Promise<Reply> =>
    id === 'broken'
      ? Promise.resolve({ error: new TypeError('a fault of ours') })
      : answerOf(() => {
          if (id === 'refused') throw new AppError('claim-settled', { detail: 'on 1 July' })
          if (id === 'unavailable') throw new AppError('unavailable')
          if (id === 'odd') return { amountMinor: 'many' as never, of }
          paid.push(id)
          return { amountMinor: body.amountMinor, of }
        })

  beforeEach(() => {
    requests = []
    paid = []
    takesBatches = true
    const spent = new Set<string>()
    const deps = {
      log: recorded.log,
      trust: trustPeers('core-banking', core.ring, peerAddresses, {
        fetch: keysByFetch({ 'bank-portal': portal.ring }).fetch,
      }),
    }
    const made = (batches: boolean) => {
      const app = new Hono()
      app.onError((error, c) => answerProblem(c, toAppError(error, recorded.log)))
      app.notFound((c) => answerProblem(c, new AppError('not-found')))
      const handle: Parameters<typeof serveBatchedCall<typeof call>>[3] = async (inputs) => {
        const [first] = inputs
        if (first && spent.has(first.caller.tokenId)) throw new AppError('unauthenticated')
        const answers: Reply[] = []
        for (const { params, body, caller } of inputs)
          answers.push(await answer({ params, body, of: caller.onBehalfOf }))
        if (first?.caller.use && answers.some((one) => 'reply' in one)) {
          spent.add(first.caller.tokenId)
          first.caller.use.spent = true
        }
        return answers
      }
      if (batches) serveBatchedCall(app, deps, call, handle)
      else
        serveCall(app, deps, call, async (input) => {
          const [one] = await handle([input])
          if (one && 'reply' in one) return one.reply
          throw one?.error
        })
      return app
    }
    const [together, alone] = [made(true), made(false)]
    const send: typeof fetch = async (input, init) => {
      const url = new URL(input instanceof Request ? input.url : input)
      const present: Request['present'] = async (change = (body) => body) =>
        (takesBatches ? together : alone).request(url.pathname, {
          ...init,
          body: change(init?.body as string),
        })
      const token = new Headers(init?.headers).get('authorization') ?? ''
      requests.push({ path: url.pathname, token, present })
      return present()
    }
    const client = batchCalls(
      createServiceClient({
        issuer: 'bank-portal',
        baseUrl: 'http://core.test',
        keys: portal.ring,
        instance: 'test',
        fetch: send,
      }),
      [call],
    )
    pay = (id, of) => client(call, sentOf(id), of === undefined ? {} : { onBehalfOf: of })
  })

  const done = (of = 'nobody') => ({ amountMinor: 2100n, of })

  test('all have one token, and amounts arrive as they are', async () => {
    expect(await outcomes([pay('a'), pay('b')])).toEqual([done(), done()])
    expect(requests.map((one) => one.token)).toEqual([expect.stringMatching(/^Bearer /)])
  })

  test('one that is made on behalf of somebody lends its name to no other', async () => {
    expect(await outcomes([pay('a', 'C-1'), pay('b'), pay('c', 'C-2')])).toEqual([
      done('C-1'),
      done(),
      done('C-2'),
    ])
  })

  test('one that is refused, one that fails, one with an odd reply: the others have their answers', async () => {
    const answers = await outcomes(['a', 'refused', 'broken', 'odd', 'b'].map((id) => pay(id)))
    expect(answers[0]).toEqual(done())
    expect(answers[1]).toMatchObject({ code: 'claim-settled', detail: 'on 1 July' })
    expect(answers[2]).toMatchObject({ name: 'NoAnswer', call: 'payThing' })
    expect(answers[3]).toMatchObject({ name: 'NoAnswer', call: 'payThing' })
    expect(answers[4]).toEqual(done())
    expect(paid).toEqual(['a', 'b'])
    expect(paths()).toEqual(['/batches/payThing'])
  })

  test('all are refused or could not be looked at: each learns which, for itself', async () => {
    const answers = await outcomes([pay('unavailable'), pay('refused')])
    expect(answers[0]).toBeInstanceOf(NoAnswer)
    expect(answers[1]).toMatchObject({ code: 'claim-settled' })
  })

  test('a peer that takes none gets one after the other, and each is answered', async () => {
    takesBatches = false
    const answers = await outcomes([pay('a', 'C-1'), pay('refused'), pay('b', 'C-2')])
    expect(answers[0]).toEqual(done('C-1'))
    expect(answers[1]).toMatchObject({ code: 'claim-settled' })
    expect(answers[2]).toEqual(done('C-2'))
    expect(paid.toSorted()).toEqual(['a', 'b'])
  })

  test('a batch presented twice is refused, and nothing changes', async () => {
    await outcomes([pay('a'), pay('b')])
    const again = await requests[0]?.present()
    expect(again?.status).toBe(401)
    expect(paid).toEqual(['a', 'b'])
  })

  test('a batch of which only was changed for whom it is made is refused', async () => {
    await outcomes([pay('a', 'C-1'), pay('b', 'C-1')])
    const again = await requests[0]?.present((body) => body.replaceAll('C-1', 'C-2'))
    expect(again?.status).toBe(401)
    expect(paid).toEqual(['a', 'b'])
  })
})

test('a step that refuses or meets a fault of ours answers for itself; the database’s error is thrown', async () => {
  const steps = [
    new AppError('not-found'),
    new TypeError('a fault of ours'),
    Object.assign(new Error('deadlock'), { code: '40P01' }),
    Object.assign(new Error('failed query'), { cause: { code: 'CONNECTION_CLOSED' } }),
  ].map((error) =>
    answerOf(() => {
      throw error
    }),
  )
  expect(await outcomes(steps)).toMatchObject([
    { error: { code: 'not-found' } },
    { error: { message: 'a fault of ours' } },
    { message: 'deadlock' },
    { message: 'failed query' },
  ])
})
