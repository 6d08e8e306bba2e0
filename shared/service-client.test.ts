import { setTimeout as sleep } from 'node:timers/promises'
import { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'
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

const folder = temporaryFolder()
const { log } = recordLog()
let portal: TestRing
let core: TestRing
beforeAll(async () => {
  portal = await makeRing(folder.dir, 'bank-portal')
  core = await makeRing(folder.dir, 'core-banking')
})
afterAll(() => folder[Symbol.dispose]())

const payThing = defineCall({
  name: 'payThing',
  summary: 'Pay a thing',
  callee: 'core-banking',
  callers: ['bank-portal'],
  method: 'POST',
  path: '/things/:name/:size',
  changes: false,
  params: z.object({ name: z.string(), size: z.string() }),
  query: z.object({ tag: z.union([z.string(), z.array(z.string())]).optional() }),
  body: z.strictObject({ amountMinor }),
  reply: z.object({ amountMinor, echo: z.string() }),
})

const sent = {
  params: { name: 'hat & coat/é', size: 'L' },
  query: { tag: ['a b', 'c&d'] },
  body: { amountMinor: 2100n },
}

const connect = (
  handle: () => void = () => {},
  answer?: (request: Request) => Response | Promise<Response>,
) => {
  const app = new Hono()
  app.onError((error, c) => answerProblem(c, toAppError(error, log)))
  const trust = trustPeers('core-banking', core.ring, peerAddresses, {
    fetch: keysByFetch({ 'bank-portal': portal.ring }).fetch,
  })
  serveCall(app, { trust, log }, payThing, async ({ params, query, body, caller }) => {
    handle()
    return {
      amountMinor: body.amountMinor,
      echo: [params.name, params.size, query.tag, caller.issuer, caller.onBehalfOf].join('|'),
    }
  })
  const send = async (url: string | URL | Request, init?: RequestInit) => {
    const request = new Request(url, init)
    return answer ? await answer(request) : await app.fetch(request)
  }
  return createServiceClient({
    issuer: 'bank-portal',
    baseUrl: 'http://core-banking',
    keys: portal.ring,
    instance: 'test',
    fetch: send,
    timeoutMs: 200,
  })
}

test('a call arrives as it was sent, whatever letters its path and query hold', async () => {
  const client = connect()
  await expect(client(payThing, sent, { onBehalfOf: 'customer-1' })).resolves.toEqual({
    amountMinor: 2100n,
    echo: 'hat & coat/é|L|a b,c&d|bank-portal|customer-1',
  })
})

test.each(['', '.', '..'])(
  'a parameter %j, which makes another path, is not sent',
  async (name) => {
    const client = connect()
    await expect(client(payThing, { ...sent, params: { name, size: 'L' } })).rejects.toThrow(
      TypeError,
    )
  },
)

test('a refusal of the callee is its problem, with the fields', async () => {
  const client = connect(() => {
    throw new AppError('claim-settled', { detail: 'on 1 July' })
  })
  await expect(client(payThing, sent)).rejects.toMatchObject({
    name: 'AppError',
    code: 'claim-settled',
    detail: 'on 1 July',
  })
})

test('the 429 of a call with a limit of its own is its answer, not a peer’s limit', async () => {
  const client = connect(undefined, () => Promise.resolve(problemOf('too-many-requests', 429)))
  const limited = { ...payThing, ownLimit: true as const }
  await expect(client(limited, sent)).rejects.toMatchObject({ code: 'too-many-requests' })
})

test('a call that says that it takes longer is waited for', async () => {
  const slow = async () => {
    await sleep(400)
    return Response.json({ amountMinor: 2100, echo: '' })
  }
  const client = connect(() => {}, slow)
  await expect(client({ ...payThing, timeoutMs: 60_000 }, sent)).resolves.toBeTruthy()
})

test.each([
  ['no connection', () => Promise.reject(new TypeError('fetch failed'))],
  ['no answer in time', ({ signal }: Request) => waitFor(signal)],
  ['a 500', () => new Response('', { status: 500 })],
  ['a 503 with a problem', () => Response.json({ type: '/problems/unavailable' }, { status: 503 })],
  ['a 401', () => problemOf('unauthenticated', 401)],
  ['a 429', () => problemOf('too-many-requests', 429)],
  ['a 404 of somebody else', () => new Response('<h1>Not found</h1>', { status: 404 })],
  ['a problem of no type of ours', () => problemOf('constructor', 400)],
  ['a redirect', () => Response.redirect('http://evil.test/', 307)],
  ['a reply cut short', () => new Response('{"amountMinor":21')],
  ['a reply without a field', () => Response.json({ amountMinor: 2100 })],
  ['an amount that is no integer', () => Response.json({ amountMinor: 21.5, echo: '' })],
  ['a body that breaks off', () => new Response(brokenStream())],
])('%s is no answer: nothing may be concluded', async (_name, answer) => {
  const client = connect(() => {}, answer)
  await expect(client(payThing, sent)).rejects.toThrow(NoAnswer)
})

const problemOf = (code: string, status: number) =>
  Response.json({ type: `/problems/${code}`, title: code, status }, { status })

const waitFor = (signal: AbortSignal) =>
  new Promise<Response>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error))
  })

const brokenStream = () =>
  new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"amount'))
      controller.error(new Error('cut'))
    },
  })
