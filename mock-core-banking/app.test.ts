import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AnyCall } from '#shared/contracts/call.ts'
import { coreBankingBatches, coreBankingCalls } from '#shared/contracts/core-banking.ts'
import { signServiceToken } from '#shared/service-token.ts'
import { openTestBank, origin, type TestBank } from '../test/support/core-bank.ts'

let bank: TestBank
beforeAll(async () => {
  bank = await openTestBank()
})
afterAll(() => bank.close())

const pathOf = (call: AnyCall) =>
  call.path
    .replace(':customerId', 'C-100417')
    .replace(':paymentId', '01a2065b-6b64-760b-8ed0-d1b2469bda75')

const send = (call: AnyCall, headers: Record<string, string> = {}) =>
  bank.app.request(origin + pathOf(call), {
    method: call.method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(call.body ? { body: '{}' } : {}),
  })

describe.each(coreBankingCalls.map((call) => [call.name, call] as const))('%s', (_name, call) => {
  test('is refused without a token, with the one body of every refusal', async () => {
    const response = await send(call)
    expect(response.status).toBe(401)
    const { requestId: _id, ...body } = (await response.json()) as Record<string, unknown>
    expect(body).toEqual({
      type: '/problems/unauthenticated',
      title: 'The credentials are missing or not valid',
      status: 401,
    })
  })

  test('is refused to a service that may not call it', async () => {
    const strangers = (['bank-portal', 'claim-server'] as const).filter(
      (service) => !(call as AnyCall).callers.includes(service),
    )
    for (const issuer of strangers) {
      const token = await signServiceToken(
        bank.rings[issuer],
        { method: call.method, target: pathOf(call), body: call.body ? '{}' : '' },
        { issuer, audience: 'core-banking', instance: 'test' },
      )
      const response = await send(call, { authorization: `Bearer ${token}` })
      expect(response.status).toBe(401)
    }
  })
})

test('a body without its fields is refused with each of them, to a caller that may call', async () => {
  const target = '/credentials/check'
  const token = await signServiceToken(
    bank.rings['bank-portal'],
    { method: 'POST', target, body: '{}' },
    { issuer: 'bank-portal', audience: 'core-banking', instance: 'test' },
  )
  const response = await bank.app.request(origin + target, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: '{}',
  })
  expect(response.status).toBe(422)
  const { errors } = (await response.json()) as { errors: { pointer: string }[] }
  expect(errors.map((one) => one.pointer)).toEqual(['#/login', '#/password'])
})

describe('the app', () => {
  const get = (path: string, init?: RequestInit) => bank.app.request(origin + path, init)

  test('is live and ready', async () => {
    expect((await get('/health/live')).status).toBe(200)
    expect((await get('/health/ready')).status).toBe(200)
  })

  test.each([['request'], ['authorisation'], ['receipt']])(
    'publishes its %s keys, without their private part',
    async (purpose) => {
      const { keys } = (await (await get(`/.well-known/jwks/${purpose}.json`)).json()) as {
        keys: Record<string, string>[]
      }
      expect(keys).toHaveLength(1)
      expect(Object.keys(keys[0] ?? {}).toSorted()).toEqual([
        'alg',
        'crv',
        'kid',
        'kty',
        'use',
        'x',
        'y',
      ])
    },
  )

  test('describes every call at /openapi.json', async () => {
    const { paths } = (await (await get('/openapi.json')).json()) as { paths: object }
    const described = Object.values(paths).flatMap((methods: object) => Object.keys(methods))
    expect(described).toHaveLength(coreBankingCalls.length + coreBankingBatches.length)
  })

  test('answers a path that it has not with a problem', async () => {
    const response = await get('/nowhere')
    expect(response.status).toBe(404)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
  })

  test('answers a method that a path has not with a problem that names those it has', async () => {
    const response = await get('/credentials/check', { method: 'DELETE' })
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('POST')
    expect(await response.json()).toMatchObject({ type: '/problems/method-not-allowed' })
  })

  test('refuses a body of 300 KB before it looks at anything', async () => {
    const response = await get('/credentials/check', { method: 'POST', body: 'x'.repeat(300_000) })
    expect(response.status).toBe(413)
    expect(await response.json()).toMatchObject({ type: '/problems/too-large' })
  })

  test('takes over a request id that is well formed', async () => {
    const response = await get('/nowhere', { headers: { 'x-request-id': 'trace-17' } })
    expect(response.headers.get('x-request-id')).toBe('trace-17')
    expect(await response.json()).toMatchObject({ requestId: 'trace-17' })
  })
})
