import { asc, eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Transaction } from '#shared/database.ts'
import { addDays } from '#shared/dates.ts'
import { freshDatabase, type FreshDatabase } from '../../test/support/database.ts'
import { makeWorld, type TestClaim, type TestWorld } from '../testing/world.ts'
import { holdClaims, lockClaims, releaseClaims, settleClaims } from './change-claims.ts'
import { claimHistory, claims } from './claims.table.ts'

let database: FreshDatabase
let world: TestWorld

beforeAll(async () => {
  database = await freshDatabase('claim-server')
  world = await makeWorld(database.db)
})
afterAll(async () => {
  world.close()
  await database.close()
})

const inTransaction = <T>(work: (tx: Transaction) => Promise<T>) => world.deps.db.transaction(work)

const hold = (of: readonly TestClaim[], paymentId: string, changed: { customerId?: string } = {}) =>
  inTransaction((tx) =>
    holdClaims(tx, {
      claims: of.map(({ orderId }) => ({
        orderId,
        paymentId,
        bank: world.bank.code,
        customerId: world.customerId,
        payableOn: world.today(),
        ...changed,
      })),
      at: world.deps.clock.now(),
    }),
  )

const release = ({ orderId }: TestClaim, paymentId: string) =>
  inTransaction((tx) =>
    releaseClaims(tx, {
      claims: [{ orderId, paymentId }],
      reason: 'insufficient-funds',
      at: world.deps.clock.now(),
    }),
  )

const settle = ({ orderId }: TestClaim, paymentId: string) =>
  inTransaction((tx) =>
    settleClaims(tx, {
      claims: [{ orderId, paymentId, settledAt: world.deps.clock.now() }],
      at: world.deps.clock.now(),
    }),
  )

const stateOf = async ({ orderId }: TestClaim) => {
  const [row] = await world.deps.db.select().from(claims).where(eq(claims.orderId, orderId))
  return { status: row?.status, paymentId: row?.paymentId, revision: row?.revision }
}

const historyOf = async ({ orderId }: TestClaim) => {
  const rows = await world.deps.db
    .select()
    .from(claimHistory)
    .where(eq(claimHistory.orderId, orderId))
    .orderBy(asc(claimHistory.id))
  return rows.map(({ event, by, paymentId }) => ({ event, by, paymentId }))
}

const newId = () => world.deps.newId()

describe('holding claims', () => {
  test('takes those of the run in one go, and writes down who and by which payment', async () => {
    const basket = [await world.addClaim(world.shopA, 1n), await world.addClaim(world.shopB, 2n)]
    const paymentId = newId()
    expect((await hold(basket, paymentId)).toSorted()).toEqual(
      basket.map((claim) => claim.orderId).toSorted(),
    )
    for (const claim of basket) {
      expect(await stateOf(claim)).toEqual({ status: 'paying', paymentId, revision: 2 })
      expect(await historyOf(claim)).toEqual([{ event: 'paying', by: 'customer', paymentId }])
    }
  })

  test.each(['provisional', 'expired', 'cancelled', 'declined'] as const)(
    'leaves one that is %s as it is',
    async (status) => {
      const claim = await world.addClaim(world.shopA, 1n, { status })
      expect(await hold([claim], newId())).toEqual([])
      expect(await stateOf(claim)).toMatchObject({ status, revision: 1 })
      expect(await historyOf(claim)).toEqual([])
    },
  )

  test('leaves another customer’s, and one past its limit', async () => {
    const foreign = await world.addClaim(world.shopA, 1n)
    const late = await world.addClaim(world.shopA, 1n, { timeLimit: addDays(world.today(), -1) })
    const lastDay = await world.addClaim(world.shopA, 1n, { timeLimit: world.today() })
    expect(await hold([foreign], newId(), { customerId: 'C-9999' })).toEqual([])
    expect(await hold([late, lastDay], newId())).toEqual([lastDay.orderId])
  })

  test('by twenty payments at once gives each claim to one', async () => {
    const basket = await Promise.all([1n, 2n, 3n].map((one) => world.addClaim(world.shopA, one)))
    const held = await Promise.all(
      Array.from({ length: 20 }, () =>
        inTransaction(async (tx) => {
          const paymentId = newId()
          await lockClaims(tx, basket.map((claim) => claim.orderNumber).toReversed())
          return holdClaims(tx, {
            claims: basket.map(({ orderId }) => ({
              orderId,
              paymentId,
              bank: world.bank.code,
              customerId: world.customerId,
              payableOn: world.today(),
            })),
            at: world.deps.clock.now(),
          })
        }),
      ),
    )
    expect(held.map((one) => one.length).toSorted((a, b) => b - a)).toEqual([
      3,
      ...Array(19).fill(0),
    ])
  })
})

const countUpdates = async (tx: Transaction): Promise<{ all: number; hot: number }> => {
  const [counted] = await tx.execute<{ all: number; hot: number }>(sql`
    select pg_stat_get_xact_tuples_updated(oid)::int as all,
      pg_stat_get_xact_tuples_hot_updated(oid)::int as hot
    from pg_class where oid = 'claim_server.claims'::regclass`)
  return counted ?? { all: 0, hot: 0 }
}

test('holding and releasing a claim write to none of the indexes of its table', async () => {
  const claim = await world.addClaim(world.shopA, 1n)
  const pair = { orderId: claim.orderId, paymentId: newId() }
  const at = world.deps.clock.now()
  const toHold = { bank: world.bank.code, customerId: world.customerId, payableOn: world.today() }
  const { before, after } = await inTransaction(async (tx) => {
    // What earlier transactions of the connection did may be counted still.
    const before = await countUpdates(tx)
    await holdClaims(tx, { claims: [{ ...pair, ...toHold }], at })
    await releaseClaims(tx, { claims: [pair], reason: 'insufficient-funds', at })
    return { before, after: await countUpdates(tx) }
  })
  expect(after).toEqual({ all: before.all + 2, hot: before.hot + 2 })
})

describe('settling', () => {
  test('is by the payment that holds the claim; another’s changes nothing', async () => {
    const claim = await world.addClaim(world.shopA, 1n)
    const paymentId = newId()
    await hold([claim], paymentId)
    expect(await settle(claim, newId())).toEqual([])
    expect(await stateOf(claim)).toMatchObject({ status: 'paying', paymentId })
    expect(await settle(claim, paymentId)).toEqual([claim.orderId])
    expect(await stateOf(claim)).toMatchObject({ status: 'settled', paymentId })
  })

  test('twice is once', async () => {
    const claim = await world.addClaim(world.shopA, 1n)
    const paymentId = newId()
    await hold([claim], paymentId)
    await settle(claim, paymentId)
    expect(await settle(claim, paymentId)).toEqual([])
    expect((await historyOf(claim)).map((entry) => entry.event)).toEqual(['paying', 'settled'])
  })

  test('takes a free claim whose hold is not known here', async () => {
    const claim = await world.addClaim(world.shopA, 1n)
    expect(await settle(claim, newId())).toEqual([claim.orderId])
  })

  test.each(['expired', 'cancelled', 'declined'] as const)(
    'leaves one that is %s: a case for staff',
    async (status) => {
      const claim = await world.addClaim(world.shopA, 1n, { status })
      expect(await settle(claim, newId())).toEqual([])
      expect(await stateOf(claim)).toMatchObject({ status })
    },
  )
})

describe('releasing', () => {
  test('opens the claim again, with the reason, for its own payment alone', async () => {
    const claim = await world.addClaim(world.shopA, 1n)
    const paymentId = newId()
    await hold([claim], paymentId)
    expect(await release(claim, newId())).toEqual([])
    expect(await stateOf(claim)).toMatchObject({ status: 'paying' })
    expect(await release(claim, paymentId)).toEqual([claim.orderId])
    expect(await stateOf(claim)).toEqual({ status: 'unsettled', paymentId: null, revision: 3 })
    expect(await historyOf(claim)).toContainEqual({ event: 'released', by: 'core', paymentId })
  })

  test('never opens a settled claim', async () => {
    const claim = await world.addClaim(world.shopA, 1n)
    const paymentId = newId()
    await hold([claim], paymentId)
    await settle(claim, paymentId)
    expect(await release(claim, paymentId)).toEqual([])
    expect(await stateOf(claim)).toMatchObject({ status: 'settled' })
  })
})
