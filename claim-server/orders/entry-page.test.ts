import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { acceptOrder } from '#shared/contracts/claim-server.ts'
import { eq } from 'drizzle-orm'
import { freshDatabase, type FreshDatabase } from '../../test/support/database.ts'
import { addReturnAddress } from '../shops/add-return-address.ts'
import { shops } from '../shops/shops.table.ts'
import {
  anOrder,
  entryTokenOf,
  openServer,
  readOrder,
  type ShopClient,
  type TestServer,
} from '../testing/server.ts'
import { makeWorld, type TestWorld } from '../testing/world.ts'

let database: FreshDatabase
let world: TestWorld
let server: TestServer
let shop: ShopClient

beforeAll(async () => {
  database = await freshDatabase('claim-server')
  world = await makeWorld(database.db)
  server = openServer(world)
  shop = await server.shop(world.shopA.id)
  await world.deps.db
    .update(shops)
    .set({ nameJa: 'ショップＡ靴店' })
    .where(eq(shops.id, world.shopA.id))
  await addReturnAddress(world.deps, { shopId: world.shopA.id, address: 'https://shoes.example/' })
})
afterAll(async () => {
  world.close()
  await database.close()
})
beforeEach(() => world.clock.set(new Date()))

const newEntry = async (changed: Record<string, unknown> = {}) => {
  const order = await readOrder(await shop.order(anOrder(changed)))
  return { ...order, token: entryTokenOf(order.entryUrl) }
}

const open = async (token: string, headers: Record<string, string> = {}) => {
  const response = await server.request(`/entry/${token}`, { headers })
  return { response, page: await response.text() }
}

describe('the entry screen', () => {
  test('shows shop, goods, amount and number, and leads to the bank with the token', async () => {
    const { token, orderNumber } = await newEntry({ returnUrl: 'https://shoes.example/done' })
    const { response, page } = await open(token)
    expect(response.status).toBe(200)
    for (const words of ['Shop A Shoes', 'A pair of shoes, size 24', '3,150 yen', orderNumber])
      expect(page).toContain(words)
    expect(page).toContain(`href="http://bank.test/entry/${token}"`)
    expect(page).toContain('href="https://shoes.example/done"')
  })

  test('names the four steps that the bank’s pages name', async () => {
    const { page } = await open((await newEntry()).token, { cookie: 'claims-language=en' })
    const steps = [...page.matchAll(/class="step-name">([^<]+)</g)].map(([, name]) => name)
    expect(steps).toEqual(['Order', 'Sign in', 'Accept', 'Pay'])
  })

  test('is not kept by any cache, and runs no code but its own', async () => {
    const { response, page } = await open((await newEntry()).token)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('content-security-policy')).not.toContain('unsafe')
    expect(response.headers.get('referrer-policy')).toBe('same-origin')
    expect(page).not.toMatch(/ style=| on[a-z]+=|<script>/)
  })

  test('speaks the shop’s language until the visitor has chosen one', async () => {
    const { token } = await newEntry({ language: 'ja' })
    const asked = await open(token, { 'accept-language': 'en' })
    expect(asked.page).toContain('ショップＡ靴店')
    expect(asked.page).toContain('みなと銀行')
    expect(asked.page).toContain('<html lang="ja">')
    const chosen = await open(token, { cookie: 'claims-language=en' })
    expect(chosen.page).toContain('<html lang="en">')
    const unnamed = await open((await newEntry()).token, { 'accept-language': 'ja' })
    expect(unnamed.page).toContain('<html lang="ja">')
  })

  test('shows what a shop calls its goods as text, never as markup', async () => {
    const hostile = '<img src=x onerror=alert(1)>"\'&'
    const { page } = await open((await newEntry({ description: hostile })).token)
    expect(page).not.toContain('<img')
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;')
  })

  test('changes nothing: the order is as open as before', async () => {
    const { token, orderNumber } = await newEntry()
    await open(token)
    await open(token)
    const order = await readOrder(await shop.request(`/v1/orders/${orderNumber}`))
    expect(order).toMatchObject({ status: 'provisional', revision: 1 })
  })
})

describe('the link of an order that is not open any more', () => {
  const seen = async (token: string) => {
    const { response, page } = await open(token)
    return {
      status: response.status,
      saysSo: page.includes('This order is not open any more'),
      showsTheOrder: /A pair of shoes|3,150/.test(page),
      leadsToTheBank: page.includes('href="http://bank.test"'),
    }
  }
  const usedUp = { status: 410, saysSo: true, showsTheOrder: false, leadsToTheBank: true }

  test('says so once the order was accepted, and shows nothing of it', async () => {
    const { token } = await newEntry()
    const customerId = 'C-3001'
    await server.portal(
      acceptOrder,
      {
        params: { entryToken: token },
        body: {
          customerId,
          customerName: 'Yuki Mori',
          account: '0901-202-1-0003310',
          mailAddress: 'yuki@customers.example',
          language: 'ja',
        },
      },
      { onBehalfOf: customerId },
    )
    expect(await seen(token)).toEqual(usedUp)
  })

  test('says so when it was cancelled', async () => {
    const { token, orderNumber } = await newEntry()
    await shop.request(`/v1/orders/${orderNumber}/cancel`, { method: 'POST' })
    expect(await seen(token)).toEqual(usedUp)
  })

  test('says so when its time has passed', async () => {
    const { token } = await newEntry()
    world.clock.set(new Date(Date.now() + 31 * 60_000))
    expect(await seen(token)).toEqual(usedUp)
  })
})

test.each(['A'.repeat(22), 'short', 'A'.repeat(500), '%00', '..%2f..%2fetc', "'or'1'='1"])(
  'a link that leads nowhere (%s) says so',
  async (token) => {
    const { response, page } = await open(token)
    expect(response.status).toBe(404)
    expect(page).toContain('This link leads to no order')
  },
)

describe('a page that says what a problem means', () => {
  test.each(['en', 'ja'])('exists for every type, in %s', async (language) => {
    const list = await server.request('/problems', { headers: { 'accept-language': language } })
    const links = [...(await list.text()).matchAll(/href="(\/problems\/[a-z-]+)"/g)]
    expect(links.length).toBeGreaterThan(20)
    for (const [, path] of links) {
      const response = await server.request(path ?? '', {
        headers: { 'accept-language': language },
      })
      expect(response.status, path).toBe(200)
    }
  })

  test.each(['nonsense', 'constructor', '__proto__'])('is not made up for %s', async (code) => {
    const response = await server.request(`/problems/${code}`)
    expect(response.status).toBe(404)
    expect(response.headers.get('content-type')).toContain('text/html')
  })
})
