import { Hono } from 'hono'
import { newOrder, type ShopOrder } from '#shared/contracts/shop-api.ts'
import { AppError } from '#shared/errors.ts'
import { toJson } from '#shared/json.ts'
import { newOrderNumber } from '#shared/order-number.ts'
import { answerProblem, toAppError } from '#shared/problem.ts'
import { silentLog } from '#shared/log.ts'
import { parseFields } from '#shared/request-body.ts'
import type { NewOrderJson } from './claim-server-client.ts'

/** How the fake treats the next calls. */
type Weather = 'fine' | 'away' | 'answer-lost' | 'refusing'

type Received = NewOrderJson & { key: string; body: string }

/** As much of the shops' API as a shop needs, in memory: orders by API key and Idempotency-Key. */
export const createFakeClaimServer = ({ apiKey }: { apiKey: string }) => {
  const orders = new Map<string, ShopOrder>()
  const byKey = new Map<string, { body: string; orderNumber: string }>()
  const received: Received[] = []
  const state: { url: string; weather: Weather } = { url: 'http://claims.invalid', weather: 'fine' }

  const placeOrder = (body: string): ShopOrder => {
    const order = parseFields(newOrder, JSON.parse(body))
    const orderNumber = newOrderNumber()
    const placed: ShopOrder = {
      orderNumber,
      shopOrderRef: order.shopOrderRef,
      status: 'provisional',
      description: order.description,
      category: order.category ?? null,
      amount: order.amount,
      orderedOn: '2026-11-23',
      timeLimit: '2026-11-30',
      timeZone: 'Asia/Tokyo',
      entryUrl: `${state.url}/entry/${orderNumber}`,
      createdAt: new Date(),
      acceptedAt: null,
      settledAt: null,
      transferId: null,
      revision: 1,
    }
    orders.set(orderNumber, placed)
    return placed
  }

  const app = new Hono()
  app.onError((error, c) => answerProblem(c, toAppError(error, silentLog)))
  app.get('/entry/:number', (c) =>
    c.html(`<link rel="icon" href="data:,"><h1>Entry of ${c.req.param('number')}</h1>`),
  )
  app.use('/v1/*', async (c, next) => {
    if (state.weather === 'away') throw new AppError('unavailable')
    if (c.req.header('authorization') !== `Bearer ${apiKey}`) throw new AppError('unauthenticated')
    await next()
    if (state.weather === 'answer-lost') throw new AppError('unavailable')
  })
  app.post('/v1/orders', async (c) => {
    const key = c.req.header('idempotency-key')
    if (!key) throw new AppError('idempotency-key-missing')
    const body = await c.req.text()
    received.push({ key, body, ...JSON.parse(body) })
    if (state.weather === 'refusing') throw new AppError('invalid')
    const known = byKey.get(key)
    if (known && known.body !== body) throw new AppError('idempotency-key-reused')
    const order = (known && orders.get(known.orderNumber)) ?? placeOrder(body)
    byKey.set(key, { body, orderNumber: order.orderNumber })
    return c.body(toJson(order), 201, {
      'content-type': 'application/json',
      location: `/v1/orders/${order.orderNumber}`,
    })
  })
  app.get('/v1/orders/:number', (c) => {
    const order = orders.get(c.req.param('number'))
    if (!order) throw new AppError('not-found')
    return c.body(toJson(order), 200, { 'content-type': 'application/json' })
  })

  return {
    app,
    state,
    /** Every order as it was sent, repeats too. */
    received: () => received,
    orders: () => [...orders.values()],
    /** What the bank's side would do with the newest order. */
    change: (changes: Partial<ShopOrder>) => {
      const newest = [...orders.values()].at(-1)
      if (newest) orders.set(newest.orderNumber, { ...newest, ...changes })
    },
  }
}
