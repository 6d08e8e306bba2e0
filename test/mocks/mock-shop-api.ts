import { type Context, Hono } from 'hono'
import {
  cancellation,
  newOrder,
  orderQuery,
  revival,
  type ShopOrder,
} from '#shared/contracts/shop-api.ts'
import { AppError, fieldError } from '#shared/errors.ts'
import { toJson } from '#shared/json.ts'
import { parseFields, parseJsonBody, readBody } from '#shared/request-body.ts'
import { type MockOptions, suffer } from './answer-call.ts'
import type { ClaimServerState, MockClaim, MockShop } from './claim-server-state.ts'
import { serveClaimBatches } from './mock-claim-batches.ts'
import { cancel, findOrder, orderPath, receiveOrder, revive, toShopOrder } from './shop-orders.ts'
import {
  answerKept,
  answerOnce,
  etagOf,
  readIdempotencyKey,
  readRawJson,
  readRevision,
  type ShopEnv,
} from './shop-requests.ts'

/** The operations of the shops' API, as faults name them. */
export const shopOperations = [
  'createOrder',
  'listOrders',
  'getOrder',
  'cancelOrder',
  'reviveOrder',
  'createClaimBatch',
  'getClaimBatch',
] as const
type ShopOperation = (typeof shopOperations)[number]

const answerOrder = (c: Context, order: ShopOrder) =>
  c.body(toJson(order), 200, { 'content-type': 'application/json', etag: etagOf(order) })

const toCursor = ({ sequence }: MockClaim) =>
  Buffer.from(JSON.stringify({ before: sequence })).toString('base64url')

const readCursor = (cursor: string): number => {
  try {
    const { before } = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (Number.isInteger(before)) return before
  } catch {}
  throw fieldError('?cursor', 'this cursor is not from this list')
}

const list = (state: ClaimServerState, shop: MockShop, sent: Record<string, string>) => {
  const { status, shopOrderRef, cursor, limit } = parseFields(orderQuery, sent, '?')
  const before = cursor === undefined ? Number.POSITIVE_INFINITY : readCursor(cursor)
  const found = [...state.claims.values()]
    .filter((one) => one.shop === shop && one.sequence < before)
    .filter((one) => status === undefined || one.status === status)
    .filter((one) => shopOrderRef === undefined || one.shopOrderRef === shopOrderRef)
    .sort((a, b) => b.sequence - a.sequence)
  const page = found.slice(0, limit)
  const last = page.at(-1)
  return {
    data: page.map((one) => toShopOrder(state, one)),
    nextCursor: last && found.length > limit ? toCursor(last) : null,
  }
}

const nextLink = (url: string, cursor: string) => {
  const next = new URL(url)
  next.searchParams.set('cursor', cursor)
  return `<${next.pathname}${next.search}>; rel="next"`
}

const serveReading = (api: Hono<ShopEnv>, state: ClaimServerState) => {
  api.get('/orders', async (c) => {
    const page = list(state, c.var.shop, c.req.query())
    return c.body(toJson(page), 200, {
      'content-type': 'application/json',
      ...(page.nextCursor ? { link: nextLink(c.req.url, page.nextCursor) } : {}),
    })
  })

  api.get('/orders/:orderNumber', async (c) => {
    const order = toShopOrder(state, findOrder(state, c.var.shop, c.req.param('orderNumber')))
    const etag = etagOf(order)
    return c.req.header('if-none-match') === etag
      ? c.body(null, 304, { etag })
      : answerOrder(c, order)
  })
}

const serveWriting = (api: Hono<ShopEnv>, state: ClaimServerState) => {
  api.post('/orders', async (c) => {
    const rawBody = await readRawJson(c)
    const key = readIdempotencyKey(c.req.header('idempotency-key'))
    const { shop, requestId } = c.var
    const request = { shop, operation: 'POST /v1/orders', key, rawBody, requestId }
    const { answer, replayed } = answerOnce(state, request, () =>
      receiveOrder(state, shop, parseFields(newOrder, parseJsonBody(rawBody))),
    )
    return answerKept(c, answer, replayed)
  })

  api.post('/orders/:orderNumber/cancel', async (c) => {
    const ifRevision = readRevision(c.req.header('if-match'))
    const raw = await readBody(c)
    const { reason } = raw.length === 0 ? {} : parseFields(cancellation, parseJsonBody(raw))
    const claim = findOrder(state, c.var.shop, c.req.param('orderNumber'))
    return answerOrder(c, cancel(state, claim, { reason, ifRevision }))
  })

  api.post('/orders/:orderNumber/revive', async (c) => {
    const rawBody = await readRawJson(c)
    const ifRevision = readRevision(c.req.header('if-match'))
    const { timeLimit } = parseFields(revival, parseJsonBody(rawBody))
    const orderNumber = c.req.param('orderNumber')
    const { shop, requestId } = c.var
    const reopen = () =>
      revive(state, findOrder(state, shop, orderNumber), { timeLimit, ifRevision })
    const sentKey = c.req.header('idempotency-key')
    if (sentKey === undefined) return answerOrder(c, reopen())
    const key = readIdempotencyKey(sentKey)
    const operation = `POST /v1/orders/${orderNumber}/revive`
    const { answer, replayed } = answerOnce(
      state,
      { shop, operation, key, rawBody, requestId },
      () => {
        const order = reopen()
        return { status: 200, body: toJson(order), location: orderPath(order.orderNumber) }
      },
    )
    return answerKept(c, answer, replayed)
  })
}

const operationOf = (method: string, path: string): ShopOperation => {
  if (path.includes('/claim-batches'))
    return method === 'POST' ? 'createClaimBatch' : 'getClaimBatch'
  if (path.endsWith('/cancel')) return 'cancelOrder'
  if (path.endsWith('/revive')) return 'reviveOrder'
  if (method === 'POST') return 'createOrder'
  return /\/orders\/?$/.test(path) ? 'listOrders' : 'getOrder'
}

/** The shops' API, by the API keys of the mocked shops. */
export const serveShopApi = (app: Hono, { faults }: MockOptions, state: ClaimServerState): void => {
  const api = new Hono<ShopEnv>()
  api.use(async (c, next) => suffer(c, next, faults, operationOf(c.req.method, c.req.path)))
  api.use(async (c, next) => {
    const sent = /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
    const shop = state.shops.find((one) => one.apiKey === sent)
    if (!shop) throw new AppError('unauthenticated')
    c.set('shop', shop)
    await next()
  })
  serveReading(api, state)
  serveWriting(api, state)
  serveClaimBatches(api, state)
  app.route('/v1', api)
}
