import { type Context, Hono } from 'hono'
import { canonicalJson } from '#shared/canonical-json.ts'
import type { ClaimStatus } from '#shared/contracts/claim-server.ts'
import {
  cancellation,
  type NewOrder,
  newOrder,
  orderQuery,
  revival,
  type ShopOrder,
} from '#shared/contracts/shop-api.ts'
import { AppError, fieldError, type ProblemCode } from '#shared/errors.ts'
import { toJson } from '#shared/json.ts'
import { parseOrderNumber } from '#shared/order-number.ts'
import { problemBody } from '#shared/problem.ts'
import { parseFields, parseJsonBody, readBody } from '#shared/request-body.ts'
import { beginsWithOneOf, readAddress } from '../../claim-server/shops/return-address.ts'
import { limitProblem, toClaimLimit } from '../../claim-server/time-limits/choose-limit.ts'
import { daysBetween, addDays } from '#shared/dates.ts'
import { type MockOptions, suffer } from './answer-call.ts'
import {
  addOrder,
  changeStatus,
  type ClaimServerState,
  daysToPay,
  type KeptAnswer,
  type MockClaim,
  type MockShop,
  todayOf,
} from './claim-server-state.ts'

/** The operations of the shops' API, as faults name them. */
export const shopOperations = [
  'createOrder',
  'listOrders',
  'getOrder',
  'cancelOrder',
  'reviveOrder',
] as const
type ShopOperation = (typeof shopOperations)[number]

type ShopEnv = { Variables: { shop: MockShop } }

const usualWarningDays = 3
const isNoHoliday = () => false

const readRawJson = (c: Context): Promise<Uint8Array> => {
  if (!/^application\/json\s*(;|$)/i.test(c.req.header('content-type') ?? ''))
    throw new AppError('unsupported-media-type', { detail: 'send application/json' })
  return readBody(c)
}

const readIdempotencyKey = (header: string | undefined): string => {
  if (header === undefined || header.trim() === '') throw new AppError('idempotency-key-missing')
  const text = header.trim()
  const key = /^"(?:[^"\\]|\\["\\])*"$/.test(text)
    ? text.slice(1, -1).replaceAll(/\\(["\\])/g, '$1')
    : text
  if (!/^[\x20-\x7e]{1,255}$/.test(key) || key.includes('"'))
    throw fieldError('Idempotency-Key', 'write 1 to 255 printable characters')
  return key
}

const readRevision = (header: string | undefined): number | undefined => {
  if (header === undefined || header.trim() === '*') return undefined
  const [, revision] = /^"(\d{1,9})"$/.exec(header.trim()) ?? []
  if (revision === undefined) throw fieldError('If-Match', 'write the ETag as it was given')
  return Number(revision)
}

const transferOf = ({ payments }: ClaimServerState, claim: MockClaim): string | null => {
  if (claim.status !== 'settled') return null
  const payment = payments.get(claim.paymentId ?? '')
  const leg = payment?.claims.find((one) => one.orderNumber === claim.orderNumber)
  return leg?.transferId ?? null
}

/** An order as its shop sees it. */
const toShopOrder = (state: ClaimServerState, claim: MockClaim): ShopOrder => ({
  orderNumber: claim.orderNumber,
  shopOrderRef: claim.shopOrderRef,
  status: claim.status,
  description: claim.description,
  category: claim.category,
  amount: { value: claim.amountMinor, currency: claim.currency },
  orderedOn: claim.orderedOn,
  timeLimit: claim.timeLimit,
  originalTimeLimit: claim.originalTimeLimit,
  timeZone: state.timeZone,
  entryUrl:
    claim.status === 'provisional' && state.clock.now() < claim.openUntil
      ? `${state.baseUrl}/entry/${claim.entryToken}`
      : null,
  createdAt: claim.createdAt,
  acceptedAt: claim.acceptedAt ?? null,
  settledAt: claim.settledAt ?? null,
  transferId: transferOf(state, claim),
  revision: claim.revision,
})

const orderPath = (orderNumber: string) => `/v1/orders/${orderNumber}`

const answerOrder = (c: Context, order: ShopOrder) =>
  c.body(toJson(order), 200, { 'content-type': 'application/json', etag: `"${order.revision}"` })

const answerKept = (c: Context, { status, body, location }: KeptAnswer, replayed: boolean) =>
  c.body(body, status as 200, {
    'content-type': status < 400 ? 'application/json' : 'application/problem+json',
    ...(location ? { location } : {}),
    ...(replayed ? { 'idempotency-replayed': 'true' } : {}),
  })

const passing = new Set([401, 403, 408, 429])

/** What was answered the first time under this key, or the work's answer, kept for the next time. */
const answerOnce = (
  { answers }: ClaimServerState,
  request: { shop: MockShop; operation: string; key: string; rawBody: Uint8Array },
  work: () => KeptAnswer,
): { answer: KeptAnswer; replayed: boolean } => {
  const name = JSON.stringify([request.shop.shopId, request.operation, request.key])
  const fingerprint = Buffer.from(request.rawBody).toString('base64url')
  const known = answers.get(name)
  if (known && known.fingerprint !== fingerprint) throw new AppError('idempotency-key-reused')
  if (known) return { answer: known.answer, replayed: true }
  let answer: KeptAnswer
  try {
    answer = work()
  } catch (error) {
    if (!(error instanceof AppError) || error.status >= 500 || passing.has(error.status))
      throw error
    const location = error.headers.location ?? null
    answer = { status: error.status, body: JSON.stringify(problemBody(error)), location }
  }
  answers.set(name, { fingerprint, answer })
  return { answer, replayed: false }
}

const checkReturnUrl = ({ returnAddresses = [] }: MockShop, text: string | undefined) => {
  if (text === undefined) return null
  const read = readAddress(text, { httpAllowed: true })
  if ('problem' in read) throw fieldError('#/returnUrl', read.problem)
  if (!beginsWithOneOf(read.address, returnAddresses))
    throw fieldError('#/returnUrl', 'this is not one of your registered addresses')
  return read.address.href
}

const chooseLimit = (state: ClaimServerState, shop: MockShop, limit: string) => {
  const today = todayOf(state)
  const problem = limitProblem(limit, today)
  if (problem) throw fieldError('#/timeLimit', problem)
  const warningDays = shop.warningDays ?? usualWarningDays
  return toClaimLimit(limit, { today, warningDays, isHoliday: isNoHoliday })
}

const receiveOrder = (state: ClaimServerState, shop: MockShop, order: NewOrder): KeptAnswer => {
  const name = JSON.stringify([shop.shopId, order.shopOrderRef])
  const fingerprint = canonicalJson(order)
  const known = state.sent.get(name)
  if (known && known.fingerprint !== fingerprint)
    throw new AppError('order-exists', { headers: { location: orderPath(known.result) } })
  const found = known && state.claims.get(known.result)
  if (found) {
    const body = toJson(toShopOrder(state, found))
    return { status: 200, body, location: orderPath(found.orderNumber) }
  }
  if (order.amount.currency !== 'JPY')
    throw fieldError('#/amount/currency', 'this bank’s accounts are held in JPY')
  const today = todayOf(state)
  const limit = chooseLimit(state, shop, order.timeLimit ?? addDays(today, daysToPay(shop)))
  const returnUrl = checkReturnUrl(shop, order.returnUrl)
  const claim = addOrder(state, {
    shop: shop.name,
    shopOrderRef: order.shopOrderRef,
    description: order.description,
    category: order.category ?? null,
    amountMinor: order.amount.value,
    currency: order.amount.currency,
    days: daysBetween(today, limit.timeLimit),
    returnUrl,
  })
  Object.assign(claim, limit)
  state.sent.set(name, { fingerprint, result: claim.orderNumber })
  const body = toJson(toShopOrder(state, claim))
  return { status: 201, body, location: orderPath(claim.orderNumber) }
}

const findOrder = ({ claims }: ClaimServerState, shop: MockShop, typed: string): MockClaim => {
  const found = claims.get(parseOrderNumber(typed) ?? '')
  if (found?.shop !== shop) throw new AppError('not-found')
  return found
}

type Refusals = Partial<Record<ClaimStatus, ProblemCode>>
const whyNotCancelled: Refusals = {
  settled: 'claim-settled',
  paying: 'claim-in-payment',
  expired: 'claim-expired',
}

const cancel = (
  state: ClaimServerState,
  claim: MockClaim,
  { reason, ifRevision }: { reason?: string | undefined; ifRevision: number | undefined },
): ShopOrder => {
  if (ifRevision !== undefined && claim.revision !== ifRevision) throw new AppError('stale')
  if (claim.status === 'cancelled') return toShopOrder(state, claim)
  if (claim.status !== 'provisional' && claim.status !== 'unsettled')
    throw new AppError(whyNotCancelled[claim.status] ?? 'claim-not-open')
  changeStatus(state, claim, { status: 'cancelled', by: 'shop', reason: reason ?? null })
  return toShopOrder(state, claim)
}

const revivalMs = 30 * 24 * 3600_000
const whyNotRevived: Refusals = { settled: 'claim-settled', paying: 'claim-in-payment' }

const revive = (
  state: ClaimServerState,
  claim: MockClaim,
  { timeLimit, ifRevision }: { timeLimit: string; ifRevision: number | undefined },
): ShopOrder => {
  const isRepeat =
    claim.status === 'unsettled' && (claim.originalTimeLimit ?? claim.timeLimit) === timeLimit
  if (isRepeat) return toShopOrder(state, claim)
  if (ifRevision !== undefined && claim.revision !== ifRevision) throw new AppError('stale')
  if (claim.status !== 'expired')
    throw new AppError(whyNotRevived[claim.status] ?? 'claim-not-open')
  const ageMs = state.clock.now().getTime() - (claim.closedAt?.getTime() ?? 0)
  if (ageMs > revivalMs) throw new AppError('claim-expired')
  const limit = chooseLimit(state, claim.shop, timeLimit)
  const reason = `${claim.timeLimit} → ${limit.timeLimit}`
  Object.assign(claim, { ...limit, closedAt: undefined, seenAt: undefined })
  changeStatus(state, claim, { status: 'unsettled', by: 'shop', event: 'revived', reason })
  return toShopOrder(state, claim)
}

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
    const etag = `"${order.revision}"`
    return c.req.header('if-none-match') === etag
      ? c.body(null, 304, { etag })
      : answerOrder(c, order)
  })
}

const serveWriting = (api: Hono<ShopEnv>, state: ClaimServerState) => {
  api.post('/orders', async (c) => {
    const rawBody = await readRawJson(c)
    const key = readIdempotencyKey(c.req.header('idempotency-key'))
    const { shop } = c.var
    const request = { shop, operation: 'POST /v1/orders', key, rawBody }
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
    const { shop } = c.var
    const reopen = () =>
      revive(state, findOrder(state, shop, orderNumber), { timeLimit, ifRevision })
    const sentKey = c.req.header('idempotency-key')
    if (sentKey === undefined) return answerOrder(c, reopen())
    const key = readIdempotencyKey(sentKey)
    const operation = `POST /v1/orders/${orderNumber}/revive`
    const { answer, replayed } = answerOnce(state, { shop, operation, key, rawBody }, () => {
      const order = reopen()
      return { status: 200, body: toJson(order), location: orderPath(order.orderNumber) }
    })
    return answerKept(c, answer, replayed)
  })
}

const operationOf = (method: string, path: string): ShopOperation => {
  if (path.endsWith('/cancel')) return 'cancelOrder'
  if (path.endsWith('/revive')) return 'reviveOrder'
  if (method === 'POST') return 'createOrder'
  return /\/orders\/?$/.test(path) ? 'listOrders' : 'getOrder'
}

/** The shops' API for orders, by the API keys of the mocked shops. */
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
  app.route('/v1', api)
}
