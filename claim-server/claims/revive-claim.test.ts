import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { findClaim } from '#shared/contracts/claim-server.ts'
import { addDays } from '#shared/dates.ts'
import { freshDatabase, type FreshDatabase } from '../../test/support/database.ts'
import { notices } from '../notices/notices.table.ts'
import { shops } from '../shops/shops.table.ts'
import { openServer, readProblem, type ShopClient, type TestServer } from '../testing/server.ts'
import { makeWorld, type TestClaim, type TestWorld } from '../testing/world.ts'
import { expireClaims } from '../time-limits/expire-claims.ts'
import { warnOfLimits } from '../time-limits/warn-of-limit.ts'
import { claims } from './claims.table.ts'

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

// Monday, noon in Tokyo; no holiday is near.
const start = new Date('2027-06-07T03:00:00Z')
const afterDays = (days: number) => new Date(start.getTime() + days * 24 * 3600_000)
beforeEach(() => world.clock.set(start))

const revive = (
  { orderNumber }: TestClaim,
  timeLimit: string,
  headers: Record<string, string> = {},
  by = shop,
) =>
  by.request(`/v1/orders/${orderNumber}/revive`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ timeLimit }),
  })

const claimOf = async ({ orderId }: TestClaim) => {
  const [row] = await database.db.select().from(claims).where(eq(claims.orderId, orderId))
  if (!row) throw new Error('no claim')
  return row
}

/** A claim with a limit in three days, warned of, and expired four days later. */
const expired = async () => {
  const claim = await world.addClaim(world.shopA, 3150n, { timeLimit: '2027-06-10' })
  await warnOfLimits(world.deps)
  world.clock.set(afterDays(4))
  await expireClaims(world.deps)
  expect((await claimOf(claim)).status).toBe('expired')
  return claim
}

describe('reviving', () => {
  test('opens an expired order under its number, with a new limit, history kept, customer told', async () => {
    const claim = await expired()
    const response = await revive(claim, '2027-06-24')
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({
      orderNumber: claim.orderNumber,
      status: 'unsettled',
      timeLimit: '2027-06-24',
      revision: 3,
    })
    expect(response.headers.get('etag')).toBe('"3"')
    const found = await server.portal(
      findClaim,
      { params: { customerId: world.customerId, orderNumber: claim.orderNumber } },
      { onBehalfOf: world.customerId },
    )
    expect(found.claim).toMatchObject({ status: 'unsettled', payable: true, isNew: true })
    expect(found.history.map((entry) => entry.event)).toEqual(['warned', 'expired', 'revived'])
    expect(found.history.at(-1)).toMatchObject({ by: 'shop', reason: '2027-06-10 → 2027-06-24' })
    const told = await database.db.select().from(notices).where(eq(notices.orderId, claim.orderId))
    expect(told.filter((one) => one.event === 'claim-revived')).toMatchObject([
      { recipient: 'customer' },
    ])
  })

  test('arms warnings and expiry again', async () => {
    const claim = await expired()
    await revive(claim, '2027-06-24')
    expect(await claimOf(claim)).toMatchObject({ warnedAt: null, warnOn: '2027-06-21' })
    world.clock.set(afterDays(14))
    expect(await warnOfLimits(world.deps)).toBeGreaterThan(0)
    world.clock.set(afterDays(18))
    await expireClaims(world.deps)
    expect((await claimOf(claim)).status).toBe('expired')
    const told = await database.db.select().from(notices).where(eq(notices.orderId, claim.orderId))
    const events = told.filter((one) => one.recipient === 'shop').map((one) => one.event)
    expect(events.toSorted()).toEqual([
      'claim-expired',
      'claim-expired',
      'limit-warning',
      'limit-warning',
    ])
  })

  test('moves a limit that falls on a day on which the bank is closed', async () => {
    const claim = await expired()
    const response = await revive(claim, '2027-06-26')
    expect(await response.json()).toMatchObject({
      timeLimit: '2027-06-28',
      originalTimeLimit: '2027-06-26',
    })
    expect((await revive(claim, '2027-06-26')).status).toBe(200)
    expect((await claimOf(claim)).revision).toBe(3)
  })

  test('again with the same limit or Idempotency-Key answers the order, told once', async () => {
    const claim = await expired()
    const key = { 'idempotency-key': 'revive-once' }
    const first = await revive(claim, '2027-06-24', key)
    const second = await revive(claim, '2027-06-24', key)
    expect(second.headers.get('idempotency-replayed')).toBe('true')
    for (const answer of [first, second]) {
      expect(answer.headers.get('etag')).toBe('"3"')
      expect(answer.headers.get('location')).toBe(`/v1/orders/${claim.orderNumber}`)
    }
    expect(await second.text()).toBe(await first.text())
    expect((await revive(claim, '2027-06-24')).status).toBe(200)
    const other = await revive(claim, '2027-06-25', key)
    expect((await readProblem(other)).code).toBe('idempotency-key-reused')
    expect((await claimOf(claim)).revision).toBe(3)
    const told = await database.db.select().from(notices).where(eq(notices.orderId, claim.orderId))
    expect(told.filter((one) => one.event === 'claim-revived')).toHaveLength(1)
  })

  test('is possible for 30 days after the expiry, not longer', async () => {
    const inTime = await expired()
    world.clock.set(new Date(afterDays(34).getTime() - 60_000))
    expect((await revive(inTime, '2027-07-30')).status).toBe(200)
    world.clock.set(start)
    const late = await expired()
    world.clock.set(new Date(afterDays(34).getTime() + 60_000))
    const response = await revive(late, '2027-07-30')
    expect(response.status).toBe(410)
    expect((await readProblem(response)).code).toBe('claim-expired')
    expect((await claimOf(late)).status).toBe('expired')
  })

  test('two at once open it once', async () => {
    const claim = await expired()
    const answers = await Promise.all(
      ['2027-06-22', '2027-06-23', '2027-06-24'].map((day) => revive(claim, day)),
    )
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1)
    expect((await claimOf(claim)).revision).toBe(3)
  })

  test('with an old ETag is refused', async () => {
    const claim = await expired()
    const response = await revive(claim, '2027-06-24', { 'if-match': '"1"' })
    expect((await readProblem(response)).code).toBe('stale')
    expect((await revive(claim, '2027-06-24', { 'if-match': '"2"' })).status).toBe(200)
  })

  test('with a limit in the past or beyond a year names the field', async () => {
    const claim = await expired()
    for (const day of ['2027-06-10', addDays('2027-06-11', 366), '2027-02-30']) {
      const problem = await readProblem(await revive(claim, day))
      expect(problem).toMatchObject({ code: 'invalid', errors: [{ pointer: '#/timeLimit' }] })
    }
  })

  const held = () => ({ paymentId: world.deps.newId() })
  test.each([
    ['claim-not-open', () => ({ status: 'unsettled' as const })],
    ['claim-not-open', () => ({ status: 'declined' as const })],
    ['claim-in-payment', () => ({ status: 'paying' as const, ...held() })],
    ['claim-settled', () => ({ status: 'settled' as const, ...held(), settledAt: new Date() })],
  ])('anything but an expired order is %s', async (code, set) => {
    const claim = await world.addClaim(world.shopA, 100n)
    await database.db.update(claims).set(set()).where(eq(claims.orderId, claim.orderId))
    expect((await readProblem(await revive(claim, '2027-06-24'))).code).toBe(code)
  })

  test('another shop’s order is not found, and a suspended shop may not', async () => {
    const claim = await expired()
    const stranger = await server.shop(world.shopB.id)
    expect((await revive(claim, '2027-06-24', {}, stranger)).status).toBe(404)
    await database.db.update(shops).set({ status: 'suspended' }).where(eq(shops.id, world.shopA.id))
    expect((await revive(claim, '2027-06-24')).status).toBe(403)
    await database.db.update(shops).set({ status: 'live' }).where(eq(shops.id, world.shopA.id))
    expect((await claimOf(claim)).status).toBe('expired')
  })
})
