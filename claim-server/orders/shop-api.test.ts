import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addDays } from '#shared/dates.ts'
import { freshDatabase, type FreshDatabase } from '../../test/support/database.ts'
import { claimHistory, claims } from '../claims/claims.table.ts'
import { addReturnAddress } from '../shops/add-return-address.ts'
import { makeApiKey } from '../shops/make-api-key.ts'
import { revokeApiKey } from '../shops/revoke-api-key.ts'
import { idempotentRequests, shops } from '../shops/shops.table.ts'
import { notices } from '../notices/notices.table.ts'
import {
  anOrder,
  openServer,
  readOrder,
  readPage,
  readProblem,
  type ShopClient,
  type TestServer,
} from '../testing/server.ts'
import { makeWorld, type TestWorld } from '../testing/world.ts'
import { orders } from './orders.table.ts'

let database: FreshDatabase
let world: TestWorld
let server: TestServer
let shopA: ShopClient
let shopB: ShopClient

beforeAll(async () => {
  database = await freshDatabase('claim-server')
  world = await makeWorld(database.db)
  server = openServer(world)
  shopA = await server.shop(world.shopA.id)
  shopB = await server.shop(world.shopB.id)
  await addReturnAddress(world.deps, {
    shopId: world.shopA.id,
    address: 'https://shoes.example/orders',
  })
})
afterAll(async () => {
  world.close()
  await database.close()
})

const countOrders = () => world.deps.db.$count(orders)

describe('an API key', () => {
  const refused = async (authorization?: string) => {
    const response = await server.request('/v1/orders', {
      headers: authorization === undefined ? {} : { authorization },
    })
    const { requestId: _own, ...body } = await readProblem(response)
    return { status: response.status, body, challenge: response.headers.get('www-authenticate') }
  }

  test('that is missing, misshapen, unknown, wrong or revoked gets one and the same answer', async () => {
    const { keyId, apiKey } = await makeApiKey(world.deps, {
      shopId: world.shopA.id,
      label: 'to be revoked',
    })
    await revokeApiKey(world.deps, { shopId: world.shopA.id, keyId })
    const [, publicPart] = shopA.apiKey.split('_')
    const answers = [
      await refused(),
      await refused(''),
      await refused('Basic c2hvcDpzaG9w'),
      await refused('Bearer'),
      await refused('Bearer ck_'),
      await refused(`Bearer ck_aaaaaaaaaaaa_${'A'.repeat(43)}`),
      await refused(`Bearer ck_${publicPart}_${'A'.repeat(43)}`),
      await refused(`Bearer ${shopA.apiKey}x`),
      await refused(`Bearer ${apiKey}`),
    ]
    for (const answer of answers) expect(answer).toEqual(answers[0])
    expect(answers[0]).toMatchObject({ status: 401, challenge: 'Bearer' })
  })

  test('of another shop can’t revoke it', async () => {
    const { keyId } = await makeApiKey(world.deps, { shopId: world.shopA.id, label: 'kept' })
    await expect(revokeApiKey(world.deps, { shopId: world.shopB.id, keyId })).rejects.toMatchObject(
      { code: 'not-found' },
    )
  })

  test('is stored as a hash only', async () => {
    const secret = shopA.apiKey.slice(-43)
    const rows = await world.deps.db.execute('select * from claim_server.api_keys')
    expect(JSON.stringify(rows)).not.toContain(secret)
  })
})

describe('an order', () => {
  test('is stored as provisional with a number, an entry link and its first line of history', async () => {
    const sent = anOrder({ returnUrl: 'https://shoes.example/orders/1?done=yes' })
    const response = await shopA.order(sent)
    expect(response.status).toBe(201)
    const order = await readOrder(response)
    expect(order).toMatchObject({
      shopOrderRef: sent.shopOrderRef,
      status: 'provisional',
      amount: { value: 3150, currency: 'JPY' },
      orderedOn: world.today(),
      timeZone: 'Asia/Tokyo',
      revision: 1,
      acceptedAt: null,
    })
    expect(order.originalTimeLimit ?? order.timeLimit).toBe(addDays(world.today(), 14))
    expect(order.orderNumber).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]$/)
    expect(order.entryUrl).toMatch(/^http:\/\/claims\.test\/entry\/[A-Za-z0-9_-]{22}$/)
    expect(response.headers.get('location')).toBe(`/v1/orders/${order.orderNumber}`)
    const [stored] = await world.deps.db
      .select()
      .from(orders)
      .where(eq(orders.orderNumber, order.orderNumber))
    const [claim] = await world.deps.db
      .select()
      .from(claims)
      .where(eq(claims.orderId, stored?.id ?? ''))
    expect(claim).toMatchObject({ status: 'provisional', warnOn: addDays(order.timeLimit, -3) })
    const history = await world.deps.db
      .select()
      .from(claimHistory)
      .where(eq(claimHistory.orderId, stored?.id ?? ''))
    expect(history).toMatchObject([{ event: 'provisional', by: 'shop' }])
  })

  test('may be payable today and up to a year ahead', async () => {
    for (const timeLimit of [world.today(), addDays(world.today(), 365)]) {
      const response = await shopA.order(anOrder({ timeLimit }))
      const order = await readOrder(response)
      expect(order.originalTimeLimit ?? order.timeLimit).toBe(timeLimit)
    }
  })

  test('on a day on which the bank is closed is payable on the next business day, both days kept', async () => {
    world.clock.set(new Date('2027-04-20T03:00:00Z'))
    // A Thursday that is a holiday; then a Friday; then a Saturday before three more holidays.
    for (const [sent, moved] of [
      ['2027-04-29', '2027-04-30'],
      ['2027-04-30', '2027-04-30'],
      ['2027-05-01', '2027-05-06'],
      ['2027-12-31', '2028-01-04'],
    ]) {
      const order = await readOrder(await shopA.order(anOrder({ timeLimit: sent })))
      expect(order).toMatchObject({
        timeLimit: moved,
        originalTimeLimit: moved === sent ? null : sent,
      })
      const [row] = await world.deps.db
        .select({ claim: claims, order: orders })
        .from(claims)
        .innerJoin(orders, eq(orders.id, claims.orderId))
        .where(eq(orders.orderNumber, order.orderNumber))
      expect(row).toMatchObject({
        order: { timeLimit: sent },
        claim: { timeLimit: moved, warnOn: addDays(moved ?? '', -3) },
      })
    }
    world.clock.set(new Date())
  })

  test('answers with the request’s own id, and makes one up for a request without', async () => {
    const response = await shopA.order(anOrder(), { 'x-request-id': 'shop-4711' })
    expect(response.headers.get('x-request-id')).toBe('shop-4711')
    const without = await shopA.order(anOrder())
    expect(without.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    const { requestId } = await readProblem(await shopA.order({}, { 'x-request-id': 'shop-4712' }))
    expect(requestId).toBe('shop-4712')
  })

  test('of a shop that the bank has not opened is refused', async () => {
    const shop = await world.addShop('Shop D', '0901-101-1-0020004')
    await world.deps.db.update(shops).set({ status: 'waiting' }).where(eq(shops.id, shop.id))
    const client = await server.shop(shop.id)
    const response = await client.order(anOrder())
    expect(response.status).toBe(403)
  })
})

const long = 'x'.repeat(10_000)

describe('bad input is refused with the field’s name, and nothing is stored', () => {
  test.each<[string, Record<string, unknown>, number, string]>([
    ['no amount', { amount: undefined }, 422, '#/amount'],
    ['amount 0', { amount: { value: 0, currency: 'JPY' } }, 422, '#/amount/value'],
    ['a negative amount', { amount: { value: -1, currency: 'JPY' } }, 422, '#/amount/value'],
    ['a fractional amount', { amount: { value: 1.5, currency: 'JPY' } }, 422, '#/amount/value'],
    ['2^53', { amount: { value: 2 ** 53, currency: 'JPY' } }, 422, '#/amount/value'],
    ['10^11 + 1', { amount: { value: 1e11 + 1, currency: 'JPY' } }, 422, '#/amount/value'],
    ['1e21', { amount: { value: 1e21, currency: 'JPY' } }, 422, '#/amount/value'],
    ['an amount in words', { amount: { value: '3150', currency: 'JPY' } }, 422, '#/amount/value'],
    [
      'full-width digits',
      { amount: { value: '３１５０', currency: 'JPY' } },
      422,
      '#/amount/value',
    ],
    ['an unknown currency', { amount: { value: 1, currency: 'XXX' } }, 422, '#/amount/currency'],
    ['another currency', { amount: { value: 1, currency: 'USD' } }, 422, '#/amount/currency'],
    ['no description', { description: undefined }, 422, '#/description'],
    ['blanks alone', { description: '   ' }, 422, '#/description'],
    ['10,000 characters', { description: long }, 422, '#/description'],
    ['a control character', { description: 'shoes\u0007' }, 422, '#/description'],
    ['U+0000', { description: 'shoes\u0000' }, 422, '#/description'],
    ['a line break', { description: 'shoes\r\nBcc: a@b.example' }, 422, '#/description'],
    ['a right-to-left mark', { description: 'shoes\u202e0513' }, 422, '#/description'],
    ['half a character', { description: 'shoes \ud800' }, 422, '#/description'],
    ['10,000 characters', { shopOrderRef: long }, 422, '#/shopOrderRef'],
    ['an empty reference', { shopOrderRef: '' }, 422, '#/shopOrderRef'],
    ['a long category', { category: 'x'.repeat(41) }, 422, '#/category'],
    ['another language', { language: 'de' }, 422, '#/language'],
    ['a day that passed', { timeLimit: '2020-01-01' }, 422, '#/timeLimit'],
    ['a day that does not exist', { timeLimit: '2027-02-30' }, 422, '#/timeLimit'],
    ['a day far ahead', { timeLimit: '2999-01-01' }, 422, '#/timeLimit'],
    ['a field that is not there', { discount: 1 }, 422, '#'],
    ['another site', { returnUrl: 'https://evil.example/orders' }, 422, '#/returnUrl'],
    ['a script', { returnUrl: 'javascript:alert(1)' }, 422, '#/returnUrl'],
  ])('%s: %j', async (_what, changed, status, pointer) => {
    const before = await countOrders()
    const response = await shopA.order(anOrder(changed))
    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    const { errors } = await readProblem(response)
    expect(errors?.map((error) => error.pointer)).toContain(pointer)
    expect(await countOrders()).toBe(before)
  })

  test.each<[string, string | Uint8Array<ArrayBuffer>, number, string]>([
    ['no JSON', '{"a":', 400, 'malformed'],
    ['nothing', '', 400, 'malformed'],
    ['invalid UTF-8', new Uint8Array([0x22, 0xff, 0xfe, 0x22]), 400, 'malformed'],
    ['deep nesting', '['.repeat(40) + ']'.repeat(40), 400, 'malformed'],
    ['a list', '[]', 422, 'invalid'],
    ['more than the limit', `"${'x'.repeat(300 * 1024)}"`, 413, 'too-large'],
  ])('%s as a body', async (_what, body, status, code) => {
    const before = await countOrders()
    const response = await shopA.request('/v1/orders', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
      body,
    })
    expect(response.status).toBe(status)
    expect((await readProblem(response)).code).toBe(code)
    expect(await countOrders()).toBe(before)
  })

  test('another content type is refused', async () => {
    const response = await shopA.order(anOrder(), { 'content-type': 'text/plain' })
    expect(response.status).toBe(415)
  })
})

describe('a return address', () => {
  test.each([
    'https://shoes.example.evil.test/orders',
    'https://shoes.example@evil.test/orders',
    'https://evil.test#https://shoes.example/orders',
    'https://shoes.example:8443/orders',
    'http://shoes.example/orders',
    'https://shoes.example/order',
    'https://shoes.example/orders-elsewhere',
    'https://shoes.example/orders/../admin',
    'https://shoes.example/orders/%2e%2e/admin',
    'https://shoes.example/orders/%2f%2fevil.test',
    'https://shoes.example//orders',
    'https:\\\\shoes.example/orders',
    'https:/\\evil.test/orders',
    'https://shoes.example\\@evil.test/orders',
    '//shoes.example/orders',
    'https://shoes.example/orders\r\nlocation: https://evil.test',
    'https://ｓhoes.example/orders',
    'https://shoes。example/orders',
    'data:text/html,hi',
    'ftp://shoes.example/orders',
    'https://user:secret@shoes.example/orders',
    'https://shoes.example%00.evil.test/orders',
  ])('%j leads off the registered ones and is refused', async (returnUrl) => {
    const response = await shopA.order(anOrder({ returnUrl }))
    expect(response.status).toBe(422)
    const { errors } = await readProblem(response)
    expect(errors?.[0]?.pointer).toBe('#/returnUrl')
  })

  test.each([
    'https://shoes.example/orders',
    'https://shoes.example/orders/',
    'https://shoes.example/orders/4711?done=1#paid',
    'https://SHOES.example:443/orders/1',
  ])('%j begins with a registered one', async (returnUrl) => {
    const response = await shopA.order(anOrder({ returnUrl }))
    expect(response.status).toBe(201)
  })

  test.each(['https://shoes.example/?a=1', 'https://u@shoes.example/', 'shoes.example', ''])(
    '%j is not registered',
    async (address) => {
      await expect(
        addReturnAddress(world.deps, { shopId: world.shopA.id, address }),
      ).rejects.toMatchObject({ code: 'invalid' })
    },
  )
})

describe('an Idempotency-Key', () => {
  test('is required', async () => {
    const response = await shopA.order(anOrder(), { 'idempotency-key': '' })
    expect(response.status).toBe(400)
    expect((await readProblem(response)).code).toBe('idempotency-key-missing')
  })

  test.each(['x'.repeat(256), 'a"b', '日本'.replaceAll(/./g, '\u00e9')])(
    '%j is no key',
    async (key) => {
      const response = await shopA.order(anOrder(), { 'idempotency-key': key })
      expect(response.status).toBe(422)
      expect((await readProblem(response)).errors?.[0]?.pointer).toBe('Idempotency-Key')
    },
  )

  test('gives a repeat the first answer, bare or quoted, and says so', async () => {
    const key = crypto.randomUUID()
    const order = anOrder()
    const first = await shopA.order(order, { 'idempotency-key': key })
    const again = await shopA.order(order, { 'idempotency-key': `"${key}"` })
    expect(again.status).toBe(201)
    expect(again.headers.get('idempotency-replayed')).toBe('true')
    expect(first.headers.get('idempotency-replayed')).toBeNull()
    expect(again.headers.get('location')).toBe(first.headers.get('location'))
    expect([first, again].map((one) => one.headers.get('etag'))).toEqual(['"1"', '"1"'])
    expect(await again.text()).toBe(await first.text())
  })

  test('with another body is refused, and the first order stays as it is', async () => {
    const key = crypto.randomUUID()
    await shopA.order(anOrder(), { 'idempotency-key': key })
    const before = await countOrders()
    const other = await shopA.order(anOrder(), { 'idempotency-key': key })
    expect(other.status).toBe(422)
    expect((await readProblem(other)).code).toBe('idempotency-key-reused')
    expect(await countOrders()).toBe(before)
  })

  test('belongs to its shop', async () => {
    const key = crypto.randomUUID()
    const order = anOrder()
    expect((await shopA.order(order, { 'idempotency-key': key })).status).toBe(201)
    expect((await shopB.order(order, { 'idempotency-key': key })).status).toBe(201)
  })

  test('keeps a refusal of the content too', async () => {
    const key = crypto.randomUUID()
    const order = anOrder({ description: '' })
    const first = await shopA.order(order, { 'idempotency-key': key })
    const again = await shopA.order(order, { 'idempotency-key': key })
    expect([first.status, again.status]).toEqual([422, 422])
    expect(again.headers.get('idempotency-replayed')).toBe('true')
    expect(again.headers.get('content-type')).toBe('application/problem+json')
  })

  test('does not keep "not allowed": the same request works once the shop is open', async () => {
    const shop = await world.addShop('Shop E', '0901-101-1-0020005')
    await world.deps.db.update(shops).set({ status: 'waiting' }).where(eq(shops.id, shop.id))
    const client = await server.shop(shop.id)
    const order = anOrder()
    const key = crypto.randomUUID()
    expect((await client.order(order, { 'idempotency-key': key })).status).toBe(403)
    await world.deps.db.update(shops).set({ status: 'live' }).where(eq(shops.id, shop.id))
    expect((await client.order(order, { 'idempotency-key': key })).status).toBe(201)
  })

  test('sent twenty times at once makes one order; the others replay it or are told to wait', async () => {
    const key = crypto.randomUUID()
    const order = anOrder()
    const responses = await Promise.all(
      Array.from({ length: 20 }, () => shopA.order(order, { 'idempotency-key': key })),
    )
    const fresh = responses.filter(
      ({ status, headers }) => status === 201 && !headers.has('idempotency-replayed'),
    )
    expect(fresh).toHaveLength(1)
    const waiting = responses.filter(({ status }) => status !== 201)
    for (const response of waiting) {
      expect(response.headers.get('retry-after')).toBe('1')
      expect((await readProblem(response)).code).toBe('in-progress')
    }
    const stored = await world.deps.db.$count(orders, eq(orders.shopOrderRef, order.shopOrderRef))
    expect(stored).toBe(1)
    expect(await world.deps.db.$count(idempotentRequests, eq(idempotentRequests.key, key))).toBe(1)
  })
})

describe('a shop’s reference', () => {
  test('with the same content answers the order that exists', async () => {
    const order = anOrder()
    const first = await readOrder(await shopA.order(order))
    const again = await shopA.order(order)
    expect(again.status).toBe(200)
    expect((await readOrder(again)).orderNumber).toBe(first.orderNumber)
  })

  test('with other content is refused and names the order that has it', async () => {
    const order = anOrder()
    const first = await readOrder(await shopA.order(order))
    const other = await shopA.order({ ...order, amount: { value: 3151, currency: 'JPY' } })
    expect(other.status).toBe(409)
    expect(other.headers.get('location')).toBe(`/v1/orders/${first.orderNumber}`)
    expect((await readProblem(other)).code).toBe('order-exists')
  })

  test('sent ten times at once under ten keys makes one order', async () => {
    const order = anOrder()
    const responses = await Promise.all(Array.from({ length: 10 }, () => shopA.order(order)))
    expect(responses.filter(({ status }) => status === 201)).toHaveLength(1)
    expect(responses.filter(({ status }) => status === 200)).toHaveLength(9)
    const numbers = await Promise.all(
      responses.map(async (one) => (await readOrder(one)).orderNumber),
    )
    expect(new Set(numbers).size).toBe(1)
  })

  test('of another shop is free', async () => {
    const order = anOrder()
    expect((await shopA.order(order)).status).toBe(201)
    expect((await shopB.order(order)).status).toBe(201)
  })

  test('whose order number is taken gets another number', async () => {
    const taken = (await readOrder(await shopA.order(anOrder()))).orderNumber
    const numbers = [taken, taken, '3F8T-Q1ZD-H']
    const original = world.deps.newOrderNumber
    world.deps.newOrderNumber = () => numbers.shift() ?? original()
    const response = await shopA.order(anOrder())
    world.deps.newOrderNumber = original
    expect((await readOrder(response)).orderNumber).toBe('3F8T-Q1ZD-H')
  })
})

describe('reading orders', () => {
  test('an order is found by its number as typed, with its revision as ETag', async () => {
    const { orderNumber } = await readOrder(await shopA.order(anOrder()))
    const typed = orderNumber.replaceAll('-', '').toLowerCase()
    const response = await shopA.request(`/v1/orders/${typed}`)
    expect(response.status).toBe(200)
    expect(response.headers.get('etag')).toBe('"1"')
    expect((await readOrder(response)).orderNumber).toBe(orderNumber)
    const unchanged = await shopA.request(`/v1/orders/${orderNumber}`, {
      headers: { 'if-none-match': '"1"' },
    })
    expect(unchanged.status).toBe(304)
  })

  test('another shop’s order answers as one that does not exist', async () => {
    const { orderNumber } = await readOrder(await shopA.order(anOrder()))
    const answers = await Promise.all(
      [orderNumber, '3F8T-Q1ZD-7', 'nonsense', '%00'].map(async (number) => {
        const response = await shopB.request(`/v1/orders/${number}`)
        const { requestId: _own, ...body } = await readProblem(response)
        return { status: response.status, body }
      }),
    )
    for (const answer of answers) expect(answer).toEqual({ ...answers[0], status: 404 })
  })

  test('pages hold every order once, newest first, also while new ones come in', async () => {
    const shop = await world.addShop('Shop F', '0901-101-1-0020006')
    const client = await server.shop(shop.id)
    const sent: string[] = []
    for (let at = 0; at < 7; at++) {
      const order = anOrder()
      sent.unshift(order.shopOrderRef)
      await client.order(order)
    }
    const seen: string[] = []
    let path: string | undefined = '/v1/orders?limit=3'
    while (path) {
      const response: Response = await client.request(path)
      const page = await readPage(response)
      seen.push(...page.data.map((one) => one.shopOrderRef))
      path = /<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1]
      expect(path === undefined).toBe(page.nextCursor === null)
      await client.order(anOrder())
    }
    expect(seen).toEqual(sent)
  })

  test('a list is filtered by status and by reference', async () => {
    const shop = await world.addShop('Shop G', '0901-101-1-0020007')
    const client = await server.shop(shop.id)
    const [kept, cancelled] = [anOrder(), anOrder()]
    await client.order(kept)
    const { orderNumber } = await readOrder(await client.order(cancelled))
    await client.request(`/v1/orders/${orderNumber}/cancel`, { method: 'POST' })
    const references = async (query: string) => {
      const { data } = await readPage(await client.request(`/v1/orders?${query}`))
      return data.map((one) => one.shopOrderRef)
    }
    expect(await references('status=provisional')).toEqual([kept.shopOrderRef])
    expect(await references('status=cancelled')).toEqual([cancelled.shopOrderRef])
    expect(await references(`shopOrderRef=${kept.shopOrderRef}`)).toEqual([kept.shopOrderRef])
    expect(await references('shopOrderRef=unknown')).toEqual([])
  })

  test.each(['limit=0', 'limit=201', 'limit=x', 'status=open', 'cursor=bm9uc2Vuc2U', 'cursor=%00'])(
    'the query %s is refused',
    async (query) => {
      const response = await shopA.request(`/v1/orders?${query}`)
      expect(response.status).toBe(422)
      const [name] = query.split('=')
      expect((await readProblem(response)).errors?.[0]?.pointer).toBe(`?${name}`)
    },
  )
})

describe('cancelling', () => {
  const cancel = (orderNumber: string, init: RequestInit = {}) =>
    shopA.request(`/v1/orders/${orderNumber}/cancel`, { method: 'POST', ...init })

  test('a provisional order closes it with the reason, and nobody is told', async () => {
    const { orderNumber } = await readOrder(await shopA.order(anOrder()))
    const response = await cancel(orderNumber, {
      headers: { 'content-type': 'application/json', 'if-match': '"1"' },
      body: JSON.stringify({ reason: 'sold out' }),
    })
    expect(response.status).toBe(200)
    expect(response.headers.get('etag')).toBe('"2"')
    expect(await response.json()).toMatchObject({ status: 'cancelled', entryUrl: null })
    const again = await cancel(orderNumber)
    expect(again.status).toBe(200)
    expect(again.headers.get('etag')).toBe('"2"')
  })

  test('an accepted one tells its customer', async () => {
    const claim = await world.addClaim(world.shopA, 2100n)
    const response = await cancel(claim.orderNumber)
    expect(await response.json()).toMatchObject({ status: 'cancelled' })
    const told = await world.deps.db
      .select()
      .from(notices)
      .where(eq(notices.orderId, claim.orderId))
    expect(told.map((notice) => notice.event)).toContain('claim-cancelled')
    expect(told.map((notice) => notice.recipient)).toContain('customer')
  })

  test('needs the revision that was last read, when one is named', async () => {
    const { orderNumber } = await readOrder(await shopA.order(anOrder()))
    const stale = await cancel(orderNumber, { headers: { 'if-match': '"7"' } })
    expect(stale.status).toBe(412)
    const nonsense = await cancel(orderNumber, { headers: { 'if-match': 'W/"1"' } })
    expect(nonsense.status).toBe(422)
    expect((await cancel(orderNumber, { headers: { 'if-match': '*' } })).status).toBe(200)
  })

  test.each([
    ['expired', 410, 'claim-expired'],
    ['declined', 409, 'claim-not-open'],
    ['abandoned', 409, 'claim-not-open'],
  ] as const)('is refused for a claim that is %s', async (status, http, code) => {
    const claim = await world.addClaim(world.shopA, 2100n, { status })
    const response = await cancel(claim.orderNumber)
    expect(response.status).toBe(http)
    expect((await readProblem(response)).code).toBe(code)
  })

  test.each([
    ['paying', 'claim-in-payment'],
    ['settled', 'claim-settled'],
  ] as const)('is refused for a claim that is %s', async (status, code) => {
    const claim = await world.addClaim(world.shopA, 2100n)
    await world.deps.db
      .update(claims)
      .set({
        status,
        paymentId: world.deps.newId(),
        settledAt: status === 'settled' ? new Date() : null,
      })
      .where(eq(claims.orderId, claim.orderId))
    const response = await cancel(claim.orderNumber)
    expect(response.status).toBe(409)
    expect((await readProblem(response)).code).toBe(code)
  })

  test('another shop’s order answers as one that does not exist', async () => {
    const { orderNumber } = await readOrder(await shopB.order(anOrder()))
    expect((await cancel(orderNumber)).status).toBe(404)
  })
})

describe('the address', () => {
  test('with a method that it does not offer says which it offers', async () => {
    const response = await shopA.request('/v1/orders', { method: 'DELETE' })
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toContain('POST')
    expect((await readProblem(response)).code).toBe('method-not-allowed')
  })

  test('that does not exist answers a problem to programs and a page to browsers', async () => {
    const toProgram = await shopA.request('/nowhere')
    expect(toProgram.headers.get('content-type')).toBe('application/problem+json')
    const toBrowser = await server.request('/nowhere', { headers: { accept: 'text/html' } })
    expect(toBrowser.status).toBe(404)
    expect(toBrowser.headers.get('content-type')).toContain('text/html')
  })
})
