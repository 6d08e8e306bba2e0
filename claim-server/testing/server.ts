import { randomUUID } from 'node:crypto'
import type { AnyApp } from '#shared/any-app.ts'
import type { Problem } from '#shared/problem.ts'
import { createServiceClient, type ServiceClient } from '#shared/service-client.ts'
import { createClaimServer } from '../app.ts'
import { makeApiKey } from '../shops/make-api-key.ts'
import type { TestWorld } from './world.ts'

export interface OrderOnWire {
  shopOrderRef: string
  description: string
  amount: { value: number; currency: string }
  [field: string]: unknown
}

/** A shop's server with its API key. */
export interface ShopClient {
  apiKey: string
  request(path: string, init?: RequestInit): Promise<Response>
  /** Posts an order with a new Idempotency-Key, unless the headers hold one. */
  order(order: unknown, headers?: Record<string, string>): Promise<Response>
}

/** The claim server of a world, called as browsers, shops and the portal call it. */
export interface TestServer {
  app: AnyApp
  request(path: string, init?: RequestInit): Promise<Response>
  portal: ServiceClient
  shop(shopId: string): Promise<ShopClient>
}

const baseUrl = 'http://claims.test'

export const openServer = (world: TestWorld): TestServer => {
  const app = createClaimServer(world.deps)
  const request = async (path: string, init?: RequestInit) =>
    app.fetch(new Request(baseUrl + path, init))
  return {
    app,
    request,
    portal: createServiceClient({
      issuer: 'bank-portal',
      baseUrl,
      keys: world.portalKeys,
      instance: 'test',
      fetch: async (input, init) => app.fetch(new Request(input, init)),
    }),
    async shop(shopId) {
      const { apiKey } = await makeApiKey(world.deps, { shopId, label: 'test' })
      const send = (path: string, init: RequestInit = {}) =>
        request(path, {
          ...init,
          headers: { authorization: `Bearer ${apiKey}`, ...(init.headers as object) },
        })
      return {
        apiKey,
        request: send,
        order: (order, headers = {}) =>
          send('/v1/orders', {
            method: 'POST',
            headers: {
              'content-type': 'application/json',
              'idempotency-key': randomUUID(),
              ...headers,
            },
            body: typeof order === 'string' ? order : JSON.stringify(order),
          }),
      }
    },
  }
}

let lastReference = 0

/** The seed's shoes, with a reference of their own. */
export const anOrder = (changed: Record<string, unknown> = {}): OrderOnWire => ({
  shopOrderRef: `REF-${++lastReference}`,
  description: 'A pair of shoes, size 24',
  category: 'shoes',
  amount: { value: 3150, currency: 'JPY' },
  ...changed,
})

export const readProblem = async (response: Response): Promise<Problem & { code: string }> => {
  const problem = (await response.json()) as Problem
  return { ...problem, code: problem.type.replace('/problems/', '') }
}

/** An order as it stands on the wire. */
export interface ShownOrder {
  orderNumber: string
  shopOrderRef: string
  status: string
  entryUrl: string
  timeLimit: string
  originalTimeLimit: string | null
}

export const readOrder = async (response: Response): Promise<ShownOrder> =>
  (await response.json()) as ShownOrder

export const readPage = async (
  response: Response,
): Promise<{ data: ShownOrder[]; nextCursor: string | null }> =>
  (await response.json()) as { data: ShownOrder[]; nextCursor: string | null }

/** The token of an entry link: what the browser carries. */
export const entryTokenOf = (entryUrl: string): string => entryUrl.split('/').at(-1) ?? ''
