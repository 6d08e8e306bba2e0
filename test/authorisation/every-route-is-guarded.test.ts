import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AnyApp } from '#shared/any-app.ts'
import type { AnyCall } from '#shared/contracts/call.ts'
import { withBatches } from '#shared/contracts/batch.ts'
import { allClaimServerCalls, claimServerBatches } from '#shared/contracts/claim-server-calls.ts'
import { coreBankingBatches, coreBankingCalls } from '#shared/contracts/core-banking.ts'
import type { Service } from '#shared/service-token.ts'
import { createBankPortal } from '../../bank-portal/app.tsx'
import { createClaimServer } from '../../claim-server/app.ts'
import { createCoreBanking } from '../../mock-core-banking/app.tsx'
import { startSystem, type System } from '../support/start-system.ts'
import {
  type ActorName,
  actorNames,
  type Answer,
  asService,
  type Cast,
  castOf,
  type Ids,
} from './actors.ts'
import { type Access, accessTable } from './table.ts'

let system: System
let cast: Cast
let routes: Record<Service, string[]>
let urlOf: Record<Service, string>

const callsOf: Record<Service, readonly AnyCall[]> = {
  'claim-server': withBatches(allClaimServerCalls, claimServerBatches),
  'core-banking': withBatches(coreBankingCalls, coreBankingBatches),
  'bank-portal': [],
}

const routesOf = (app: AnyApp): string[] => [
  ...new Set(
    app.routes
      .filter(({ method }) => method !== 'ALL')
      .map(({ method, path }) => `${method} ${path.replace(/^\/assets\/.*/, '/assets/:file')}`),
  ),
]

beforeAll(async () => {
  system = await startSystem()
  cast = await castOf(system)
  urlOf = {
    'claim-server': system.urls.claims,
    'bank-portal': system.urls.portal,
    'core-banking': system.urls.core,
  }
  routes = {
    'claim-server': routesOf(createClaimServer(system.claims.deps)),
    'bank-portal': routesOf(createBankPortal(system.portal.deps)),
    'core-banking': routesOf(createCoreBanking(system.core.deps)),
  }
})
afterAll(() => system?.close())

const fill = (path: string, ids: Ids): string =>
  path.replaceAll(/:([a-zA-Z]+)/g, (_all, name: string) => {
    if (name === 'token') return ids.entryToken
    if (name === 'file') return 'request.json'
    if (name === 'code') return 'not-found'
    return ids[name as keyof Ids] ?? 'nothing'
  })

const askOf = (service: Service, route: string, ids: Ids) => {
  const [method = '', path = ''] = route.split(' ')
  return { method, url: urlOf[service] + fill(path, ids), body: '{}' }
}

const leadsToSignIn = ({ status, location }: Answer) =>
  status === 303 && /\/sign-in(\?|$)/.test(location ?? '')

/** Refused before anything was looked at: no credentials, wrong ones, or a form of another site. */
const isRefused = (answer: Answer) => [401, 403].includes(answer.status) || leadsToSignIn(answer)

// What names a request or the id that was asked for says nothing about the record.
const withoutOwnWords = (answer: Answer, ids: Ids) =>
  Object.values(ids)
    .reduce((body, id) => body.replaceAll(id, '…'), answer.body)
    .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '…')
    .replaceAll(/name="_csrf" value="[^"]*"/g, '')

const welcomeAt: Record<Access, readonly ActorName[]> = {
  open: actorNames,
  form: [],
  entry: actorNames,
  shop: ['shop A', 'shop B'],
  console: ['shop A console', 'shop B console'],
  customer: ['customer A', 'customer B'],
  operator: ['operator'],
  clerk: ['clerk', 'approver'],
  approver: ['approver'],
}

/** Reads of one record: somebody else's answers as one that doesn't exist. */
const strangerAt: Partial<Record<Access, ActorName>> = {
  shop: 'shop B',
  console: 'shop B console',
  customer: 'customer B',
}
const isOwned = (route: string) => /:(orderNumber|paymentId|reference)/.test(route)

describe('every route', () => {
  test('a route of a service stands in the table or is a call of its contracts', () => {
    for (const service of ['claim-server', 'bank-portal', 'core-banking'] as const) {
      const calls = callsOf[service].map(({ method, path }) => `${method} ${path}`)
      const decided = new Set([...Object.keys(accessTable[service]), ...calls])
      expect(routes[service].filter((route) => !decided.has(route))).toEqual([])
      expect([...decided].filter((route) => !routes[service].includes(route))).toEqual([])
    }
  })

  test('who is not meant by the table is refused', async () => {
    for (const [service, table] of Object.entries(accessTable) as [
      Service,
      Record<string, Access>,
    ][])
      for (const [route, access] of Object.entries(table))
        for (const actor of actorNames) {
          const answer = await cast.actors[actor](askOf(service, route, cast.own))
          const said = `${service} ${route} as ${actor}: ${answer.status}`
          const isPost = route.startsWith('POST') && access !== 'shop'
          expect(isRefused(answer), said).toBe(isPost || !welcomeAt[access].includes(actor))
        }
  })

  test('another’s order, claim or payment answers as one that doesn’t exist', async () => {
    for (const [service, table] of Object.entries(accessTable) as [
      Service,
      Record<string, Access>,
    ][])
      for (const [route, access] of Object.entries(table)) {
        const stranger = strangerAt[access]
        if (!stranger || !isOwned(route) || (route.startsWith('POST') && access !== 'shop'))
          continue
        const foreign = await cast.actors[stranger](askOf(service, route, cast.own))
        const unknown = await cast.actors[stranger](askOf(service, route, cast.unknown))
        const said = `${service} ${route} as ${stranger}`
        expect(foreign.status, said).toBe(unknown.status)
        expect(withoutOwnWords(foreign, cast.own), said).toBe(
          withoutOwnWords(unknown, cast.unknown),
        )
        expect([404, 204], said).toContain(foreign.status)
      }
  })
})

describe('every form', () => {
  const owned = Object.entries(accessTable).flatMap(([service, table]) =>
    Object.entries(table)
      .filter(([route]) => route.startsWith('POST') && isOwned(route))
      .map(([route, access]) => ({ service: service as Service, route, access })),
  )

  /** What some of them ask for, so that they get as far as the record. */
  const form = { revision: '1' }

  test('that is about one record is one of a shop, a customer or the staff', () => {
    expect(new Set(owned.map(({ access }) => access))).toEqual(
      new Set(['shop', 'console', 'customer']),
    )
  })

  test.each(owned.filter(({ access }) => access !== 'shop'))(
    '$route with this site’s own token, for another’s record, answers as for one that doesn’t exist',
    async ({ service, route, access }) => {
      const stranger = strangerAt[access] ?? 'nobody'
      const [foreign, unknown] = [
        await cast.actors[stranger]({ ...askOf(service, route, cast.own), form }),
        await cast.actors[stranger]({ ...askOf(service, route, cast.unknown), form }),
      ]
      expect(foreign.status).toBe(404)
      expect(unknown.status).toBe(404)
      expect(withoutOwnWords(foreign, cast.own)).toBe(withoutOwnWords(unknown, cast.unknown))
    },
  )

  test('is taken from its own page: the same token opens what is one’s own', async () => {
    const ask = askOf('claim-server', 'POST /shop/orders/:orderNumber/cancel', cast.own)
    const { status } = await cast.actors['shop A console']({ ...ask, form })
    expect([403, 404]).not.toContain(status)
  })
})

describe('every call between services', () => {
  const allCalls = Object.entries(callsOf).flatMap(([service, calls]) =>
    calls.map((call) => ({ service: service as Service, call })),
  )

  test.each(allCalls)('$call.name is answered to its callers alone', async ({ service, call }) => {
    const ask = askOf(service, `${call.method} ${call.path}`, cast.own)
    const bodies = new Set<string>()
    for (const actor of actorNames) {
      const answer = await cast.actors[actor](ask)
      const said = `${call.name} as ${actor}: ${answer.status} ${answer.body.slice(0, 200)}`
      const mayCall = (call.callers as readonly string[]).includes(actor)
      expect(answer.status === 401, said).toBe(!mayCall)
      if (!mayCall) bodies.add(withoutOwnWords(answer, cast.own))
    }
    expect(bodies.size, 'one body for every refusal').toBe(1)
  })

  test.each(allCalls.filter(({ call }) => call.path.includes(':customerId')))(
    '$call.name on behalf of another customer answers as if there were no such customer',
    async ({ service, call }) => {
      const ask = askOf(service, `${call.method} ${call.path}`, cast.own)
      for (const onBehalfOf of ['C-100552', undefined]) {
        const actor = asService(
          cast.keysOf('bank-portal'),
          'bank-portal',
          cast.serviceOf,
          onBehalfOf,
        )
        const { status } = await actor(ask)
        // A body that does not fit its contract is told before anybody is looked up.
        expect([404, 422], `${call.name} for ${onBehalfOf}: ${status}`).toContain(status)
      }
    },
  )
})
