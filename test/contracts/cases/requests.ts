import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import {
  accountExists,
  authoriseRun,
  checkCredentials,
  listAccounts,
} from '#shared/contracts/core-banking.ts'
import { findChoices } from '#shared/contracts/customer-choices.ts'
import { toJson } from '#shared/json.ts'
import { type Service, signServiceToken } from '#shared/service-token.ts'
import { accountOf, askAsShop, contentOf, haruka, newReference, order, pay } from '../acts.ts'
import type { Bench, ContractGroup, HttpRequest } from '../side.ts'

interface Signed extends HttpRequest {
  issuer?: Service
  audience?: Service
  onBehalfOf?: string
  /** What is signed, where it is another than what is sent. */
  target?: string
}

const sign = async (
  { keys }: Bench,
  path: string,
  {
    issuer = 'bank-portal',
    audience = 'core-banking',
    onBehalfOf = haruka.customerId,
    target = path,
    method = 'GET',
    body = '',
  }: Signed = {},
) => {
  const request = { method, target, body }
  const from = { issuer, audience, instance: 'contract', onBehalfOf }
  return { authorization: `Bearer ${await signServiceToken(keys[issuer], request, from)}` }
}

const send = async (bench: Bench, path: string, request: Signed = {}) =>
  bench.request('core-banking', path, {
    ...request,
    headers: { ...(await sign(bench, path, request)), ...request.headers },
  })

const json = { 'content-type': 'application/json' }
const ownAccounts = `/customers/${haruka.customerId}/accounts`
const post = (bench: Bench, path: string, body: string, headers = json) =>
  send(bench, path, { method: 'POST', body, headers })

export const callers: ContractGroup = {
  of: 'who calls',
  cases: [
    {
      rule: 'nobody without a token that is good for exactly this request',
      async run(bench) {
        const get = (headers: Record<string, string>) =>
          bench.request('core-banking', ownAccounts, { headers })
        const refused = [
          await get({}),
          await get({ authorization: 'Bearer nonsense' }),
          await get(await sign(bench, ownAccounts, { audience: 'claim-server' })),
          await get(await sign(bench, ownAccounts, { method: 'POST' })),
          await get(await sign(bench, ownAccounts, { target: `${ownAccounts}?all=1` })),
          await get(await sign(bench, ownAccounts, { body: 'another' })),
          await get(await sign(bench, ownAccounts, { issuer: 'claim-server' })),
        ]
        expect(refused.map((one) => one.status)).toEqual(Array(7).fill(401))
        expect((await get(await sign(bench, ownAccounts))).status).toBe(200)
      },
    },
    {
      rule: 'only who is named in the contract',
      async run(bench) {
        const body = { account: accountOf(haruka), holder: haruka.name }
        await expect(bench.ask(accountExists, { body }, { as: 'bank-portal' })).rejects.toThrow(
          'answered 401',
        )
        const params = { customerId: haruka.customerId }
        for (const call of [listAccounts, findChoices])
          await expect(bench.ask(call, { params }, { as: 'core-banking' })).rejects.toThrow(
            'answered 401',
          )
      },
    },
    {
      rule: 'once, where something changes; reads may be repeated',
      async run(bench) {
        const { path } = authoriseRun
        const target = path.replace(':customerId', haruka.customerId)
        const body = toJson({
          accountNumber: '0014471',
          password: haruka.password,
          payments: [contentOf(bench)],
        })
        const headers = { ...json, ...(await sign(bench, target, { method: 'POST', body })) }
        const again = () => bench.request('core-banking', target, { method: 'POST', body, headers })
        expect([(await again()).status, (await again()).status]).toEqual([200, 401])
        const read = await sign(bench, ownAccounts)
        const reads = () => bench.request('core-banking', ownAccounts, { headers: read })
        expect([(await reads()).status, (await reads()).status]).toEqual([200, 200])
      },
    },
    {
      rule: 'keys are published by purpose',
      async run(bench) {
        const published: [Parameters<Bench['request']>[0], string, number][] = [
          ['core-banking', 'receipt', 200],
          ['core-banking', 'authorisation', 200],
          ['core-banking', 'instruction', 404],
          ['claim-server', 'instruction', 200],
          ['claim-server', 'receipt', 404],
        ]
        for (const [service, purpose, status] of published) {
          const path = `/.well-known/jwks/${purpose}.json`
          expect((await bench.request(service, path)).status).toBe(status)
        }
      },
    },
  ],
}

export const requests: ContractGroup = {
  of: 'requests that can’t be read',
  cases: [
    {
      rule: 'an unknown path is 404, another method 405',
      async run(bench) {
        expect((await send(bench, '/nothing/here')).status).toBe(404)
        const other = await send(bench, ownAccounts, { method: 'DELETE' })
        expect(other).toMatchObject({
          status: 405,
          headers: { allow: expect.stringContaining('GET') },
        })
      },
    },
    {
      rule: 'what is no JSON is 400, without its type 415, not as the contract says 422',
      async run(bench) {
        const { path } = checkCredentials
        const good = { login: { userId: 'haruka' }, password: 'x' }
        expect((await post(bench, path, '{"login":')).status).toBe(400)
        expect((await post(bench, path, '{"password":"a","password":"b"}')).status).toBe(400)
        const plain = { 'content-type': 'text/plain' }
        expect((await post(bench, path, JSON.stringify(good), plain)).status).toBe(415)
        const bodies = [{}, { ...good, password: '' }, { ...good, more: 1 }, { ...good, login: {} }]
        for (const body of bodies)
          expect((await post(bench, path, JSON.stringify(body))).status).toBe(422)
        expect((await post(bench, path, JSON.stringify(good))).status).toBe(200)
      },
    },
    {
      rule: 'a body beyond 256 KiB is 413',
      async run(bench) {
        const body = JSON.stringify({ login: { userId: 'a' }, password: 'x'.repeat(300_000) })
        expect((await post(bench, checkCredentials.path, body)).status).toBe(413)
      },
    },
  ],
}

const anOrder = (bench: Bench, changed: Record<string, unknown> = {}) => ({
  shopOrderRef: newReference(bench),
  description: 'A pair of shoes, size 24',
  amount: { value: 3150, currency: 'JPY' },
  ...changed,
})

const sendOrder = (bench: Bench, body: unknown, headers: Record<string, string> = {}) =>
  askAsShop(bench, 'shoes', '/v1/orders', {
    body,
    headers: { 'idempotency-key': randomUUID(), ...headers },
  })

export const shopApi: ContractGroup = {
  of: 'the shops’ API',
  cases: [
    {
      rule: 'an order is created once for its reference and for its key',
      async run(bench) {
        const sent = anOrder(bench, { category: 'shoes', language: 'ja' })
        const key = { 'idempotency-key': '"key 1"' }
        const first = await sendOrder(bench, sent, key)
        expect(first).toMatchObject({
          status: 201,
          body: { status: 'provisional', timeLimit: '2026-12-08', revision: 1, transferId: null },
        })
        const { orderNumber } = first.body as { orderNumber: string }
        expect(first.headers.location).toBe(`/v1/orders/${orderNumber}`)
        const replayed = await sendOrder(bench, sent, key)
        expect(replayed).toMatchObject({
          status: 201,
          headers: { 'idempotency-replayed': 'true' },
          body: { orderNumber },
        })
        expect((await sendOrder(bench, anOrder(bench), key)).status).toBe(422)
        expect((await sendOrder(bench, sent)).status).toBe(200)
        const other = await sendOrder(bench, { ...sent, description: 'Another' })
        expect(other).toMatchObject({
          status: 409,
          headers: { location: `/v1/orders/${orderNumber}` },
        })
      },
    },
    {
      rule: 'needs a key of a shop, and an Idempotency-Key that is one',
      async run(bench) {
        const body = JSON.stringify(anOrder(bench))
        const ask = (headers: Record<string, string>) =>
          bench.request('claim-server', '/v1/orders', { method: 'POST', body, headers })
        const right = { ...json, authorization: `Bearer ${bench.apiKeys.shoes}` }
        expect((await ask(json)).status).toBe(401)
        expect((await ask({ ...json, authorization: 'Bearer ck_unknown' })).status).toBe(401)
        expect((await ask(right)).status).toBe(400)
        expect((await ask({ ...right, 'idempotency-key': 'a"b' })).status).toBe(422)
        const { authorization } = right
        expect((await ask({ authorization, 'idempotency-key': 'a' })).status).toBe(415)
      },
    },
    {
      rule: 'refuses an order by field',
      async run(bench) {
        const wrong: [string, Record<string, unknown>][] = [
          ['#/amount/value', { amount: { value: 0, currency: 'JPY' } }],
          ['#/amount/value', { amount: { value: 1.5, currency: 'JPY' } }],
          ['#/amount/currency', { amount: { value: 1, currency: 'EUR' } }],
          ['#/timeLimit', { timeLimit: '2026-11-23' }],
          ['#/timeLimit', { timeLimit: '2027-11-25' }],
          ['#/timeLimit', { timeLimit: '2026-02-30' }],
          ['#/returnUrl', { returnUrl: 'https://elsewhere.example/orders' }],
          ['#/returnUrl', { returnUrl: 'https://shop-a.example/orders-x' }],
          ['#/returnUrl', { returnUrl: 'https://a@shop-a.example/orders' }],
          ['#/description', { description: 'turned\u202Eround' }],
        ]
        for (const [pointer, changed] of wrong) {
          const { status, body } = await sendOrder(bench, anOrder(bench, changed))
          expect([status, (body as { errors: { pointer: string }[] }).errors[0]?.pointer]).toEqual([
            422,
            pointer,
          ])
        }
      },
    },
    {
      rule: 'a limit on a weekend moves to the next business day',
      async run(bench) {
        const sent = await sendOrder(bench, anOrder(bench, { timeLimit: '2026-12-05' }))
        expect(sent.body).toMatchObject({
          timeLimit: '2026-12-07',
          originalTimeLimit: '2026-12-05',
        })
      },
    },
    {
      rule: 'an order is read by its shop, with its revision',
      async run(bench) {
        const number = await order(bench)
        const read = (shop: 'shoes' | 'hats', path: string, headers = {}) =>
          askAsShop(bench, shop, path, { headers })
        const found = await read('shoes', `/v1/orders/${number.toLowerCase()}`)
        expect(found).toMatchObject({
          status: 200,
          headers: { etag: '"2"' },
          body: { status: 'unsettled', entryUrl: null },
        })
        const same = { 'if-none-match': '"2"' }
        expect((await read('shoes', `/v1/orders/${number}`, same)).status).toBe(304)
        expect((await read('hats', `/v1/orders/${number}`)).status).toBe(404)
        expect((await read('shoes', '/v1/orders/nonsense')).status).toBe(404)
        await pay(bench, [number])
        const settled = await read('shoes', `/v1/orders/${number}`)
        expect(settled.body).toMatchObject({ status: 'settled', revision: 4 })
      },
    },
    {
      rule: 'orders are listed newest first, page by page, by status or reference',
      async run(bench) {
        const sent = anOrder(bench)
        await sendOrder(bench, sent)
        const list = async (query: string) =>
          (await askAsShop(bench, 'shoes', `/v1/orders${query}`)) as {
            status: number
            headers: Record<string, string>
            body: {
              data: { orderNumber: string; shopOrderRef: string }[]
              nextCursor: string | null
            }
          }
        const first = await list('?limit=2')
        expect(first.body.data[0]?.shopOrderRef).toBe(sent.shopOrderRef)
        expect(first.headers.link).toContain('rel="next"')
        const second = await list(`?limit=2&cursor=${first.body.nextCursor}`)
        expect(second.body.data).toHaveLength(2)
        const numbers = [...first.body.data, ...second.body.data].map((one) => one.orderNumber)
        expect(new Set(numbers).size).toBe(4)
        const one = await list(`?shopOrderRef=${encodeURIComponent(sent.shopOrderRef)}`)
        expect(one.body).toMatchObject({ data: [{ status: 'provisional' }], nextCursor: null })
        expect((await list('?status=declined')).status).toBe(200)
        expect((await list('?status=lost')).status).toBe(422)
        expect((await list('?cursor=bm8')).status).toBe(422)
      },
    },
    {
      rule: 'an order is cancelled by its shop while nobody pays it',
      async run(bench) {
        const number = await order(bench)
        const cancel = (headers = {}, body: unknown = { reason: 'Sold out' }) =>
          askAsShop(bench, 'shoes', `/v1/orders/${number}/cancel`, { body, headers })
        expect((await cancel({ 'if-match': '"1"' })).status).toBe(412)
        expect((await cancel({ 'if-match': 'one' })).status).toBe(422)
        expect((await cancel({}, { reason: '' })).status).toBe(422)
        const cancelled = await cancel({ 'if-match': '"2"' })
        expect(cancelled).toMatchObject({ status: 200, body: { status: 'cancelled', revision: 3 } })
        expect((await cancel()).status).toBe(200)
        const paid = await order(bench)
        await pay(bench, [paid])
        const late = await askAsShop(bench, 'shoes', `/v1/orders/${paid}/cancel`, {
          method: 'POST',
        })
        expect(late.status).toBe(409)
      },
    },
  ],
}
