import { type Context, Hono } from 'hono'
import { AppError, fieldError } from '#shared/errors.ts'
import { toJson } from '#shared/json.ts'
import { createRateLimit } from '#shared/rate-limit.ts'
import { parseFields, parseJsonBody, readBody } from '#shared/request-body.ts'
import type { Transaction } from '#shared/database.ts'
import {
  cancellation,
  newOrder,
  orderQuery,
  revival,
  type ShopOrder,
} from '#shared/contracts/shop-api.ts'
import { claimBatchRoutes } from '../billers/claim-batches.routes.ts'
import { reviveClaim } from '../claims/revive-claim.ts'
import type { Deps } from '../deps.ts'
import { type Answer, answerOnce, readIdempotencyKey } from '../shops/answer-once.ts'
import { findKeyOwner, type KeyOwner } from '../shops/find-key-owner.ts'
import { cancelOrder } from './cancel-order.ts'
import { findOrder } from './find-order.ts'
import { listOrders } from './list-orders.ts'
import { orderPath, receiveOrder } from './receive-order.ts'

interface ShopEnv {
  Variables: { caller: KeyOwner; requestId: string }
}

const etagOf = ({ revision }: Pick<ShopOrder, 'revision'>) => `"${revision}"`

const answerOrder = (c: Context, order: ShopOrder) =>
  c.body(toJson(order), 200, { 'content-type': 'application/json', etag: etagOf(order) })

/** An order or a refusal, as it was answered the first time. */
const answerKept = (c: Context, answer: Answer & { replayed: boolean }) =>
  c.body(answer.body, answer.status as 200, {
    ...(answer.status < 400
      ? { 'content-type': 'application/json', etag: etagOf(JSON.parse(answer.body)) }
      : { 'content-type': 'application/problem+json' }),
    ...(answer.location ? { location: answer.location } : {}),
    ...(answer.replayed ? { 'idempotency-replayed': 'true' } : {}),
  })

const readRevision = (header: string | undefined): number | undefined => {
  if (header === undefined || header.trim() === '*') return undefined
  const [, revision] = /^"(\d{1,9})"$/.exec(header.trim()) ?? []
  if (revision === undefined) throw fieldError('If-Match', 'write the ETag as it was given')
  return Number(revision)
}

const readRawJson = async (c: Context): Promise<Uint8Array> => {
  if (!/^application\/json\s*(;|$)/i.test(c.req.header('content-type') ?? ''))
    throw new AppError('unsupported-media-type', { detail: 'send application/json' })
  return readBody(c)
}

const readCancellation = async (c: Context) => {
  const raw = await readBody(c)
  return raw.length === 0 ? {} : parseFields(cancellation, parseJsonBody(raw))
}

const nextLink = (url: string, cursor: string) => {
  const next = new URL(url)
  next.searchParams.set('cursor', cursor)
  return `<${next.pathname}${next.search}>; rel="next"`
}

/** The shops' API: `/v1`, by API key. */
export const shopApiRoutes = (deps: Deps): Hono<ShopEnv> => {
  const limitRate = createRateLimit(deps.config.SHOP_REQUESTS_PER_MINUTE)
  const api = new Hono<ShopEnv>()

  api.use(async (c, next) => {
    const caller = await findKeyOwner(deps, c.req.header('authorization'))
    limitRate(caller.keyId)
    c.set('caller', caller)
    await next()
  })

  api.post('/orders', async (c) => {
    const rawBody = await readRawJson(c)
    const key = readIdempotencyKey(c.req.header('idempotency-key'))
    const caller = c.var.caller
    const request = {
      shopId: caller.shop.id,
      operation: 'POST /v1/orders',
      key,
      rawBody,
      requestId: c.get('requestId'),
    }
    const answer = await answerOnce(deps, request, async (tx) => {
      const sent = parseFields(newOrder, parseJsonBody(rawBody))
      const { outcome, order } = await receiveOrder(tx, deps, caller, sent)
      return {
        status: outcome === 'created' ? 201 : 200,
        body: toJson(order),
        location: orderPath(order.orderNumber),
      }
    })
    return answerKept(c, answer)
  })

  api.get('/orders', async (c) => {
    const query = parseFields(orderQuery, c.req.query(), '?')
    const page = await listOrders(deps, c.var.caller, query)
    return c.body(toJson(page), 200, {
      'content-type': 'application/json',
      ...(page.nextCursor ? { link: nextLink(c.req.url, page.nextCursor) } : {}),
    })
  })

  api.get('/orders/:orderNumber', async (c) => {
    const order = await findOrder(deps, c.var.caller, c.req.param('orderNumber'))
    if (c.req.header('if-none-match') === etagOf(order))
      return c.body(null, 304, { etag: etagOf(order) })
    return answerOrder(c, order)
  })

  api.post('/orders/:orderNumber/cancel', async (c) => {
    const ifRevision = readRevision(c.req.header('if-match'))
    const { reason } = await readCancellation(c)
    const orderNumber = c.req.param('orderNumber')
    return answerOrder(
      c,
      await cancelOrder(deps, c.var.caller, { orderNumber, reason, ifRevision }),
    )
  })

  api.post('/orders/:orderNumber/revive', async (c) => {
    const caller = c.var.caller
    const { orderNumber } = await findOrder(deps, caller, c.req.param('orderNumber'))
    const rawBody = await readRawJson(c)
    const ifRevision = readRevision(c.req.header('if-match'))
    const { timeLimit } = parseFields(revival, parseJsonBody(rawBody))
    const revive = (tx: Transaction) =>
      reviveClaim(tx, deps, caller, { orderNumber, timeLimit, ifRevision })
    const sentKey = c.req.header('idempotency-key')
    if (sentKey === undefined) return answerOrder(c, await deps.db.transaction(revive))
    const request = {
      shopId: caller.shop.id,
      operation: `POST /v1/orders/${orderNumber}/revive`,
      key: readIdempotencyKey(sentKey),
      rawBody,
      requestId: c.get('requestId'),
    }
    const answer = await answerOnce(deps, request, async (tx) => {
      const order = await revive(tx)
      return { status: 200, body: toJson(order), location: orderPath(order.orderNumber) }
    })
    return answerKept(c, answer)
  })

  api.route('/claim-batches', claimBatchRoutes(deps))

  return api
}
