import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sql } from 'drizzle-orm'
import { type FreshDatabase, freshDatabase } from '../../test/support/database.ts'
import { completeByReceipt } from '../payments/complete-payments.ts'
import { makeWorld, type TestWorld } from '../testing/world.ts'
import { periodsAt, reconcileIfDue } from './reconcile-if-due.ts'
import { reconciliations } from './reconciliations.table.ts'

let database: FreshDatabase
let world: TestWorld

beforeEach(async () => {
  database = await freshDatabase('claim-server')
  world = await makeWorld(database.db)
})
afterEach(async () => {
  world.close()
  await database.close()
})

const made = () => database.db.select().from(reconciliations).orderBy(reconciliations.extent)

const payUnasked = async (decidedAt = new Date()) => {
  const claim = await world.addClaim(world.shopA, 3150n)
  const receipt = await world.core.executeUnasked(world.customerId, world.contentOf([claim]), {
    decidedAt,
  })
  return { claim, receipt }
}

describe('a night begins at three in the bank’s time zone', () => {
  test.each([
    ['2026-11-23T17:59:59Z', '2026-11-23'],
    ['2026-11-23T18:00:00Z', '2026-11-24'],
    ['2026-12-31T16:00:00Z', '2026-12-31'],
  ])('%s in Tokyo is of the night of %s', (now, night) => {
    const [whole, recent] = periodsAt(new Date(now), 'Asia/Tokyo')
    expect(whole).toEqual({ extent: 'whole', period: night })
    expect(recent).toEqual({ extent: 'recent', period: now.slice(0, 13) })
  })
})

test('a night’s whole history comes first, then the hour, then nothing until the next hour', async () => {
  await payUnasked()
  expect(await reconcileIfDue(world.deps)).toMatchObject({
    extent: 'whole',
    counts: { settledClaims: 1, executedTransfers: 1 },
    differences: [{ kind: 'receipt-not-completed' }],
  })
  expect(await reconcileIfDue(world.deps)).toMatchObject({ extent: 'recent', differences: [] })
  expect(await reconcileIfDue(world.deps)).toBeUndefined()
  expect(await made()).toMatchObject([
    { extent: 'recent', rowsThatDiffer: 0, differences: [] },
    { extent: 'whole', rowsThatDiffer: 1, differences: [{ kind: 'receipt-not-completed' }] },
  ])
})

test('replicas that come at once make one', async () => {
  const all = await Promise.all([1, 2, 3].map(() => reconcileIfDue(world.deps)))
  expect(all.filter((one) => one !== undefined)).toHaveLength(1)
  expect(await made()).toHaveLength(1)
})

test('one that fails is not taken for made, and the next turn makes it', async () => {
  world.core.setDown(true)
  await expect(reconcileIfDue(world.deps)).rejects.toThrow('the fake core is down')
  expect(await made()).toEqual([])
  world.core.setDown(false)
  expect(await reconcileIfDue(world.deps)).toMatchObject({ extent: 'whole' })
})

test('no more than a hundred rows that differ are kept, and how many there were', async () => {
  await database.db.execute(sql`
    insert into claim_server.notices (id, order_id, event, occasion, channel, recipient, address,
      language, status, attempts, attempt_at, created_at)
    select gen_random_uuid(), ${(await world.addClaim(world.shopA, 1n)).orderId}, 'claim-settled',
      number::text, 'mail', 'shop', 'shop@shop.example', 'en', 'waiting', 0, now(), now()
    from generate_series(1, 150) as number`)
  await reconcileIfDue(world.deps)
  const [whole] = await made()
  expect(whole?.rowsThatDiffer).toBe(151)
  expect(whole?.differences).toHaveLength(100)
})

test('the core’s own books are checked by night', async () => {
  await reconcileIfDue(world.deps)
  expect(world.core.calls).toContain('checkBooks')
  world.core.calls.length = 0
  await reconcileIfDue(world.deps)
  expect(world.core.calls).toEqual(['listExecuted'])
})

describe('the hour', () => {
  const long = 3 * 24 * 3600_000
  const afterTheNight = async () => {
    await reconcileIfDue(world.deps)
    return reconcileIfDue(world.deps)
  }

  test('finds what differs among what the core decided lately', async () => {
    const { receipt, claim } = await payUnasked()
    await completeByReceipt(world.deps, { receipt })
    await reconcileIfDue(world.deps)
    await database.db.execute(sql`delete from claim_server.notices`)
    await database.db.execute(sql`
      update claim_server.payments set created_at = now() - interval '2 minutes'`)
    expect(await reconcileIfDue(world.deps)).toMatchObject({
      extent: 'recent',
      counts: { settledClaims: 1, executedTransfers: 1 },
      differences: [
        { kind: 'missing-notice', id: claim.orderNumber },
        { kind: 'missing-notice', id: claim.orderNumber },
      ],
    })
  })

  test('leaves what was decided before to the night', async () => {
    const { receipt } = await payUnasked(new Date(Date.now() - long))
    await completeByReceipt(world.deps, { receipt })
    await database.db.execute(sql`
      update claim_server.payments set created_at = now() - interval '3 days'`)
    await database.db.execute(sql`delete from claim_server.notices`)
    expect(await afterTheNight()).toMatchObject({
      counts: { settledClaims: 0, executedTransfers: 0 },
      differences: [],
    })
    const night = await made()
    expect(night.find((one) => one.extent === 'whole')?.rowsThatDiffer).toBe(2)
  })

  test('does not miss at the core what became known here long after it was decided', async () => {
    const { receipt } = await payUnasked(new Date(Date.now() - long))
    await completeByReceipt(world.deps, { receipt })
    await database.db.execute(sql`
      update claim_server.payments set created_at = now() - interval '2 minutes'`)
    expect(await afterTheNight()).toMatchObject({ extent: 'recent', differences: [] })
  })
})
