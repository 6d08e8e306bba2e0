import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findClaim } from '#shared/contracts/claim-server.ts'
import { declineClaim, type DeclineReason } from '#shared/contracts/customer-choices.ts'
import { freshDatabase, type FreshDatabase } from '../../test/support/database.ts'
import { deliverNotices } from '../notices/deliver-notices.ts'
import { notices } from '../notices/notices.table.ts'
import { shops } from '../shops/shops.table.ts'
import { openServer, type TestServer } from '../testing/server.ts'
import { makeWorld, type TestClaim, type TestWorld } from '../testing/world.ts'
import { claims } from './claims.table.ts'
import { claimReports } from './reports.table.ts'

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

const decline = (
  { orderNumber }: TestClaim,
  body: { reason: DeclineReason; text?: string },
  customerId = world.customerId,
) =>
  server.portal(
    declineClaim,
    { params: { customerId, orderNumber }, body },
    { onBehalfOf: customerId },
  )

const claimOf = async ({ orderId }: TestClaim) => {
  const [row] = await database.db.select().from(claims).where(eq(claims.orderId, orderId))
  if (!row) throw new Error('no claim')
  return row
}
const noticesOf = ({ orderId }: TestClaim) =>
  database.db.select().from(notices).where(eq(notices.orderId, orderId))

const textTo = async (whom: string, { orderNumber }: TestClaim) => {
  await deliverNotices(world.deps)
  return world.mails.find(({ to, subject }) => to.endsWith(whom) && subject.includes(orderNumber))
    ?.text
}

describe('a declined claim', () => {
  test('leaves the customer’s list, its reason in its history, and both are told', async () => {
    const claim = await world.addClaim(world.shopA, 3150n)
    expect(await decline(claim, { reason: 'wrong-amount', text: 'it was 2,100 yen' })).toEqual({
      status: 'declined',
    })
    expect(await claimOf(claim)).toMatchObject({ status: 'declined', revision: 2 })
    expect((await claimOf(claim)).closedAt).not.toBeNull()
    const { history } = await server.portal(
      findClaim,
      { params: { customerId: world.customerId, orderNumber: claim.orderNumber } },
      { onBehalfOf: world.customerId },
    )
    expect(history).toMatchObject([
      { event: 'declined', by: 'customer', reason: 'wrong-amount: it was 2,100 yen' },
    ])
    const told = (await noticesOf(claim)).map(({ event, recipient }) => `${event} ${recipient}`)
    expect(told.toSorted()).toEqual(['claim-declined customer', 'claim-declined shop'])
    expect(await textTo('@shops.example', claim)).toContain('The amount is wrong: it was 2,100 yen')
    expect(await textTo('@customers.example', claim)).toContain('it was 2,100 yen')
  })

  test('is told in the shop’s language', async () => {
    const inJapanese = await world.addShop('Shop J', '0901-101-1-0020077')
    await database.db.update(shops).set({ language: 'ja' }).where(eq(shops.id, inJapanese.id))
    const claim = await world.addClaim(inJapanese, 100n)
    await decline(claim, { reason: 'not-delivered' })
    expect(await textTo('@shops.example', claim)).toContain('商品が届いていない')
  })

  test('declined again answers the same and tells nobody twice', async () => {
    const claim = await world.addClaim(world.shopA, 100n)
    await decline(claim, { reason: 'returned' })
    expect(await decline(claim, { reason: 'other' })).toEqual({ status: 'declined' })
    expect(await claimOf(claim)).toMatchObject({ revision: 2 })
    expect(await noticesOf(claim)).toHaveLength(2)
  })

  test('reported as not mine is kept for the bank’s staff', async () => {
    const claim = await world.addClaim(world.shopA, 100n)
    await decline(claim, { reason: 'not-mine', text: 'I know no such shop' })
    const reports = await database.db
      .select()
      .from(claimReports)
      .where(eq(claimReports.orderId, claim.orderId))
    expect(reports).toMatchObject([{ customerId: world.customerId, text: 'I know no such shop' }])
    const plain = await world.addClaim(world.shopA, 100n)
    await decline(plain, { reason: 'other' })
    expect(await database.db.$count(claimReports, eq(claimReports.orderId, plain.orderId))).toBe(0)
  })
})

describe('declining is refused', () => {
  const held = () => ({ paymentId: world.deps.newId() })
  test.each([
    ['claim-in-payment', () => ({ status: 'paying' as const, ...held(), payingSince: new Date() })],
    ['claim-settled', () => ({ status: 'settled' as const, ...held(), settledAt: new Date() })],
    ['claim-expired', () => ({ status: 'expired' as const })],
    ['claim-not-open', () => ({ status: 'cancelled' as const })],
  ])('with %s, and nothing changes', async (code, set) => {
    const claim = await world.addClaim(world.shopA, 100n)
    await database.db.update(claims).set(set()).where(eq(claims.orderId, claim.orderId))
    const before = await claimOf(claim)
    await expect(decline(claim, { reason: 'other' })).rejects.toMatchObject({ code })
    expect(await claimOf(claim)).toEqual(before)
    expect(await noticesOf(claim)).toEqual([])
  })

  test('for another customer’s claim, as for one that does not exist', async () => {
    const claim = await world.addClaim(world.shopA, 100n)
    await expect(decline(claim, { reason: 'other' }, 'C-9999')).rejects.toMatchObject({
      code: 'not-found',
    })
    expect((await claimOf(claim)).status).toBe('unsettled')
  })

  test('of two at once one closes it, and each side is told once', async () => {
    const claim = await world.addClaim(world.shopA, 100n)
    await Promise.all(Array.from({ length: 10 }, () => decline(claim, { reason: 'other' })))
    expect(await claimOf(claim)).toMatchObject({ status: 'declined', revision: 2 })
    expect(await noticesOf(claim)).toHaveLength(2)
  })
})
