import type * as z from 'zod'
import { type newOrder, type ShopOrder, shopOrder } from '#shared/contracts/shop-api.ts'
import type { Log } from '#shared/log.ts'
import { problem, problemCode } from '#shared/problem.ts'

/** An order as JSON carries it. */
export type NewOrderJson = z.input<typeof newOrder>

export type OrderAnswer =
  | { outcome: 'order'; order: ShopOrder }
  /** The claim server will not have this order, now or later. */
  | { outcome: 'refused' }
  /** Not known whether it arrived: ask or send again, with the same key. */
  | { outcome: 'no-answer' }

export interface ClaimServerClient {
  /** Sends an order; `idempotencyKey` makes a second sending the same order. */
  createOrder(input: {
    apiKey: string
    idempotencyKey: string
    request: string
  }): Promise<OrderAnswer>
  findOrder(input: { apiKey: string; orderNumber: string }): Promise<OrderAnswer>
}

const giveUpAfterMs = 8000

// A wrong key is repaired by the shop's staff, an overload by time: neither decides about the order.
const mayChange = (status: number, type = '') =>
  status >= 500 || [401, 403, 408, 425, 429].includes(status) || problemCode(type) === 'in-progress'

interface Init {
  method?: string
  headers?: Record<string, string>
  body?: string
}

const isWeb = (url: string | null) => url === null || /^https?:/.test(url)

export const createClaimServerClient = ({
  url,
  fetch = globalThis.fetch,
  log,
}: {
  url: string
  fetch?: typeof globalThis.fetch
  log: Log
}): ClaimServerClient => {
  const call = async (path: string, apiKey: string, init: Init): Promise<OrderAnswer> => {
    let response: Response
    let body: unknown
    try {
      response = await fetch(`${url.replace(/\/$/, '')}${path}`, {
        ...init,
        headers: { ...init.headers, authorization: `Bearer ${apiKey}`, accept: 'application/json' },
        redirect: 'error',
        signal: AbortSignal.timeout(giveUpAfterMs),
      })
      body = await response.json()
    } catch (error) {
      log.warn({ path, error: error instanceof Error ? error.name : '' }, 'no answer to a call')
      return { outcome: 'no-answer' }
    }
    if (response.ok) {
      const order = shopOrder.safeParse(body)
      if (order.success && isWeb(order.data.entryUrl))
        return { outcome: 'order', order: order.data }
      log.error({ path }, 'an answer does not keep the contract')
      return { outcome: 'no-answer' }
    }
    const { type, errors } = problem.partial().safeParse(body).data ?? {}
    log.warn({ path, status: response.status, problem: type, errors }, 'a call was refused')
    return { outcome: mayChange(response.status, type) ? 'no-answer' : 'refused' }
  }

  return {
    createOrder: ({ apiKey, idempotencyKey, request }) =>
      call('/v1/orders', apiKey, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': idempotencyKey },
        body: request,
      }),
    findOrder: ({ apiKey, orderNumber }) =>
      call(`/v1/orders/${encodeURIComponent(orderNumber)}`, apiKey, {}),
  }
}
