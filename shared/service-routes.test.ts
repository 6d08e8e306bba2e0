import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { type AnyCall, defineCall } from './contracts/call.ts'
import { advertCalls } from './contracts/adverts.ts'
import { billerCalls } from './contracts/billers.ts'
import { claimServerCalls } from './contracts/claim-server.ts'
import { coreBankingCalls } from './contracts/core-banking.ts'
import { customerChoiceCalls } from './contracts/customer-choices.ts'
import { staffCalls } from './contracts/staff.ts'
import { jwksCacheSeconds } from './jwks.ts'
import { answerProblem, toAppError } from './problem.ts'
import { serveCall, servePublicKeys, type Trust, trustPeers } from './service-routes.ts'
import { type Service, serviceNames, signServiceToken } from './service-token.ts'
import {
  keysByFetch,
  makeRing,
  peerAddresses,
  recordLog,
  temporaryFolder,
  type TestRing,
} from './testing/key-rings.ts'

const folder = temporaryFolder()
const recorded = recordLog()
const rings = {} as Record<Service, TestRing>
let keyFetches: ReturnType<typeof keysByFetch>

beforeAll(async () => {
  for (const service of serviceNames) rings[service] = await makeRing(folder.dir, service)
  keyFetches = keysByFetch({
    'bank-portal': rings['bank-portal'].ring,
    'claim-server': rings['claim-server'].ring,
    'core-banking': rings['core-banking'].ring,
  })
})
afterAll(() => folder[Symbol.dispose]())

const trustOf = (service: Service, options = {}): Trust =>
  trustPeers(service, rings[service].ring, peerAddresses, { fetch: keyFetches.fetch, ...options })

const newApp = (): Hono => {
  const made = new Hono()
  made.onError((error, c) => answerProblem(c, toAppError(error, recorded.log)))
  return made
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

describe('the contracts', () => {
  const calls: readonly AnyCall[] = [
    ...coreBankingCalls,
    ...claimServerCalls,
    ...advertCalls,
    ...billerCalls,
    ...customerChoiceCalls,
    ...staffCalls,
  ]
  const services = ['core-banking', 'claim-server'] as const
  const callsOf = (service: Service) => calls.filter(({ callee }) => callee === service)
  const filled = ({ path }: AnyCall) => path.replaceAll(/:[a-zA-Z]+/g, 'x')

  const serveAll = (service: Service, calls: readonly AnyCall[]) => {
    const reached: string[] = []
    const served = newApp()
    const trusted = trustPeers(service, rings[service].ring, peerAddresses, {
      fetch: keyFetches.fetch,
    })
    for (const call of calls)
      serveCall(
        served,
        { trust: trusted, log: recorded.log },
        // Whatever the fields: only who may come in is tested here.
        { ...call, changes: false, params: undefined, query: undefined, body: undefined },
        async () => {
          reached.push(call.name)
          return {}
        },
      )
    const send = async (signedFor: AnyCall, sentTo: AnyCall, issuer: Service) => {
      const token = await signServiceToken(
        rings[issuer].ring,
        { method: signedFor.method, target: filled(signedFor), body: '' },
        { issuer, audience: service, instance: 'test' },
      )
      const { status } = await served.request(filled(sentTo), {
        method: sentTo.method,
        headers: bearer(token),
      })
      return { status, reached: reached.splice(0) }
    }
    return send
  }

  test.each(services)('of %s: a token for one opens no other', async (service) => {
    const calls = callsOf(service)
    const send = serveAll(service, calls)
    for (const signedFor of calls)
      for (const sentTo of calls) {
        const [issuer] = signedFor.callers
        const answer = await send(signedFor, sentTo, issuer as Service)
        expect([signedFor.name, sentTo.name, answer]).toEqual(
          signedFor === sentTo
            ? [signedFor.name, sentTo.name, { status: 200, reached: [sentTo.name] }]
            : [signedFor.name, sentTo.name, { status: 401, reached: [] }],
        )
      }
  })

  test.each(services)('of %s: each is open to its callers alone', async (service) => {
    const calls = callsOf(service)
    const send = serveAll(service, calls)
    for (const call of calls)
      for (const issuer of serviceNames) {
        const { status } = await send(call, call, issuer)
        expect([call.name, issuer, status]).toEqual([
          call.name,
          issuer,
          call.callers.includes(issuer) ? 200 : 401,
        ])
      }
  })
})

describe('a served call', () => {
  const call = defineCall({
    name: 'changeThing',
    summary: 'Change a thing',
    callee: 'core-banking',
    callers: ['bank-portal'],
    method: 'POST',
    path: '/things/:id',
    changes: true,
    params: z.object({ id: z.string().regex(/^[a-z]$/) }),
    query: z.object({ size: z.coerce.number().optional() }),
    body: z.strictObject({ 'a/b': z.int() }),
    reply: z.object({ id: z.string() }),
  })

  interface Reply {
    id?: string
    errors?: { pointer: string }[]
  }

  const serve = (spends: boolean, trust = trustOf('core-banking')) => {
    const app = newApp()
    serveCall(app, { trust, log: recorded.log }, call, async ({ params, caller }) => {
      if (spends && caller.use) caller.use.spent = true
      return params
    })
    return async (
      target: string,
      body: string,
      headers: Record<string, string> = { 'content-type': 'application/json' },
    ) => {
      const token = await signServiceToken(
        rings['bank-portal'].ring,
        { method: 'POST', target, body },
        { issuer: 'bank-portal', audience: 'core-banking', instance: 'test' },
      )
      const answer = await app.request(target, {
        method: 'POST',
        headers: { ...bearer(token), ...headers },
        body,
      })
      return {
        status: answer.status,
        headers: answer.headers,
        reply: (await answer.json()) as Reply,
      }
    }
  }

  test('answers JSON that is stored nowhere', async () => {
    const { status, headers, reply } = await serve(true)('/things/a?size=1', '{"a/b":1}')
    expect([status, reply]).toEqual([200, { id: 'a' }])
    expect(headers.get('cache-control')).toBe('no-store')
  })

  test('that changes something and has not spent its token answers no success', async () => {
    const { status } = await serve(false)('/things/a', '{"a/b":1}')
    expect(status).toBe(500)
  })

  test.each([
    ['/things/A', '{"a/b":1}', ':id'],
    ['/things/a?size=x', '{"a/b":1}', '?size'],
    ['/things/a', '{"a/b":1.5}', '#/a~1b'],
    ['/things/a', '[]', '#'],
  ])('names the field that it can’t accept: %s %s', async (target, body, pointer) => {
    const { status, reply } = await serve(true)(target, body)
    expect([status, reply.errors?.[0]?.pointer]).toEqual([422, pointer])
  })

  test.each([
    [{}, 415],
    [{ 'content-type': 'text/plain' }, 415],
    [{ 'content-type': 'application/json-seq' }, 415],
    [{ 'content-type': 'application/json; charset=utf-16' }, 415],
    [{ 'content-type': 'application/json; charset=UTF-8' }, 200],
  ])('takes JSON alone: %j is answered %i', async (headers, expected) => {
    const { status } = await serve(true)('/things/a', '{"a/b":1}', headers as {})
    expect(status).toBe(expected)
  })

  test('is not possible, and opens to nobody, while the caller’s keys can’t be fetched', async () => {
    keyFetches.state.away = true
    try {
      const send = serve(true)
      for (let time = 0; time < 3; time++) {
        const { status, headers } = await send('/things/a', '{"a/b":1}')
        expect([status, headers.get('retry-after')]).toEqual([503, '2'])
      }
    } finally {
      keyFetches.state.away = false
    }
  })

  test('is not answered to a peer that calls more often than it may', async () => {
    const send = serve(true, trustOf('core-banking', { callsPerMinute: 2 }))
    const statuses = []
    for (let at = 0; at < 3; at++) statuses.push((await send('/things/a', '{"a/b":1}')).status)
    expect(statuses).toEqual([200, 200, 429])
  })

  test('a peer that is away is not asked for its keys at every call', async () => {
    keyFetches.state.away = true
    try {
      const send = serve(true)
      const before = keyFetches.state.fetches
      for (let time = 0; time < 20; time++) await send('/things/a', '{"a/b":1}')
      expect(keyFetches.state.fetches - before).toBeLessThanOrEqual(2)
    } finally {
      keyFetches.state.away = false
    }
  })

  test('keys that were fetched are believed for their time alone', async () => {
    const send = serve(true, trustOf('core-banking', { cacheSeconds: 0.05 }))
    expect((await send('/things/a', '{"a/b":1}')).status).toBe(200)
    keyFetches.state.away = true
    try {
      await new Promise((wait) => setTimeout(wait, 80))
      expect((await send('/things/a', '{"a/b":1}')).status).toBe(503)
    } finally {
      keyFetches.state.away = false
    }
  })
})

describe('unknown key ids', () => {
  test('make the keys be fetched again once in the cooldown, however many come', async () => {
    const trust = trustOf('core-banking', { cooldownSeconds: 0.2 })
    const source = trust.keysOf('bank-portal', 'request')
    const ask = () =>
      source
        ?.find({ alg: 'ES256', kid: 'unknown' }, { payload: '', signature: '' })
        .catch((error: { code: string }) => error.code)
    const before = keyFetches.state.fetches
    expect(await ask()).toBe('ERR_JWKS_NO_MATCHING_KEY')
    for (let time = 0; time < 20; time++) await ask()
    expect(keyFetches.state.fetches - before).toBe(1)
    await new Promise((wait) => setTimeout(wait, 220))
    for (let time = 0; time < 20; time++) await ask()
    expect(keyFetches.state.fetches - before).toBe(2)
  })

  test('of a purpose that the issuer does not sign for are looked for nowhere', () => {
    const trust = trustOf('claim-server')
    expect(trust.keysOf('bank-portal', 'receipt')).toBeUndefined()
    expect(trust.keysOf('core-banking', 'instruction')).toBeUndefined()
    expect(trust.keysOf('core-banking', 'receipt')).toBeDefined()
  })
})

describe('the published keys', () => {
  const app = () => {
    const made = newApp()
    servePublicKeys(made, rings['core-banking'].ring, ['request', 'receipt'])
    return made
  }

  test('are public halves alone, one address per purpose', async () => {
    const answer = await app().request('/.well-known/jwks/receipt.json')
    const { keys } = (await answer.json()) as { keys: Record<string, string>[] }
    expect(answer.headers.get('content-type')).toContain('application/json')
    expect(keys).toHaveLength(1)
    expect(Object.keys(keys[0] ?? {}).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'])
    expect(keys[0]?.kid).toMatch(/^receipt-/)
  })

  test('are kept by nobody for so long that a retired key outlives its minute', async () => {
    const answer = await app().request('/.well-known/jwks/receipt.json')
    const age = /max-age=(\d+)/.exec(answer.headers.get('cache-control') ?? '')?.[1]
    const keyRingReloadSeconds = 1
    expect(Number(age) + jwksCacheSeconds + keyRingReloadSeconds).toBeLessThan(60)
  })

  test.each(['instruction.json', 'receipt', 'constructor', '..%2f..%2fkeys'])(
    'are nothing else: %s',
    async (file) => {
      const answer = await app().request(`/.well-known/jwks/${file}`)
      expect(answer.status).toBe(404)
    },
  )
})
