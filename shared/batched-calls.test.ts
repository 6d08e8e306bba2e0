import { Hono } from 'hono'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { answerOf, batchCalls, serveBatchedCall, serveBatchedRead } from './batched-calls.ts'
import { mostOfBatch } from './contracts/batch.ts'
import { defineCall } from './contracts/call.ts'
import { AppError } from './errors.ts'
import { answerProblem, toAppError } from './problem.ts'
import { createServiceClient, NoAnswer, type ServiceClient } from './service-client.ts'
import { trustPeers } from './service-routes.ts'
import {
  keysByFetch,
  makeRing,
  peerAddresses,
  recordLog,
  temporaryFolder,
  type TestRing,
} from './testing/key-rings.ts'

const call = defineCall({
  name: 'giveThing',
  summary: 'Give a thing away',
  callee: 'core-banking',
  callers: ['bank-portal'],
  method: 'PUT',
  path: '/things/:id',
  changes: true,
  params: z.object({ id: z.string().regex(/^[a-z]+\d*$/) }),
  body: z.strictObject({ to: z.string().max(5) }),
  reply: z.object({ id: z.string(), of: z.string().optional() }),
})

const find = defineCall({
  name: 'findThings',
  summary: 'Find things',
  callee: 'core-banking',
  callers: ['bank-portal'],
  method: 'GET',
  path: '/things/:id',
  changes: false,
  params: z.object({ id: z.string() }),
  query: z.object({
    most: z.coerce.number().optional(),
    tag: z.union([z.string(), z.array(z.string())]).optional(),
  }),
  reply: z.object({ id: z.string() }),
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

/** How many each request carried to the verb. */
let served: string[][]
let requests: string[]
let found: unknown[]
let lose: (url: string) => boolean
let give: ServiceClient

beforeEach(() => {
  served = []
  requests = []
  found = []
  lose = () => false
  const app = new Hono()
  app.onError((error, c) => answerProblem(c, toAppError(error, recorded.log)))
  const { fetch: askKeys } = keysByFetch({ 'bank-portal': portal.ring })
  const trust = trustPeers('core-banking', core.ring, peerAddresses, { fetch: askKeys })
  serveBatchedCall(app, { trust, log: recorded.log }, call, async (inputs) => {
    served.push(inputs.map(({ params }) => params.id))
    return Promise.all(
      inputs.map(({ params, caller }) =>
        answerOf(() => {
          if (params.id === 'gone') throw new AppError('not-found')
          if (caller.use) caller.use.spent = true
          return { id: params.id, ...(caller.onBehalfOf ? { of: caller.onBehalfOf } : {}) }
        }),
      ),
    )
  })
  serveBatchedRead(app, { trust, log: recorded.log }, find, async ({ params, query }) => {
    found.push(query)
    if (params.id === 'gone') throw new AppError('not-found')
    return { id: params.id }
  })
  const send: typeof fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input)
    requests.push(url.pathname)
    const answer = await app.request(`${url.pathname}${url.search}`, init)
    if (lose(url.pathname)) throw new TypeError('connection lost')
    return answer
  }
  give = batchCalls(
    createServiceClient({
      issuer: 'bank-portal',
      baseUrl: 'http://core.test',
      keys: portal.ring,
      instance: 'test',
      fetch: send,
    }),
    [call, find],
  )
})

const ask = (id: string, onBehalfOf?: string) =>
  give(call, { params: { id }, body: { to: 'x' } }, onBehalfOf ? { onBehalfOf } : {})

const all = async (asked: Promise<unknown>[]) =>
  (await Promise.allSettled(asked)).map((one) =>
    one.status === 'fulfilled' ? one.value : (one.reason as Error),
  )

describe('calls of one kind made at once', () => {
  test('travel as one, and each gets its own answer, on behalf of its own customer', async () => {
    const answers = await all(['a', 'b', 'c'].map((id) => ask(id, `C-${id}`)))
    expect(answers).toEqual(['a', 'b', 'c'].map((id) => ({ id, of: `C-${id}` })))
    expect(requests).toEqual(['/batches/giveThing'])
    expect(served).toEqual([['a', 'b', 'c']])
  })

  test('that are more than a batch carries go on in the next', async () => {
    const ids = Array.from({ length: mostOfBatch + 2 }, (_, at) => `n${at}`)
    expect(await all(ids.map((id) => ask(id)))).toEqual(ids.map((id) => ({ id })))
    expect(served.map((some) => some.length)).toEqual([mostOfBatch, 2])
  })

  test('are refused each for itself', async () => {
    const [a, gone, c] = await all([ask('a'), ask('gone'), ask('c')])
    expect([a, c]).toEqual([{ id: 'a' }, { id: 'c' }])
    expect(gone).toMatchObject({ name: 'AppError', code: 'not-found' })
  })

  test('that are all refused are refusals, not a failure of the peer', async () => {
    const answers = await all([ask('gone'), ask('gone')])
    expect(answers).toMatchObject([{ code: 'not-found' }, { code: 'not-found' }])
  })

  test('whose answer is lost have no answer, none of them', async () => {
    lose = (path) => path.startsWith('/batches')
    const answers = await all([ask('a'), ask('b')])
    expect(answers.every((one) => one instanceof NoAnswer)).toBe(true)
    expect(served).toEqual([['a', 'b']])
  })
})

test('a call that is alone goes as it would without batches', async () => {
  expect(await ask('a')).toEqual({ id: 'a' })
  expect(requests).toEqual(['/things/a'])
})

test('what does not fit the contract is refused for itself, and never reaches the verb', async () => {
  const tooLong = give(call, { params: { id: 'b' }, body: { to: 'too long' } })
  const [a, b] = await all([ask('a'), tooLong])
  expect(a).toEqual({ id: 'a' })
  expect(b).toMatchObject({ code: 'invalid' })
  expect(served).toEqual([['a']])
})

test('a call’s query travels in a batch as it would in an address', async () => {
  const queries = [{ most: 20, tag: ['a', 'b'] }, { tag: 'a' }, {}]
  const answers = await all(
    queries.map((query, at) =>
      give(find, { params: { id: at === 2 ? 'gone' : `n${at}` }, query } as never),
    ),
  )
  expect(found).toEqual(queries)
  expect(answers).toMatchObject([{ id: 'n0' }, { id: 'n1' }, { code: 'not-found' }])
  expect(requests).toEqual(['/batches/findThings'])
})
