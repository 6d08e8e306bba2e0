import { http, HttpResponse, type RequestHandler } from 'msw'
import { type Receipt, readDocument } from '#shared/contracts/documents.ts'
import { type Clock, systemClock } from '#shared/dates.ts'
import type { KeyRing } from '#shared/keys.ts'
import { newOrderNumber } from '#shared/order-number.ts'
import { createServiceClient, type ServiceClient } from '#shared/service-client.ts'
import type { Service } from '#shared/service-token.ts'
import { lostAnswer } from './answer-call.ts'
import type { MockShop } from './claim-server-state.ts'
import type { MockAdvert } from './mock-adverts.ts'
import type { MockAccount, MockCustomer, MockStaffMember } from './core-state.ts'
import { createFaults, type Faults } from './faults.ts'
import { bothKeys, createMemoryKeys, type PublicKeys, trustKeys } from './memory-keys.ts'
import { createMockClaimServer, type MockClaimServer } from './mock-claim-server.ts'
import { createMockCoreBanking, type MockCoreBanking } from './mock-core-banking.ts'
import { type MadePayment, payClaims, type PaymentToMake, type Peers } from './pay-claims.ts'
import { clearScenarios, planScenario, type Scenario, type ScenarioOptions } from './scenarios.ts'
import { signUnsigned } from './unsigned-calls.ts'
import {
  mockAccounts,
  mockAdverts,
  mockBank,
  mockCustomers,
  mockFeeAccount,
  mockShops,
  mockStaff,
} from './world.ts'

export interface MockOptions {
  /** Where your code expects core banking and the claim server: scheme and host. */
  coreUrl?: string
  claimServerUrl?: string
  /** Business time. */
  clock?: Clock
  timeZone?: string
  /**
   * What your portal publishes: its calls are then checked as the real services do. Without it
   * requests need no token: the mocks sign them.
   */
  portalKeys?: PublicKeys
  customers?: readonly MockCustomer[]
  staff?: readonly MockStaffMember[]
  accounts?: readonly MockAccount[]
  shops?: readonly MockShop[]
  adverts?: readonly MockAdvert[]
  /** Numbers of orders; drawn at random unless said otherwise. */
  newOrderNumber?: () => string
  /** What goes wrong from the start, and again after each `reset()`. */
  scenarios?: readonly Scenario[]
}

/** Who pays what; account and password are the customer's own unless said otherwise. */
export type MockPaymentToMake = Omit<PaymentToMake, 'account' | 'password'> &
  Partial<Pick<PaymentToMake, 'account' | 'password'>>

export interface Mocks {
  core: MockCoreBanking
  claimServer: MockClaimServer
  faults: { core: Faults; claimServer: Faults }
  coreUrl: string
  claimServerUrl: string
  /** Keys with which the three sign here: to make documents of your own. */
  keys: Record<Service, KeyRing>
  /** MSW handlers of both services: `setupServer(...mocks.handlers)`. */
  handlers: RequestHandler[]
  /** The same without MSW, for a client that takes its `fetch`. */
  fetch: typeof fetch
  /** From now on until `reset()`, or `{ once: true }` for the next payment or call. */
  scenario(name: Scenario, options?: ScenarioOptions): void
  /** Takes all scenarios and faults back; the books stay as they are. */
  clearScenarios(): void
  /** Everything as it was at set-up: books, claims, payments, scenarios. */
  reset(): void
  /** A whole payment by the mocked bank's own portal. Throws when it does not come to its end. */
  pay(payment: MockPaymentToMake): Promise<MadePayment>
  /** Verifies a receipt by the keys that the mocked core publishes. Throws for any other text. */
  readReceipt(receipt: string): Promise<Receipt>
}

type App = { fetch(request: Request): Response | Promise<Response> }

/** What arrives at the address of each app; undefined where an answer is lost. */
const createNetwork = (
  apps: Record<string, { app: App; service: Service }>,
  keys: Record<Service, KeyRing> | undefined,
) => {
  const answer = async (request: Request): Promise<Response | undefined> => {
    const found = apps[new URL(request.url).origin]
    if (!found) return undefined
    const { app, service } = found
    const response = await app.fetch(keys ? await signUnsigned(request, service, keys) : request)
    return response.headers.has(lostAnswer) ? undefined : response
  }
  const handlers = Object.keys(apps).map((url) =>
    http.all(`${url}/*`, async ({ request }) => (await answer(request)) ?? HttpResponse.error()),
  )
  const send: typeof fetch = async (input, init) => {
    const response = await answer(new Request(input, init))
    if (!response) throw new TypeError('fetch failed')
    return response
  }
  return { handlers, send }
}

const makeKeys = async (): Promise<Record<Service, KeyRing>> => ({
  'core-banking': await createMemoryKeys('core-banking'),
  'claim-server': await createMemoryKeys('claim-server'),
  'bank-portal': await createMemoryKeys('bank-portal'),
})

type Servers = Pick<Mocks, 'core' | 'claimServer' | 'faults' | 'coreUrl' | 'claimServerUrl'>

const createServers = (
  keys: Record<Service, KeyRing>,
  {
    coreUrl = 'http://core-banking.mock',
    claimServerUrl = 'http://claim-server.mock',
    clock = systemClock,
    timeZone = 'Asia/Tokyo',
    portalKeys,
    customers = mockCustomers,
    staff = mockStaff,
    accounts = mockAccounts,
    shops = mockShops,
    adverts = mockAdverts,
    newOrderNumber: number = () => newOrderNumber(),
  }: MockOptions,
): Servers => {
  const own = keys['bank-portal']
  const believed = { ...keys, 'bank-portal': portalKeys ? bothKeys(portalKeys, own) : own }
  const faults = { core: createFaults(), claimServer: createFaults() }
  const commonOf = (service: Service) => ({
    clock,
    timeZone,
    keys: keys[service],
    trust: trustKeys(service, believed),
    documents: trustKeys(service, keys),
    spentTokens: new Set<string>(),
  })
  const core = createMockCoreBanking({
    ...commonOf('core-banking'),
    faults: faults.core,
    world: { customers, staff, accounts, feeAccount: mockFeeAccount },
  })
  const claimServer = createMockClaimServer({
    ...commonOf('claim-server'),
    faults: faults.claimServer,
    world: {
      bank: mockBank,
      baseUrl: claimServerUrl,
      newOrderNumber: number,
      shops,
      adverts,
      holders: new Map(accounts.map((one) => [one.account, one.holder])),
      people: new Map(customers.map((one) => [one.customerId, one])),
    },
    core,
  })
  return { core, claimServer, faults, coreUrl, claimServerUrl }
}

/** Who pays unless said otherwise: the customer's first account, their password. */
const fillIn = (
  { accounts, customers }: MockCoreBanking,
  wanted: MockPaymentToMake,
): PaymentToMake => {
  const { customerId } = wanted
  const customer = customers.find((one) => one.customerId === customerId)
  if (!customer) throw new Error(`there is no customer ${customerId}`)
  const account = [...accounts.values()].find((one) => one.customerId === customerId)?.account ?? ''
  return { account, password: customer.password, ...wanted }
}

/**
 * Core banking and claim server as stateful mocks without a database, from the contracts that the real
 * services serve. Accounts in; after a payment the balances, postings, and a receipt that verifies.
 */
export const createMocks = async (options: MockOptions = {}): Promise<Mocks> => {
  const keys = await makeKeys()
  const servers = createServers(keys, options)
  const { core, claimServer, coreUrl, claimServerUrl } = servers
  const { handlers, send } = createNetwork(
    {
      [coreUrl]: { app: core.app, service: 'core-banking' },
      [claimServerUrl]: { app: claimServer.app, service: 'claim-server' },
    },
    options.portalKeys ? undefined : keys,
  )
  const clientOf = (baseUrl: string): ServiceClient =>
    createServiceClient({
      issuer: 'bank-portal',
      baseUrl,
      keys: keys['bank-portal'],
      instance: 'mock',
      fetch: send,
    })
  const peers: Peers = { core: clientOf(coreUrl), claimServer: clientOf(claimServerUrl) }
  const planAgain = () => {
    clearScenarios(servers)
    for (const name of options.scenarios ?? []) planScenario(servers, name)
  }
  planAgain()
  return {
    ...servers,
    keys,
    handlers,
    fetch: send,
    scenario: (name, how) => planScenario(servers, name, how),
    clearScenarios: () => clearScenarios(servers),
    reset: () => {
      core.reset()
      claimServer.reset()
      planAgain()
    },
    pay: async (wanted) => payClaims(peers, fillIn(core, wanted)),
    readReceipt: async (receipt) =>
      (await readDocument(trustKeys('claim-server', keys), 'receipt', receipt)).content,
  }
}
