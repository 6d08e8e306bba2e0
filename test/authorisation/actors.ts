import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { type KeyRing, openKeyRing } from '#shared/keys.ts'
import { type Service, serviceNames, signServiceToken } from '#shared/service-token.ts'
import { setShopLogin } from '../../claim-server/shops/set-shop-login.ts'
import { bankCustomers, bankStaff } from '../demo/bank-world.ts'
import {
  acceptOrder,
  payClaims,
  paymentIdOf,
  type PortalCustomer,
  sendOrder,
  signIn,
} from '../support/people.ts'
import { type OpenShop, openShop, shopsOfTheSeed } from '../support/shops.ts'
import type { System } from '../support/start-system.ts'
import { createVisitor, type Visitor } from '../support/visitor.ts'

export interface Answer {
  status: number
  body: string
  location: string | null
}

export interface Ask {
  method: string
  url: string
  body?: string
  /** Sends the form of one of this site's own pages, with its token, instead of a body. */
  form?: Record<string, string>
}

/** Sends one request as somebody; redirects are answers, not followed. */
export type Actor = (ask: Ask) => Promise<Answer>

export const actorNames = [
  'nobody',
  'customer A',
  'customer B',
  'shop A',
  'shop B',
  'shop A console',
  'shop B console',
  'operator',
  'clerk',
  'approver',
  ...serviceNames,
] as const
export type ActorName = (typeof actorNames)[number]

/** What customer A and shop A own, and what nobody does: the ids that fill a route's parameters. */
export interface Ids {
  customerId: string
  orderNumber: string
  paymentId: string
  entryToken: string
  account: string
  /** What shop A calls customer A. */
  reference: string
}

const send = async (
  { method, url, body }: Ask,
  headers: Record<string, string>,
): Promise<Answer> => {
  const withBody = body !== undefined && method !== 'GET'
  const response = await fetch(url, {
    method,
    headers: {
      accept: 'text/html, application/json',
      ...(withBody ? { 'content-type': 'application/json' } : {}),
      ...headers,
    },
    ...(withBody ? { body } : {}),
    redirect: 'manual',
  })
  return {
    status: response.status,
    body: await response.text(),
    location: response.headers.get('location'),
  }
}

const tokenOf = async (visitor: Visitor, url: string): Promise<string> => {
  const page = await visitor.open(new URL(homeOf(new URL(url).pathname), url).href)
  return page.root.querySelector('input[name="_csrf"]')?.getAttribute('value') ?? ''
}

const homeOf = (path: string): string => /^\/(shop|staff|operator)(?=\/)/.exec(path)?.[0] ?? '/'

const withCookies =
  (visitor: Visitor): Actor =>
  async ({ form, ...ask }) => {
    const token = form && (await tokenOf(visitor, ask.url))
    const headers = {
      cookie: [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
    }
    if (token === undefined) return send(ask, headers)
    const body = `${new URLSearchParams({ ...form, _csrf: token })}`
    return send(
      { ...ask, body },
      {
        ...headers,
        'content-type': 'application/x-www-form-urlencoded',
        origin: new URL(ask.url).origin,
      },
    )
  }

const withApiKey =
  ({ apiKey }: OpenShop): Actor =>
  (ask) =>
    send(ask, { authorization: `Bearer ${apiKey}`, 'idempotency-key': randomUUID() })

/** Signs the call as that service, for the service at that address, on behalf of a customer. */
export const asService =
  (
    keys: KeyRing,
    issuer: Service,
    audience: (url: string) => Service,
    onBehalfOf?: string,
  ): Actor =>
  async (ask) => {
    const { pathname, search } = new URL(ask.url)
    const token = await signServiceToken(
      keys,
      {
        method: ask.method,
        target: pathname + search,
        body: ask.method === 'GET' ? '' : (ask.body ?? ''),
      },
      {
        issuer,
        audience: audience(ask.url),
        instance: 'test',
        ...(onBehalfOf ? { onBehalfOf } : {}),
      },
    )
    return send(ask, { authorization: `Bearer ${token}` })
  }

const signInOperator = async (coreUrl: string): Promise<Visitor> => {
  const visitor = createVisitor()
  const page = await visitor.open(`${coreUrl}/operator/sign-in`)
  await visitor.submit(page, 'form[action="/operator/sign-in"]', {
    staffId: bankStaff.operator.staffId,
    password: bankStaff.operator.password,
  })
  return visitor
}

const signInStaff = async (portalUrl: string, as: 'clerk' | 'approver'): Promise<Visitor> => {
  const visitor = createVisitor()
  const { staffId, password } = bankStaff[as]
  const page = await visitor.open(`${portalUrl}/staff/sign-in`)
  await visitor.submit(page, 'form[action="/staff/sign-in"]', { staffId, password })
  return visitor
}

const signInShop = async (
  system: System,
  { shopId }: OpenShop,
  login: { signInId: string; password: string },
): Promise<Visitor> => {
  await setShopLogin(system.claims.deps, { shopId, ...login })
  const visitor = createVisitor()
  const page = await visitor.open(`${system.urls.claims}/shop/sign-in`)
  await visitor.submit(page, 'form[action="/shop/sign-in"]', login)
  return visitor
}

const referenceIn = async (system: System, console: Visitor): Promise<string> => {
  const page = await console.open(`${system.urls.claims}/shop/orders?list=all`)
  const link = page.root.querySelector('a[href^="/shop/customers/"]')?.getAttribute('href')
  if (!link) throw new Error(`the console shows no customer: ${page.text.slice(0, 300)}`)
  return link.split('/').at(-1) ?? ''
}

const makeOwnIds = async (
  system: System,
  customer: PortalCustomer,
  shop: OpenShop,
): Promise<Omit<Ids, 'reference'>> => {
  const account = bankCustomers.haruka.accounts[0].account
  const order = (yen: number) =>
    sendOrder(system.urls.claims, shop.apiKey, { description: 'Shoes', yen })
  const [open, paid, entered] = [await order(3150), await order(2100), await order(8400)]
  await acceptOrder(customer, open, account)
  await acceptOrder(customer, paid, account)
  const result = await payClaims(customer, { orderNumbers: [paid.orderNumber], account })
  return {
    customerId: bankCustomers.haruka.customerId,
    orderNumber: paid.orderNumber,
    paymentId: paymentIdOf(result),
    entryToken: entered.entryUrl?.split('/').at(-1) ?? '',
    account,
  }
}

export interface Cast {
  actors: Record<ActorName, Actor>
  own: Ids
  /** Ids of the right form that nobody has. */
  unknown: Ids
  serviceOf(url: string): Service
  keysOf(service: Service): KeyRing
}

/** Everybody who could ask, with what belongs to A. */
export const castOf = async (system: System): Promise<Cast> => {
  const shopA = await openShop(system.claims.deps, shopsOfTheSeed.shoes)
  const shopB = await openShop(system.claims.deps, shopsOfTheSeed.hats)
  const customerA = await signIn(system.urls.portal, bankCustomers.haruka)
  const customerB = await signIn(system.urls.portal, bankCustomers.kenji)
  const consoleA = await signInShop(system, shopA, {
    signInId: 'shop-a',
    password: 'seven brown laces 24',
  })
  const consoleB = await signInShop(system, shopB, {
    signInId: 'shop-b',
    password: 'a felt hat in navy 57',
  })
  const ownIds = await makeOwnIds(system, customerA, shopA)
  const own = { ...ownIds, reference: await referenceIn(system, consoleA) }
  const serviceOf = (url: string): Service => {
    const { origin } = new URL(url)
    if (origin === system.urls.claims) return 'claim-server'
    return origin === system.urls.core ? 'core-banking' : 'bank-portal'
  }
  const keyRings = Object.fromEntries(
    serviceNames.map((service) => [service, openKeyRing(join(system.keysFolder, service))]),
  )
  const keysOf = (service: Service): KeyRing => keyRings[service] as KeyRing
  const service = (name: Service) => asService(keysOf(name), name, serviceOf, own.customerId)
  return {
    own,
    unknown: {
      customerId: 'C-999999',
      orderNumber: system.claims.deps.newOrderNumber(),
      paymentId: system.claims.deps.newId(),
      entryToken: 'AAAAAAAAAAAAAAAAAAAAAA',
      account: '0901-101-1-0000000',
      reference: 'ZZZZ-ZZZZ',
    },
    serviceOf,
    keysOf,
    actors: {
      nobody: (ask) => send(ask, {}),
      'customer A': withCookies(customerA.visitor),
      'customer B': withCookies(customerB.visitor),
      'shop A': withApiKey(shopA),
      'shop B': withApiKey(shopB),
      'shop A console': withCookies(consoleA),
      'shop B console': withCookies(consoleB),
      operator: withCookies(await signInOperator(system.urls.core)),
      clerk: withCookies(await signInStaff(system.urls.portal, 'clerk')),
      approver: withCookies(await signInStaff(system.urls.portal, 'approver')),
      'claim-server': service('claim-server'),
      'bank-portal': service('bank-portal'),
      'core-banking': service('core-banking'),
    },
  }
}
