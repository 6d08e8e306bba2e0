import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { completePayment, listClaims, reserveRun } from '#shared/contracts/claim-server.ts'
import { addDays } from '#shared/dates.ts'
import { freshDatabase, type FreshDatabase } from '../../test/support/database.ts'
import { banks } from '../banks/banks.table.ts'
import { forgetBanks } from '../banks/find-bank.ts'
import { claimHistory, claims } from '../claims/claims.table.ts'
import { deliverNotices } from '../notices/deliver-notices.ts'
import { notices } from '../notices/notices.table.ts'
import { shops } from '../shops/shops.table.ts'
import { openServer, type TestServer } from '../testing/server.ts'
import { makeWorld, type TestClaim, type TestWorld } from '../testing/world.ts'
import { expireClaims } from './expire-claims.ts'
import { warnOfLimits } from './warn-of-limit.ts'

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
// What an earlier test left open must not be warned of in this one.
beforeEach(async () => {
  await database.db.update(claims).set({ status: 'cancelled', paymentId: null, settledAt: null })
})

/** A Tokyo time, such as "2027-06-10 23:59:58". */
const at = (tokyo: string) => world.clock.set(new Date(`${tokyo.replace(' ', 'T')}+09:00`))
const limit = '2027-06-10'
const add = (changed: Parameters<TestWorld['addClaim']>[2] = {}) =>
  world.addClaim(world.shopA, 3150n, { timeLimit: limit, ...changed })
const claimOf = async ({ orderId }: TestClaim) => {
  const [row] = await database.db.select().from(claims).where(eq(claims.orderId, orderId))
  if (!row) throw new Error('no claim')
  return row
}
const toldOf = async ({ orderId }: TestClaim) => {
  const rows = await database.db.select().from(notices).where(eq(notices.orderId, orderId))
  return rows.map((row) => `${row.event} to ${row.recipient}`).toSorted()
}
const historyOf = async ({ orderId }: TestClaim) => {
  const rows = await database.db
    .select()
    .from(claimHistory)
    .where(eq(claimHistory.orderId, orderId))
    .orderBy(claimHistory.id)
  return rows.map((row) => `${row.event} by ${row.by}`)
}
const warned = ['limit-warning to customer', 'limit-warning to shop']
const set = (claim: TestClaim, values: Partial<typeof claims.$inferInsert>) =>
  database.db.update(claims).set(values).where(eq(claims.orderId, claim.orderId))

describe('a warning', () => {
  test('goes to shop and customer on its day, not before, once each', async () => {
    const claim = await add()
    at('2027-06-06 23:59:59')
    expect(await warnOfLimits(world.deps)).toBe(0)
    at('2027-06-07 00:00:00')
    expect(await warnOfLimits(world.deps)).toBe(1)
    expect(await toldOf(claim)).toEqual(warned)
    expect(await historyOf(claim)).toEqual(['warned by time'])
    for (const day of ['2027-06-07 12:00:00', '2027-06-08 00:00:00', '2027-06-10 23:59:58']) {
      at(day)
      expect(await warnOfLimits(world.deps)).toBe(0)
    }
    expect(await toldOf(claim)).toEqual(warned)
  })

  test('that days of downtime held up is sent when the server is back', async () => {
    const claim = await add()
    at('2027-06-10 08:00:00')
    expect(await warnOfLimits(world.deps)).toBe(1)
    expect(await toldOf(claim)).toEqual(warned)
  })

  test('is never sent of a limit that has passed', async () => {
    const claim = await add()
    at('2027-06-11 00:00:00')
    expect(await warnOfLimits(world.deps)).toBe(0)
    expect(await toldOf(claim)).toEqual([])
  })

  test('is sent once by eight replicas at once', async () => {
    const several = [await add(), await add(), await add()]
    at('2027-06-07 09:00:00')
    const counts = await Promise.all(Array.from({ length: 8 }, () => warnOfLimits(world.deps)))
    expect(counts.reduce((sum, count) => sum + count)).toBe(3)
    for (const claim of several) expect(await toldOf(claim)).toEqual(warned)
  })

  test('is not sent for what is settled, being paid, not accepted, or declined', async () => {
    const paymentId = world.deps.newId()
    const closed = [
      await add({ status: 'provisional', customerId: null }),
      await add({ status: 'declined' }),
    ]
    const paying = await add()
    await set(paying, { status: 'paying', paymentId, payingSince: new Date() })
    const settled = await add()
    await set(settled, { status: 'settled', paymentId, settledAt: new Date() })
    at('2027-06-08 09:00:00')
    expect(await warnOfLimits(world.deps)).toBe(0)
    for (const claim of [...closed, paying, settled]) expect(await toldOf(claim)).toEqual([])
    await set(paying, { status: 'unsettled', paymentId: null, payingSince: null })
    expect(await warnOfLimits(world.deps)).toBe(1)
  })

  test('speaks each recipient’s language, and is on screen after sign-in from the same day on', async () => {
    await database.db.update(shops).set({ language: 'en' }).where(eq(shops.id, world.shopA.id))
    await deliverNotices(world.deps)
    const claim = await add()
    at('2027-06-07 09:00:00')
    await warnOfLimits(world.deps)
    world.mails.length = 0
    await deliverNotices(world.deps)
    const subjects = world.mails.map((mail) => `${mail.language} ${mail.subject}`).toSorted()
    expect(subjects).toHaveLength(2)
    expect(subjects[0]).toMatch(/^en Order .* not paid yet, time limit /)
    expect(subjects[1]).toMatch(/^ja .*3,150円/)
    const { claims: near } = await server.portal(
      listClaims,
      {
        params: { customerId: world.customerId },
        query: { list: 'unsettled', filter: 'near-limit' },
      },
      { onBehalfOf: world.customerId },
    )
    expect(near.map((one) => one.orderNumber)).toEqual([claim.orderNumber])
  })
})

describe('expiry', () => {
  test('comes six minutes after the limit’s last moment, a tombstone, both told once', async () => {
    const claim = await add()
    at('2027-06-11 00:05:59')
    expect(await expireClaims(world.deps)).toBe(0)
    at('2027-06-11 00:06:00')
    expect(await expireClaims(world.deps)).toBe(1)
    expect(await expireClaims(world.deps)).toBe(0)
    const row = await claimOf(claim)
    expect(row).toMatchObject({ status: 'expired', revision: 2, timeLimit: limit })
    expect(row.closedAt).not.toBeNull()
    expect(await historyOf(claim)).toEqual(['expired by time'])
    expect(await toldOf(claim)).toEqual(['claim-expired to customer', 'claim-expired to shop'])
  })

  test('comes once with eight replicas at once, and after any days of downtime', async () => {
    const several = [await add(), await add()]
    at('2027-08-01 09:00:00')
    const counts = await Promise.all(Array.from({ length: 8 }, () => expireClaims(world.deps)))
    expect(counts.reduce((sum, count) => sum + count)).toBe(2)
    for (const claim of several)
      expect(await toldOf(claim)).toEqual(['claim-expired to customer', 'claim-expired to shop'])
  })

  test('never takes what is being paid, settled or not accepted', async () => {
    const paymentId = world.deps.newId()
    const paying = await add()
    await set(paying, { status: 'paying', paymentId, payingSince: new Date() })
    const open = await add({ status: 'provisional', customerId: null })
    at('2027-06-20 09:00:00')
    expect(await expireClaims(world.deps)).toBe(0)
    expect((await claimOf(paying)).status).toBe('paying')
    expect((await claimOf(open)).status).toBe('provisional')
  })

  test.each([
    ['Asia/Tokyo', '2027-06-10', '2027-06-10T15:00:00Z', 'no summer time'],
    ['Europe/Zurich', '2026-10-24', '2026-10-24T22:00:00Z', 'the day before summer time ends'],
    ['Europe/Zurich', '2026-10-25', '2026-10-25T23:00:00Z', 'a day of 25 hours'],
    ['Europe/Zurich', '2027-03-28', '2027-03-28T22:00:00Z', 'a day of 23 hours'],
    ['America/Santiago', '2026-09-05', '2026-09-06T04:00:00Z', 'a midnight that does not exist'],
    ['America/Santiago', '2027-04-03', '2027-04-04T04:00:00Z', 'a last hour that comes twice'],
    ['Asia/Tokyo', '2028-02-29', '2028-02-29T15:00:00Z', 'a leap day'],
  ])('in %s the limit %s ends at %s: %s', async (timeZone, timeLimit, end) => {
    await database.db.update(banks).set({ timeZone })
    forgetBanks(database)
    const claim = await add({ timeLimit })
    const endMs = new Date(end).getTime()
    const payable = async () => {
      const { claims: shown } = await server.portal(
        listClaims,
        {
          params: { customerId: world.customerId },
          query: { list: 'unsettled', filter: 'payable' },
        },
        { onBehalfOf: world.customerId },
      )
      return shown.map((one) => one.orderNumber).includes(claim.orderNumber)
    }
    world.clock.set(new Date(endMs - 2000))
    expect(await payable()).toBe(true)
    world.clock.set(new Date(endMs))
    expect(await payable()).toBe(false)
    world.clock.set(new Date(endMs + 6 * 60_000 - 1000))
    expect(await expireClaims(world.deps)).toBe(0)
    world.clock.set(new Date(endMs + 6 * 60_000))
    expect(await expireClaims(world.deps)).toBe(1)
    await database.db.update(banks).set({ timeZone: 'Asia/Tokyo' })
    forgetBanks(database)
  })
})

describe('a payment around midnight of the limit', () => {
  const reserve = async (claim: TestClaim, agoSeconds: number) => {
    const content = world.contentOf([claim], { day: limit })
    const authorisation = await world.core.authorise(world.customerId, [content], agoSeconds)
    return server.portal(
      reserveRun,
      {
        params: { customerId: world.customerId },
        body: { payments: [content], authorisation },
      } as never,
      { onBehalfOf: world.customerId },
    )
  }

  test('that was confirmed at 23:59:58 counts, and settles after the others have expired', async () => {
    const claim = await add()
    const other = await add()
    at('2027-06-11 00:03:58')
    const reply = await reserve(claim, 240)
    if (reply.outcome !== 'reserved') throw new Error(reply.reason)
    at('2027-06-11 00:10:00')
    expect(await expireClaims(world.deps)).toBe(1)
    expect((await claimOf(other)).status).toBe('expired')
    const receipt = await world.core.execute(reply.payments[0]?.instruction ?? '')
    await server.portal(completePayment, { body: { receipt } })
    expect((await claimOf(claim)).status).toBe('settled')
    expect(await toldOf(claim)).toEqual(['claim-settled to customer', 'claim-settled to shop'])
  })

  test('that was confirmed at 00:00:02 does not', async () => {
    const claim = await add()
    at('2027-06-11 00:00:02')
    expect(await reserve(claim, 0)).toMatchObject({ outcome: 'not-reserved' })
    expect((await claimOf(claim)).status).toBe('unsettled')
  })

  test('that the core refused after it leaves the claim to expire, with its warning and history', async () => {
    const claim = await add()
    at('2027-06-10 12:00:00')
    await warnOfLimits(world.deps)
    at('2027-06-11 00:03:00')
    const reply = await reserve(claim, 240)
    if (reply.outcome !== 'reserved') throw new Error(reply.reason)
    world.core.refuseWith('insufficient-funds')
    const receipt = await world.core.execute(reply.payments[0]?.instruction ?? '')
    world.core.refuseWith(undefined)
    await server.portal(completePayment, { body: { receipt } })
    expect((await claimOf(claim)).status).toBe('unsettled')
    at('2027-06-11 00:06:00')
    await expireClaims(world.deps)
    expect(await historyOf(claim)).toEqual([
      'warned by time',
      'paying by customer',
      'released by core',
      'expired by time',
    ])
  })

  test('and a limit on a Sunday is payable through the Monday after it', async () => {
    const shop = await server.shop(world.shopA.id)
    at('2027-06-07 12:00:00')
    const response = await shop.order({
      shopOrderRef: 'SUNDAY',
      description: 'A pair of shoes',
      amount: { value: 100, currency: 'JPY' },
      timeLimit: '2027-06-13',
    })
    expect(await response.json()).toMatchObject({
      timeLimit: addDays('2027-06-13', 1),
      originalTimeLimit: '2027-06-13',
    })
  })
})
