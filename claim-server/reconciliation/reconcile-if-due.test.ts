import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sql } from 'drizzle-orm'
import { NoAnswer } from '#shared/service-client.ts'
import { type FreshDatabase, freshDatabase } from '../../test/support/database.ts'
import { completeByReceipt } from '../payments/complete-payments.ts'
import { reserveRun } from '../testing/reserve-run.ts'
import { makeWorld, type TestWorld } from '../testing/world.ts'
import { leasePeriod } from './keep-reconciliation.ts'
import { periodAt, reconcileIfDue } from './reconcile-if-due.ts'
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

const night = () => reconcileIfDue(world.deps, 'whole')
const hour = () => reconcileIfDue(world.deps, 'recent')
const made = () => database.db.select().from(reconciliations)

const executeUnasked = async (decidedAt = new Date()) => {
  const claim = await world.addClaim(world.shopA, 3150n)
  const content = world.contentOf([claim])
  const receipt = await world.core.executeUnasked(world.customerId, content, { decidedAt })
  return { claim, content, receipt }
}

const setCreated = (ago: string) =>
  database.db.execute(sql`update claim_server.payments set created_at = now() - ${ago}::interval`)

describe('a night begins at three in the bank’s time zone', () => {
  test.each([
    ['2026-11-23T17:59:59Z', 'Asia/Tokyo', '2026-11-23'],
    ['2026-11-23T18:00:00Z', 'Asia/Tokyo', '2026-11-24'],
    ['2026-12-31T16:00:00Z', 'Asia/Tokyo', '2026-12-31'],
    ['2026-03-29T01:00:00Z', 'Europe/Berlin', '2026-03-29'],
    ['2026-03-29T00:59:59Z', 'Europe/Berlin', '2026-03-28'],
  ])('%s in %s is of the night of %s', (now, timeZone, period) => {
    expect(periodAt('whole', new Date(now), timeZone)).toEqual({ extent: 'whole', period })
  })

  test('an hour is the same everywhere', () => {
    const at = new Date('2026-11-23T17:59:59Z')
    expect(periodAt('recent', at, 'Asia/Tokyo').period).toBe('2026-11-23T17')
  })
})

test.each(['whole', 'recent'] as const)('%s: once, and what differed is kept', async (extent) => {
  const { content } = await executeUnasked()
  const reconciled = await reconcileIfDue(world.deps, extent)
  const differences = [expect.objectContaining({ kind: 'receipt-not-completed' })]
  const counts = { settledClaims: 1, executedTransfers: 1 }
  expect(reconciled).toMatchObject({ counts, differences })
  expect(await reconcileIfDue(world.deps, extent)).toBeUndefined()
  expect(await made()).toMatchObject([
    { extent, bank: world.bank.code, counts, rowsThatDiffer: 1, differences },
  ])
  expect(reconciled?.differences[0]?.id).toBe(content.paymentId)
})

test('replicas that come at once make one', async () => {
  const all = await Promise.all([night(), night(), night()])
  expect(all.filter((one) => one !== undefined)).toHaveLength(1)
  expect(await made()).toHaveLength(1)
})

test('one that fails is made at the next turn', async () => {
  world.core.setDown(true)
  await expect(night()).rejects.toThrow('the fake core is down')
  expect(await made()).toMatchObject([{ endedAt: null }])
  world.core.setDown(false)
  expect(await night()).toMatchObject({ differences: [] })
})

test('one whose process died is made when its lease is over, not before', async () => {
  const period = periodAt('whole', new Date(), world.deps.config.TIME_ZONE)
  await leasePeriod(world.deps, period)
  expect(await night()).toBeUndefined()
  await database.db.update(reconciliations).set({ leasedUntil: new Date(Date.now() - 1) })
  expect(await night()).toMatchObject({ differences: [] })
})

test('a night that can’t be made does not keep the hours from being made', async () => {
  await executeUnasked()
  const withoutBooks = (...[call, ...rest]: Parameters<typeof world.deps.callCore>) =>
    call.name === 'checkBooks'
      ? Promise.reject(new NoAnswer('checkBooks', 'not reachable'))
      : world.core.callCore(call, ...rest)
  const deps = { ...world.deps, callCore: withoutBooks as typeof world.deps.callCore }
  await expect(reconcileIfDue(deps, 'whole')).rejects.toThrow('not reachable')
  expect(await reconcileIfDue(deps, 'recent')).toMatchObject({ counts: { settledClaims: 1 } })
})

test('a stopping server ends it, and it is made by another', async () => {
  const stopping = new AbortController()
  const waiting = (...[call, ...rest]: Parameters<typeof world.deps.callCore>) => {
    if (call.name === 'checkBooks') return new Promise(() => {})
    return world.core.callCore(call, ...rest)
  }
  const deps = { ...world.deps, callCore: waiting as typeof world.deps.callCore }
  const running = reconcileIfDue(deps, 'whole', stopping)
  stopping.abort()
  await expect(running).rejects.toThrow('aborted')
  expect(await night()).toMatchObject({ differences: [] })
})

test('a receipt that can’t be completed is named, and hides nothing else', async () => {
  const { content } = await executeUnasked()
  const other = await executeUnasked()
  await database.db.execute(sql`
    create function refuse() returns trigger language plpgsql as $$
      begin raise exception 'not this one'; end $$`)
  await database.db.execute(sql`
    create trigger refuse before insert on claim_server.payments for each row
    when (new.id = ${sql.raw(`'${content.paymentId}'`)}::uuid) execute function refuse()`)
  const found = (await night())?.differences.map(({ kind, id }) => [kind, id])
  expect(found).toContainEqual(['receipt-open', content.paymentId])
  expect(found).toContainEqual(['receipt-not-completed', other.content.paymentId])
})

test('no more than a hundred rows that differ are kept, and how many there were', async () => {
  const { orderId } = await world.addClaim(world.shopA, 1n)
  await database.db.execute(sql`
    insert into claim_server.notices (id, order_id, event, occasion, channel, recipient, address,
      language, status, attempts, attempt_at, created_at)
    select gen_random_uuid(), ${orderId}, 'claim-settled', number::text, 'mail', 'shop',
      'shop@shop.example', 'en', 'waiting', 0, now(), now()
    from generate_series(1, 150) as number`)
  await night()
  const [whole] = await made()
  expect(whole?.rowsThatDiffer).toBe(151)
  expect(whole?.differences).toHaveLength(100)
})

test('the core’s own books are checked by night', async () => {
  await night()
  expect(world.core.calls).toContain('checkBooks')
  world.core.calls.length = 0
  await hour()
  expect(world.core.calls).toEqual(['listExecuted'])
})

describe('the hour', () => {
  const daysAgo = (days: number) => new Date(Date.now() - days * 24 * 3_600_000)

  test('finds what differs among what the core decided lately', async () => {
    const { receipt, claim } = await executeUnasked()
    await completeByReceipt(world.deps, { receipt })
    await database.db.execute(sql`delete from claim_server.notices`)
    await setCreated('2 minutes')
    const missing = { kind: 'missing-notice', id: claim.orderNumber }
    expect(await hour()).toMatchObject({
      counts: { settledClaims: 1, executedTransfers: 1 },
      differences: [missing, missing],
    })
  })

  test('finds a claim that was settled lately without a transfer', async () => {
    const { receipt, claim, content } = await executeUnasked()
    await completeByReceipt(world.deps, { receipt })
    await setCreated('2 minutes')
    world.core.decisions.delete(content.paymentId)
    expect((await hour())?.differences).toContainEqual(
      expect.objectContaining({ kind: 'claim-without-transfer', id: claim.orderNumber }),
    )
  })

  test('leaves what was decided before to the night', async () => {
    const { receipt } = await executeUnasked(daysAgo(3))
    await completeByReceipt(world.deps, { receipt })
    await setCreated('3 days')
    await database.db.execute(sql`delete from claim_server.notices`)
    expect(await hour()).toMatchObject({
      counts: { settledClaims: 0, executedTransfers: 0 },
      differences: [],
    })
    expect((await night())?.differences).toHaveLength(2)
  })

  test('does not miss at the core what became known here long after it was decided', async () => {
    const { receipt } = await executeUnasked(daysAgo(3))
    await completeByReceipt(world.deps, { receipt })
    await setCreated('2 minutes')
    expect((await hour())?.differences).toEqual([])
  })

  test('does not miss the transfer of a claim that another payment tried for lately', async () => {
    const { receipt, claim } = await executeUnasked(daysAgo(2.5))
    const again = world.contentOf([claim])
    const reserved = await reserveRun(world.deps, {
      bank: world.bank,
      customerId: world.customerId,
      payments: [again],
      authorisation: await world.core.authorise(world.customerId, [again]),
      caller: world.caller(),
    })
    if (reserved.outcome !== 'reserved') throw new Error(reserved.reason)
    world.core.refuseWith('already-paid')
    const refused = await world.core.execute(reserved.payments[0]?.instruction ?? '')
    await completeByReceipt(world.deps, { receipt: refused })
    await completeByReceipt(world.deps, { receipt })
    await setCreated('2 minutes')
    expect((await hour())?.differences).toEqual([])
  })
})
