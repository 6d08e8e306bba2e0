import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { acceptOrder, findEntry } from '#shared/contracts/claim-server.ts'
import { freshDatabase, type FreshDatabase } from '../../test/support/database.ts'
import { customers } from '../banks/banks.table.ts'
import { claimHistory, claims } from '../claims/claims.table.ts'
import { notices } from '../notices/notices.table.ts'
import {
  anOrder,
  entryTokenOf,
  openServer,
  readOrder,
  type ShopClient,
  type TestServer,
} from '../testing/server.ts'
import { makeWorld, type TestWorld } from '../testing/world.ts'
import { abandonOrders } from './abandon-orders.ts'
import { orders } from './orders.table.ts'

let database: FreshDatabase
let world: TestWorld
let server: TestServer
let shop: ShopClient

beforeAll(async () => {
  database = await freshDatabase('claim-server')
  world = await makeWorld(database.db)
  server = openServer(world)
  shop = await server.shop(world.shopA.id)
})
afterAll(async () => {
  world.close()
  await database.close()
})
beforeEach(() => world.clock.set(new Date()))

const newEntry = async (changed: Record<string, unknown> = {}) => {
  const { orderNumber, entryUrl } = await readOrder(await shop.order(anOrder(changed)))
  return { orderNumber, entryToken: entryTokenOf(entryUrl) }
}

const accept = (entryToken: string, customerId: string, changed: Record<string, unknown> = {}) =>
  server.portal(
    acceptOrder,
    {
      params: { entryToken },
      body: {
        customerId,
        customerName: 'Kenji Tanaka',
        account: '0901-202-2-0000926',
        mailAddress: 'kenji@customers.example',
        language: 'ja',
        ...changed,
      },
    },
    { onBehalfOf: customerId },
  )

const find = (entryToken: string) => server.portal(findEntry, { params: { entryToken } })

const claimOf = async (orderNumber: string) => {
  const [row] = await world.deps.db
    .select({ claim: claims })
    .from(claims)
    .innerJoin(orders, eq(orders.id, claims.orderId))
    .where(eq(orders.orderNumber, orderNumber))
  if (!row) throw new Error('no claim')
  return row.claim
}

describe('an entry link', () => {
  test('leads to the order as the shop sent it, and reading it binds nothing', async () => {
    const { orderNumber, entryToken } = await newEntry()
    const entry = await find(entryToken)
    expect(entry).toMatchObject({
      orderNumber,
      open: true,
      amountMinor: 3150n,
      description: 'A pair of shoes, size 24',
      payee: { shopId: world.shopA.id, name: 'Shop A Shoes' },
    })
    expect(await claimOf(orderNumber)).toMatchObject({ status: 'provisional', customerId: null })
  })

  test('that leads nowhere is not found', async () => {
    await expect(find('A'.repeat(22))).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('accepting', () => {
  test('binds the order to customer and account, and tells both sides once', async () => {
    const { orderNumber, entryToken } = await newEntry()
    const reply = await accept(entryToken, 'C-2001')
    expect(reply).toMatchObject({ outcome: 'accepted', order: { orderNumber, open: false } })
    const claim = await claimOf(orderNumber)
    expect(claim).toMatchObject({
      status: 'unsettled',
      bank: '0901',
      customerId: 'C-2001',
      account: '0901-202-2-0000926',
      revision: 2,
    })
    const [customer] = await world.deps.db
      .select()
      .from(customers)
      .where(eq(customers.customerId, 'C-2001'))
    expect(customer).toMatchObject({ name: 'Kenji Tanaka', language: 'ja' })
    const told = await world.deps.db
      .select()
      .from(notices)
      .where(and(eq(notices.orderId, claim.orderId), eq(notices.event, 'order-received')))
    expect(told.map((notice) => notice.recipient).toSorted()).toEqual(['customer', 'shop'])
    const history = await world.deps.db
      .select()
      .from(claimHistory)
      .where(eq(claimHistory.orderId, claim.orderId))
    expect(history.map(({ event, by }) => `${event} by ${by}`)).toEqual([
      'provisional by shop',
      'unsettled by customer',
    ])
  })

  test('again by the same customer gets the same answer and tells nobody twice', async () => {
    const { orderNumber, entryToken } = await newEntry()
    const first = await accept(entryToken, 'C-2002')
    expect(await accept(entryToken, 'C-2002')).toEqual(first)
    const { orderId, revision } = await claimOf(orderNumber)
    expect(revision).toBe(2)
    expect(await world.deps.db.$count(notices, eq(notices.orderId, orderId))).toBe(2)
  })

  test('by a second customer finds the order not open any more', async () => {
    const { orderNumber, entryToken } = await newEntry()
    await accept(entryToken, 'C-2003')
    expect(await accept(entryToken, 'C-2004')).toEqual({ outcome: 'not-open' })
    expect(await claimOf(orderNumber)).toMatchObject({ customerId: 'C-2003' })
  })

  test('by ten customers at once gives the order one owner, twenty times over', async () => {
    for (let race = 0; race < 20; race++) {
      const { orderNumber, entryToken } = await newEntry()
      const people = Array.from({ length: 10 }, (_, at) => `R-${race}-${at}`)
      const replies = await Promise.all(people.map((one) => accept(entryToken, one)))
      const owners = people.filter((_, at) => replies[at]?.outcome === 'accepted')
      expect(owners).toHaveLength(1)
      const claim = await claimOf(orderNumber)
      expect(claim).toMatchObject({ customerId: owners[0], revision: 2 })
      expect(await world.deps.db.$count(notices, eq(notices.orderId, claim.orderId))).toBe(2)
    }
  })

  test('after its time, when cancelled, or past its limit finds it not open', async () => {
    const late = await newEntry()
    const cancelled = await newEntry()
    await shop.request(`/v1/orders/${cancelled.orderNumber}/cancel`, { method: 'POST' })
    expect(await accept(cancelled.entryToken, 'C-2005')).toEqual({ outcome: 'not-open' })
    world.clock.set(new Date(Date.now() + 31 * 60_000))
    expect(await accept(late.entryToken, 'C-2005')).toEqual({ outcome: 'not-open' })
    expect((await claimOf(late.orderNumber)).status).toBe('provisional')
  })

  test('an order of today after midnight finds it not open', async () => {
    world.clock.set(new Date('2027-03-01T14:50:00Z')) // 23:50 in Tokyo
    const { entryToken } = await newEntry({ timeLimit: '2027-03-01' })
    world.clock.set(new Date('2027-03-01T14:59:59Z'))
    expect((await find(entryToken)).open).toBe(true)
    world.clock.set(new Date('2027-03-01T15:00:00Z'))
    expect(await accept(entryToken, 'C-2006')).toEqual({ outcome: 'not-open' })
  })

  test('on behalf of another customer than the one named is not found', async () => {
    const { orderNumber, entryToken } = await newEntry()
    const body = {
      customerId: 'C-2007',
      customerName: 'Kenji Tanaka',
      account: '0901-202-2-0000926',
      mailAddress: 'kenji@customers.example',
      language: 'ja' as const,
    }
    for (const context of [{ onBehalfOf: 'C-2008' }, {}])
      await expect(
        server.portal(acceptOrder, { params: { entryToken }, body }, context),
      ).rejects.toMatchObject({ code: 'not-found' })
    expect((await claimOf(orderNumber)).status).toBe('provisional')
  })

  test.each([
    ['#/account', { account: '0905-202-2-0000926' }],
    ['#/account', { account: '12' }],
    ['#/mailAddress', { mailAddress: 'a@x.test\r\nBcc: evil@y.test' }],
    ['#/language', { language: 'de' }],
    ['#/customerName', { customerName: 'x'.repeat(141) }],
  ])('names %s when it is wrong: %j', async (pointer, changed) => {
    const { orderNumber, entryToken } = await newEntry()
    await expect(accept(entryToken, 'C-2009', changed)).rejects.toMatchObject({
      code: 'invalid',
      errors: [{ pointer }],
    })
    expect((await claimOf(orderNumber)).status).toBe('provisional')
  })

  test('with a name that can’t be stored is refused, not an error of ours', async () => {
    const { entryToken } = await newEntry()
    await expect(
      accept(entryToken, 'C-2010', { customerName: 'Kenji\u0000' }),
    ).rejects.toMatchObject({ code: 'invalid' })
  })
})

describe('abandoning', () => {
  test('closes what nobody accepted in time, and nothing else', async () => {
    const open = await newEntry()
    const accepted = await newEntry()
    await accept(accepted.entryToken, 'C-2011')
    world.clock.set(new Date(Date.now() + 29 * 60_000))
    const later = await newEntry()
    world.clock.set(new Date(Date.now() + 31 * 60_000))
    expect(await abandonOrders(world.deps)).toBeGreaterThan(0)
    const closed = await claimOf(open.orderNumber)
    expect(closed).toMatchObject({ status: 'abandoned', revision: 2 })
    expect(closed.closedAt).not.toBeNull()
    expect((await claimOf(accepted.orderNumber)).status).toBe('unsettled')
    expect((await claimOf(later.orderNumber)).status).toBe('provisional')
    expect(await abandonOrders(world.deps)).toBe(0)
    expect(await accept(open.entryToken, 'C-2012')).toEqual({ outcome: 'not-open' })
  })
})
