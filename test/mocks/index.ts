import { http, HttpResponse, type RequestHandler } from 'msw'
import { type Clock, systemClock } from '#shared/dates.ts'
import type { KeyRing } from '#shared/keys.ts'
import { lostAnswer } from './answer-call.ts'
import { createFaults, type Faults } from './faults.ts'
import { createMemoryKeys, trustKeys } from './memory-keys.ts'
import type { MockAdvert, MockShop } from './claim-server-state.ts'
import type { MockAccount, MockCustomer } from './core-state.ts'
import { createMockClaimServer, type MockClaimServer } from './mock-claim-server.ts'
import { createMockCoreBanking, type MockCoreBanking } from './mock-core-banking.ts'
import { mockAccounts, mockAdverts, mockCustomers, mockFeeAccount, mockShops } from './world.ts'

export type { Fault, Faults } from './faults.ts'
export { createMemoryKeys, trustKeys } from './memory-keys.ts'
export type {
  MockAdvert,
  MockChoices,
  MockClaim,
  MockPayment,
  MockShop,
  NewMockOrder,
} from './claim-server-state.ts'
export type { NewMockBill } from './mock-billers.ts'
export type { MockAccount, MockCustomer, MockPosting } from './core-state.ts'
export type { MockClaimServer } from './mock-claim-server.ts'
export type { MockCoreBanking } from './mock-core-banking.ts'
export { mockAccounts, mockAdverts, mockCustomers, mockFeeAccount, mockShops } from './world.ts'

/** What can go wrong, by name. */
export const scenarioNames = [
  'short balance',
  'wrong password',
  'account unknown',
  'slow',
  'executed but answer lost',
  '503',
  'malformed answer',
] as const
export type Scenario = (typeof scenarioNames)[number]

export interface MockOptions {
  /** Business time. */
  clock?: Clock
  timeZone?: string
  /** The portal's keys: its tokens are then checked as the real services do. */
  portalKeys?: KeyRing
  customers?: MockCustomer[]
  accounts?: MockAccount[]
  shops?: MockShop[]
  adverts?: MockAdvert[]
}

export interface Mocks {
  core: MockCoreBanking
  claimServer: MockClaimServer
  faults: { core: Faults; claimServer: Faults }
  coreUrl: string
  claimServerUrl: string
  /** MSW handlers of both services: `setupServer(...mocks.handlers)`. */
  handlers: RequestHandler[]
  /** The same without MSW, for a client that takes its `fetch`. */
  fetch: typeof fetch
  /** From now on until `faults.*.clear()`, or for the next payment. */
  scenario(name: Scenario): void
}

type App = { fetch(request: Request): Response | Promise<Response> }

const answerOf = async (app: App, request: Request): Promise<Response | undefined> => {
  const response = await app.fetch(request)
  return response.headers.has(lostAnswer) ? undefined : response
}

/**
 * Core banking and claim server as stateful mocks without a database, from the contracts that the real
 * services serve. Accounts in; after a payment the balances, postings, and a receipt that verifies.
 */
export const createMocks = async ({
  clock = systemClock,
  timeZone = 'Asia/Tokyo',
  portalKeys,
  customers = mockCustomers,
  accounts = mockAccounts,
  shops = mockShops,
  adverts = mockAdverts,
}: MockOptions = {}): Promise<Mocks> => {
  const coreUrl = 'http://core-banking.mock'
  const claimServerUrl = 'http://claim-server.mock'
  const coreKeys = await createMemoryKeys('core-banking')
  const claimServerKeys = await createMemoryKeys('claim-server')
  const rings = { 'core-banking': coreKeys, 'claim-server': claimServerKeys }
  const callers = portalKeys && { ...rings, 'bank-portal': portalKeys }
  const faults = { core: createFaults(), claimServer: createFaults() }
  const common = { clock, timeZone }
  const core = createMockCoreBanking({
    ...common,
    keys: coreKeys,
    documents: trustKeys('core-banking', rings),
    trust: callers && trustKeys('core-banking', callers),
    faults: faults.core,
    customers,
    accounts,
    feeAccount: mockFeeAccount,
  })
  const claimServer = createMockClaimServer({
    ...common,
    keys: claimServerKeys,
    documents: trustKeys('claim-server', rings),
    trust: callers && trustKeys('claim-server', callers),
    faults: faults.claimServer,
    shops,
    adverts,
    core,
  })
  const apps: Record<string, App> = { [coreUrl]: core.app, [claimServerUrl]: claimServer.app }

  const handlers = Object.entries(apps).map(([url, app]) =>
    http.all(`${url}/*`, async ({ request }) => {
      const response = await answerOf(app, request)
      return response ?? HttpResponse.error()
    }),
  )
  const send: typeof fetch = async (input, init) => {
    const request = new Request(input, init)
    const app = apps[new URL(request.url).origin]
    const response = app && (await answerOf(app, request))
    if (!response) throw new TypeError('fetch failed')
    return response
  }
  return {
    core,
    claimServer,
    faults,
    coreUrl,
    claimServerUrl,
    handlers,
    fetch: send,
    scenario: (name) => {
      switch (name) {
        case 'short balance':
          core.scenarios.refuse = 'insufficient-funds'
          return
        case 'wrong password':
          core.scenarios.wrongPassword = true
          return
        case 'account unknown':
          core.scenarios.refuse = 'payee-not-found'
          return
        case 'slow':
          faults.core.set('slow')
          return
        case 'executed but answer lost':
          faults.core.set('answer lost', { calls: ['executePayment'] })
          return
        case '503':
          faults.core.set('503')
          return
        case 'malformed answer':
          faults.core.set('malformed answer')
          return
      }
    },
  }
}
