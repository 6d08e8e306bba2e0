import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { quoteBasket } from '#shared/contracts/claim-server.ts'
import { addDays } from '#shared/dates.ts'
import { freshDatabase, type FreshDatabase } from '../../test/support/database.ts'
import { shopAccounts } from '../shops/shops.table.ts'
import { openServer, type TestServer } from '../testing/server.ts'
import { makeWorld, type TestClaim, type TestWorld } from '../testing/world.ts'
import { fees } from './fees.table.ts'
import { findFees } from './find-fees.ts'

let database: FreshDatabase
let world: TestWorld
let server: TestServer

beforeAll(async () => {
  database = await freshDatabase('claim-server')
  world = await makeWorld(database.db)
  server = openServer(world)
})
afterAll(async () => {
  world.close()
  await database.close()
})

const near = '0901-101-4-0014471'
const far = '0901-202-2-0000926'

const quote = (
  basket: readonly Pick<TestClaim, 'orderNumber'>[],
  accounts = [far, near],
  of = world.customerId,
) =>
  server.portal(
    quoteBasket,
    {
      params: { customerId: of },
      body: { orderNumbers: basket.map((claim) => claim.orderNumber), accounts },
    },
    { onBehalfOf: of },
  )

describe('a quote', () => {
  test('prices the basket for every account, the lowest fee first', async () => {
    const shoes = await world.addClaim(world.shopA, 3150n)
    const hat = await world.addClaim(world.shopB, 2100n)
    const boots = await world.addClaim(world.shopA, 8400n)
    const reply = await quote([shoes, hat, boots])
    expect(reply).toMatchObject({ currency: 'JPY', amountMinor: 13_650n, notPayable: [] })
    expect(reply.claims.map((claim) => claim.orderNumber)).toEqual(
      [shoes, hat, boots].map((claim) => claim.orderNumber),
    )
    expect(
      reply.quotes.map(({ account, feeMinor, totalMinor }) => [account, feeMinor, totalMinor]),
    ).toEqual([
      [near, 0n, 13_650n],
      [far, 220n, 13_870n],
    ])
    expect(reply.quotes[1]?.groups).toEqual([
      {
        payeeAccount: world.shopA.account,
        shopId: world.shopA.id,
        orderNumbers: [shoes.orderNumber, boots.orderNumber],
        amountMinor: 11_550n,
        feeMinor: 110n,
        savedMinor: 110n,
      },
      {
        payeeAccount: world.shopB.account,
        shopId: world.shopB.id,
        orderNumbers: [hat.orderNumber],
        amountMinor: 2100n,
        feeMinor: 110n,
        savedMinor: 0n,
      },
    ])
  })

  test('uses the payee’s account that is cheapest from each of the customer’s', async () => {
    const shop = await world.addShop('Shop H', '0901-101-1-0020101')
    await world.deps.db.insert(shopAccounts).values({
      shopId: shop.id,
      account: '0901-202-1-0020102',
      holder: shop.holder,
      createdAt: new Date(),
    })
    const reply = await quote([await world.addClaim(shop, 1000n)])
    const payees = reply.quotes.map(({ account, groups }) => [account, groups[0]?.payeeAccount])
    expect(Object.fromEntries(payees)).toEqual({
      [near]: '0901-101-1-0020101',
      [far]: '0901-202-1-0020102',
    })
    expect(reply.quotes.map((one) => one.feeMinor)).toEqual([0n, 0n])
  })

  test('leaves out what can’t be paid now, and names it', async () => {
    const open = await world.addClaim(world.shopA, 3150n)
    const passed = await world.addClaim(world.shopA, 1n, { timeLimit: addDays(world.today(), -1) })
    const closed = await world.addClaim(world.shopA, 1n, { status: 'cancelled' })
    const reply = await quote([passed, open, closed])
    expect(reply.notPayable).toEqual([passed.orderNumber, closed.orderNumber])
    expect(reply.amountMinor).toBe(3150n)
    const nothing = await quote([passed])
    expect(nothing).toMatchObject({ currency: null, amountMinor: 0n, quotes: [] })
  })

  test('counts a claim that is named twice once', async () => {
    const claim = await world.addClaim(world.shopA, 3150n)
    expect((await quote([claim, claim])).amountMinor).toBe(3150n)
  })

  test('of another’s claim, or one that does not exist, is not found', async () => {
    await world.addCustomer('C-1002')
    const own = await world.addClaim(world.shopA, 3150n)
    const foreign = await world.addClaim(world.shopA, 3150n, { customerId: 'C-1002' })
    for (const basket of [[own, foreign], [{ orderNumber: '3F8T-Q1ZD-H' }]])
      await expect(quote(basket)).rejects.toMatchObject({ code: 'not-found' })
  })

  test('refuses a basket that is empty, too large, or names no account', async () => {
    const claim = await world.addClaim(world.shopA, 1n)
    const refused = { code: 'invalid' }
    await expect(quote([])).rejects.toMatchObject(refused)
    await expect(quote(Array(51).fill(claim))).rejects.toMatchObject(refused)
    await expect(quote([claim], [])).rejects.toMatchObject(refused)
    await expect(quote([claim], ['12'])).rejects.toMatchObject(refused)
  })
})

describe('the fee table', () => {
  test('counts from its first day on, and no more from its end on', async () => {
    const { db, newId } = world.deps
    const line = {
      bank: world.bank.code,
      relation: 'same-bank' as const,
      fromAmountMinor: 0n,
      belowAmountMinor: null,
    }
    await db
      .insert(fees)
      .values([
        { ...line, id: newId(), feeMinor: 50n, validFrom: '2030-04-01', validUntil: '2030-05-01' },
      ])
    const feeOn = async (day: string) => {
      const rules = await findFees(db, world.bank.code, day)
      return rules.find((rule) => rule.relation === 'same-bank')?.feeMinor
    }
    expect(await feeOn('2030-03-31')).not.toBe(50n)
    expect(await feeOn('2030-04-01')).toBe(50n)
    expect(await feeOn('2030-04-30')).toBe(50n)
    expect(await feeOn('2030-05-01')).not.toBe(50n)
    await db.delete(fees).where(eq(fees.feeMinor, 50n))
  })
})
