import { Hono } from 'hono'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../test/support/database.ts'
import { openPortal, portalUrl, type TestPortal } from '../test/support/portal.ts'
import type { PortalSession } from './deps.ts'

let database: FreshDatabase
let portal: TestPortal
beforeAll(async () => {
  database = await freshDatabase('bank-portal')
})
afterAll(() => database.close())
beforeEach(async () => {
  portal = await openPortal({ db: database.db })
})

const open = ['/sign-in', '/sign-out', '/language', '/health/', '/.well-known/', '/assets/']

describe('without a session', () => {
  it('every page but the sign-in leads to it, and every post of a form is refused', async () => {
    const visitor = portal.visitor()
    const token = (await portal.open(visitor, '/sign-in')).root
      .querySelector('input[name=_csrf]')
      ?.getAttribute('value')
    const routes = portal.app.routes.filter(
      // The staff's desk has a sign-in of its own: the table of who may use what decides its routes.
      ({ method, path }) =>
        method !== 'ALL' && ![...open, '/staff'].some((one) => path.startsWith(one)),
    )
    expect(routes.length).toBeGreaterThan(14)
    for (const { method, path } of routes) {
      const url = portalUrl + path.replaceAll(/:\w+/g, 'x')
      const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      const response = await portal.app.request(url, {
        method,
        headers: {
          cookie,
          origin: portalUrl,
          'content-type': 'application/x-www-form-urlencoded',
        },
        ...(method === 'POST' ? { body: `_csrf=${token}` } : {}),
      })
      const refusal = method === 'POST' ? [401, null] : [303, '/sign-in']
      const leadsTo = response.headers.get('location')?.replace(/\?.*/, '') ?? null
      expect([method, path, response.status, leadsTo]).toEqual([method, path, ...refusal])
    }
  })
})

describe('errors', () => {
  it('an unknown address is a page', async () => {
    const page = await portal.open(portal.visitor(), '/nowhere')
    expect(page.status).toBe(404)
    expect(page.text).toContain('Nothing was paid or changed')
  })

  it('the result of a payment, the sessions being away, is not told as unpaid', async () => {
    const other = await freshDatabase('bank-portal')
    const cut = await openPortal({ db: other.db })
    const visitor = await cut.signedIn()
    await other.close()
    for (const path of ['/payments/019a7f4e-1111-7000-8000-000000000001', '/claims']) {
      const page = await cut.open(visitor, path)
      expect([path, page.status, page.text.includes('Nothing was paid')]).toEqual([
        path,
        503,
        path === '/claims',
      ])
    }
  })

  it('after a post, the language switch leads to a page: not every address of a post is one', async () => {
    const visitor = await portal.signedIn()
    const page = await portal.open(visitor, '/accounts')
    const refused = await visitor.submit(page, 'form[action="/sign-out"]', { _csrf: 'out of date' })
    expect(refused.status).toBe(403)
    const switched = await visitor.submit(refused, 'form[action="/language"]', { language: 'ja' })
    expect(switched.status).toBe(200)
    expect(switched.text).toContain('お支払い待ち')
  })

  it('an unknown address that programs read is problem+json', async () => {
    const response = await portal.app.request('/health/nowhere')
    expect(response.status).toBe(404)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(await response.json()).toMatchObject({ type: '/problems/not-found', status: 404 })
  })

  it('a method that a page does not offer is answered with those that it does', async () => {
    const visitor = await portal.signedIn()
    const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await portal.app.request('/sign-out', { headers: { cookie } })
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('POST')
  })

  it.each([
    ['core', '/accounts', 'Your accounts can’t be reached'],
    ['claimServer', '/claims', 'Your list can’t be reached'],
  ] as const)('a silent %s is named by what the customer misses', async (peer, path, said) => {
    const visitor = await portal.signedIn()
    portal.mocks.faults[peer].set('malformed answer')
    const page = await portal.open(visitor, path)
    expect(page.status).toBe(503)
    expect(page.text).toContain(said)
    expect(page.text).toContain('Nothing was paid')
    expect(page.text).toContain('Reference')
  })

  it('of our own show a reference and no inside', async () => {
    let isBroken = false
    const broken = await openPortal({
      db: database.db,
      clock: {
        now: () => {
          if (isBroken) throw new TypeError('secret inside')
          return new Date()
        },
      },
      signIn: {
        load: async (c, next) => {
          c.set('session', { subject: 'C-100417', data: harukasSession })
          await next()
        },
        pathFor: () => '/own-sign-in',
        signOutPath: '/own-sign-out',
      },
    })
    isBroken = true
    const page = await broken.open(broken.visitor(), '/accounts')
    expect(page.status).toBe(500)
    expect(page.text).toContain('Something went wrong on our side')
    expect(page.text).toContain('nothing is ever paid twice')
    expect(page.root.toString()).not.toMatch(/secret inside|TypeError|at .*\.ts/)
  })
})

const harukasSession: PortalSession = {
  kind: 'customer',
  customerId: 'C-100417',
  name: 'Haruka Sato',
  nameJa: '佐藤 遥',
  mailAddress: 'haruka.sato@mail.example',
  language: 'en',
}

describe('as a plugin', () => {
  it('a bank mounts it in its own app, with its own sign-in and its own way to agree', async () => {
    const asked: string[] = []
    const plugin = await openPortal({
      db: database.db,
      signIn: {
        load: async (c, next) => {
          const isIn = c.req.header('x-bank-user') === 'haruka'
          c.set('session', isIn ? { subject: 'C-100417', data: harukasSession } : undefined)
          c.set('sessionEnded', false)
          await next()
        },
        pathFor: (next) => `https://bank.example/login?back=${encodeURIComponent(next)}`,
        signOutPath: '/logout',
      },
      authorisation: {
        fields: () => 'Confirm in the bank’s app',
        check: () => ({}),
        authorise: async (customer) => {
          asked.push(customer.customerId)
          return { outcome: 'not-accepted', triesLeft: 2 }
        },
      },
    })
    const claim = plugin.mocks.claimServer.sendOrder({
      shop: 'Shop A Shoes',
      description: 'Shoes',
      amountMinor: 3150n,
      customerId: 'C-100417',
    })
    const bank = new Hono().get('/own', (c) => c.text('the bank’s own page')).route('/', plugin.app)
    expect(await (await bank.request(`${portalUrl}/own`)).text()).toBe('the bank’s own page')
    const stranger = await bank.request(`${portalUrl}/claims`)
    expect(stranger.headers.get('location')).toBe('https://bank.example/login?back=%2Fclaims')
    expect((await bank.request(`${portalUrl}/sign-in`)).status).toBe(404)

    const headers = { 'x-bank-user': 'haruka' }
    const path = `/payments/new?claim=${claim.orderNumber}&id=01a20675-0760-71db-a1ee-097e580e57aa`
    const confirm = await bank.request(portalUrl + path, { headers })
    const html = await confirm.text()
    expect(html).toContain('Confirm in the bank’s app')
    expect(html).not.toContain('name="password"')
    const field = (name: string) =>
      new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1]?.replaceAll('&quot;', '"') ?? ''
    const form = new URLSearchParams(
      ['_csrf', 'content', 'digest'].map((name) => [name, field(name)]),
    )
    const cookie = confirm.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ')
    const refused = await bank.request(`${portalUrl}/payments`, {
      method: 'POST',
      body: form,
      headers: { ...headers, cookie, origin: portalUrl },
    })
    expect(refused.status).toBe(401)
    expect(await refused.text()).toContain('2 tries are left')
    expect(asked).toEqual(['C-100417'])
  })
})

describe('what programs read', () => {
  it('says that it is live, and ready while its database answers, whatever its peers do', async () => {
    portal.mocks.faults.core.set('not reachable')
    portal.mocks.faults.claimServer.set('not reachable')
    expect((await portal.app.request('/health/live')).status).toBe(200)
    expect((await portal.app.request('/health/ready')).status).toBe(200)
  })

  it('without its database it is live and not ready', async () => {
    const other = await freshDatabase('bank-portal')
    const lonely = await openPortal({ db: other.db })
    await other.close()
    expect((await lonely.app.request('/health/live')).status).toBe(200)
    expect((await lonely.app.request('/health/ready')).status).toBe(503)
  })

  it('its public request key is published, and no other', async () => {
    const response = await portal.app.request('/.well-known/jwks/request.json')
    const { keys } = (await response.json()) as { keys: Record<string, string>[] }
    expect(keys).toHaveLength(1)
    expect(keys[0]).not.toHaveProperty('d')
    expect((await portal.app.request('/.well-known/jwks/receipt.json')).status).toBe(404)
  })
})

it('no page is kept by a browser, and none runs inline code', async () => {
  const visitor = await portal.signedIn()
  const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const response = await portal.app.request('/accounts', { headers: { cookie } })
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(response.headers.get('content-security-policy')).not.toContain('unsafe-')
  expect(await response.text()).not.toMatch(/ style=| on[a-z]+=|hx-on/)
})
