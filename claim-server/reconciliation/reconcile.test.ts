import { eq, sql } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { NoAnswer } from '#shared/service-client.ts'
import { type FreshDatabase, freshDatabase } from '../../test/support/database.ts'
import { claims } from '../claims/claims.table.ts'
import { notices } from '../notices/notices.table.ts'
import { orders } from '../orders/orders.table.ts'
import { makeWorld, type TestClaim, type TestWorld } from '../testing/world.ts'
import { completeByReceipt } from '../payments/complete-payments.ts'
import { groups, payments } from '../payments/payments.table.ts'
import { reconcile } from './reconcile.ts'
import { reserveRun } from '../testing/reserve-run.ts'

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

const reserve = async (basket: readonly TestClaim[]) => {
  const content = world.contentOf(basket)
  const reserved = await reserveRun(world.deps, {
    bank: world.bank,
    customerId: world.customerId,
    payments: [content],
    authorisation: await world.core.authorise(world.customerId, [content]),
    caller: world.caller(),
  })
  if (reserved.outcome !== 'reserved') throw new Error(reserved.reason)
  return { content, instruction: reserved.payments[0]?.instruction ?? '' }
}

const pay = async (...basket: TestClaim[]) => {
  const { content, instruction } = await reserve(basket)
  const receipt = await world.core.execute(instruction)
  await completeByReceipt(world.deps, { receipt })
  return content
}

const settleOne = async () => {
  const claim = await world.addClaim(world.shopA, 3150n)
  return { claim, content: await pay(claim) }
}

/** What differs, older than no time at all. */
const differences = async () => (await reconcile(world.deps, { olderThanSeconds: 0 })).differences

const kinds = async () => (await differences()).map((one) => one.kind).sort()

test('where everything agrees nothing is listed, and the counts tell how much was compared', async () => {
  const basket = [
    await world.addClaim(world.shopA, 3150n),
    await world.addClaim(world.shopA, 850n),
    await world.addClaim(world.shopB, 2100n),
  ]
  await pay(...basket)
  await world.addClaim(world.shopA, 1n)
  world.core.refuseWith('insufficient-funds')
  const refused = await reserve([await world.addClaim(world.shopA, 2n)])
  await completeByReceipt(world.deps, { receipt: await world.core.execute(refused.instruction) })
  expect(await reconcile(world.deps, { olderThanSeconds: 0 })).toEqual({
    counts: {
      settledClaims: 3,
      executedTransfers: 2,
      openPayments: 0,
      openExceptions: 0,
      waitingNotices: 6,
    },
    differences: [],
  })
})

test('a list longer than a page is read to its end', async () => {
  for (let at = 0; at < 5; at++) await settleOne()
  const inPages = (...[call, sent, context]: Parameters<typeof world.deps.callCore>) =>
    world.core.callCore(
      call,
      call.name === 'listExecuted'
        ? ({ ...sent, query: { ...(sent as { query: object }).query, limit: 2 } } as never)
        : sent,
      context,
    )
  const { counts, differences: found } = await reconcile(
    { ...world.deps, callCore: inPages as typeof world.deps.callCore },
    { olderThanSeconds: 0 },
  )
  expect(counts.executedTransfers).toBe(5)
  expect(found).toEqual([])
})

test('a settled claim without a transfer is named', async () => {
  const { claim, content } = await settleOne()
  await settleOne()
  world.core.decisions.delete(content.paymentId)
  expect(await differences()).toEqual([
    {
      kind: 'claim-without-transfer',
      id: claim.orderNumber,
      words: `settled by payment ${content.paymentId}, but the core executed no transfer of 3150 JPY for it`,
    },
    expect.objectContaining({ kind: 'payment-without-transfer' }),
  ])
})

test('a transfer without a settled claim is named', async () => {
  const { claim, content } = await settleOne()
  await database.db
    .update(claims)
    .set({ status: 'unsettled', paymentId: null, settledAt: null })
    .where(eq(claims.orderId, claim.orderId))
  const found = await differences()
  expect(found).toContainEqual({
    kind: 'transfer-without-claim',
    id: world.core.decisions.get(content.paymentId)?.legs[0]?.transferId,
    words: `3150 executed by payment ${content.paymentId} for claim ${claim.orderNumber}, which is unsettled`,
  })
})

test('a claim that the core paid twice is named', async () => {
  const { claim, content } = await settleOne()
  const first = world.core.decisions.get(content.paymentId)
  if (!first) throw new Error('not executed')
  const second = world.contentOf([claim])
  await world.core.executeUnasked(world.customerId, second)
  await reconcile(world.deps, { olderThanSeconds: 0 })
  expect(await kinds()).toEqual([])
  await database.db.execute(sql`delete from claim_server.exceptions`)
  expect(await kinds()).toEqual(['transfer-without-claim'])
})

test('a transfer of a wrong amount is named, with both amounts', async () => {
  const { claim, content } = await settleOne()
  const decision = world.core.decisions.get(content.paymentId)
  const [leg] = decision?.legs ?? []
  if (!decision || !leg) throw new Error('not executed')
  world.core.decisions.set(content.paymentId, {
    ...decision,
    legs: [{ ...leg, amountMinor: 3149n }],
  })
  expect(await differences()).toEqual([
    {
      kind: 'wrong-amount',
      id: claim.orderNumber,
      words: `the claim is 3150, its transfer ${leg.transferId} paid 3149`,
    },
    expect.objectContaining({ kind: 'wrong-group', id: leg.transferId }),
  ])
})

test('an order whose amount was changed after it was paid is named', async () => {
  const { claim } = await settleOne()
  await database.db.update(orders).set({ amountMinor: 1n }).where(eq(orders.id, claim.orderId))
  expect(await kinds()).toEqual(['wrong-amount'])
})

test.each([
  ['amount', { amountMinor: 1n }, ['group-not-its-claims', 'wrong-group']],
  ['fee', { feeMinor: 1n }, ['wrong-group']],
  ['payee', { payeeAccount: '0901-101-1-7777777' }, ['wrong-group']],
] as const)('a group of another %s than its transfer is named', async (_what, change, expected) => {
  const { content } = await settleOne()
  await database.db.update(groups).set(change).where(eq(groups.paymentId, content.paymentId))
  expect(await kinds()).toEqual(expected)
})

test('a settled claim whose shop or customer was never told is named', async () => {
  const { claim } = await settleOne()
  await database.db.delete(notices).where(eq(notices.recipient, 'shop'))
  expect(await differences()).toEqual([
    {
      kind: 'missing-notice',
      id: claim.orderNumber,
      words: 'settled, but the shop was never told',
    },
  ])
})

test('a claim with two settlement notices to one recipient is named', async () => {
  const { claim } = await settleOne()
  await database.db.execute(sql`alter table claim_server.notices drop constraint notices_once`)
  await database.db.execute(sql`
    insert into claim_server.notices
    select gen_random_uuid(), order_id, event, occasion, channel, recipient, address, language, status,
      attempts, attempt_at, last_error, created_at, delivered_at
    from claim_server.notices where recipient = 'shop'`)
  expect(await differences()).toEqual([
    {
      kind: 'two-notices',
      id: claim.orderNumber,
      words: 'the shop has 2 settlement notices by mail',
    },
  ])
})

test('a settlement notice of a claim that is not settled is named', async () => {
  const { claim } = await settleOne()
  const other = await world.addClaim(world.shopA, 1n)
  await database.db
    .update(notices)
    .set({ orderId: other.orderId })
    .where(eq(notices.orderId, claim.orderId))
  expect(await kinds()).toEqual([
    'missing-notice',
    'missing-notice',
    'notice-without-settlement',
    'notice-without-settlement',
  ])
})

test('a receipt that is unknown here is listed, settles its claim, and is not listed again', async () => {
  const claim = await world.addClaim(world.shopA, 3150n)
  const content = world.contentOf([claim])
  await world.core.executeUnasked(world.customerId, content)
  expect(await differences()).toEqual([
    {
      kind: 'receipt-not-completed',
      id: content.paymentId,
      words: 'executed at the core, but unknown here; completed by its receipt now: settled',
    },
  ])
  expect(await differences()).toEqual([])
  const [row] = await database.db.select().from(claims).where(eq(claims.orderId, claim.orderId))
  expect(row?.status).toBe('settled')
})

test('a payment without its receipt is named once it is a minute old', async () => {
  const { content } = await reserve([await world.addClaim(world.shopA, 3150n)])
  expect((await reconcile(world.deps)).differences).toEqual([])
  await database.db
    .update(payments)
    .set({ createdAt: new Date(Date.now() - 61_000) })
    .where(eq(payments.id, content.paymentId))
  const { differences: found } = await reconcile(world.deps)
  expect(found).toMatchObject([
    { kind: 'open-payment', words: expect.stringContaining(content.paymentId) },
  ])
})

test('a payment executed this second and not completed yet is no difference', async () => {
  const { instruction } = await reserve([await world.addClaim(world.shopA, 3150n)])
  await world.core.execute(instruction)
  expect((await reconcile(world.deps)).differences).toEqual([])
})

test('a payment that settled while the core’s list was read is no difference, a minute later it is', async () => {
  const { content } = await settleOne()
  // Executed behind the reader's back: the list that was read does not hold it.
  world.core.decisions.delete(content.paymentId)
  expect((await reconcile(world.deps)).differences).toEqual([])
  await database.db
    .update(payments)
    .set({ createdAt: new Date(Date.now() - 61_000) })
    .where(eq(payments.id, content.paymentId))
  expect((await reconcile(world.deps)).differences.map(({ kind }) => kind)).toEqual([
    'claim-without-transfer',
    'payment-without-transfer',
  ])
})

test('a claim held by a payment that has ended is named', async () => {
  const { claim, content } = await settleOne()
  await database.db
    .update(claims)
    .set({ status: 'paying', settledAt: null })
    .where(eq(claims.orderId, claim.orderId))
  const found = await differences()
  expect(found).toContainEqual({
    kind: 'claim-held-by-nothing',
    id: claim.orderNumber,
    words: `held by payment ${content.paymentId}, which is executed`,
  })
})

test('what differs in the core’s own books is listed too', async () => {
  const unbalanced = (...call: Parameters<typeof world.deps.callCore>) =>
    call[0].name === 'checkBooks'
      ? Promise.resolve({
          transfers: 1,
          postings: 1,
          differences: [{ kind: 'transfer-unbalanced', id: 't', detail: 'sums to 1' }],
        })
      : world.core.callCore(...call)
  const { differences: found } = await reconcile({
    ...world.deps,
    callCore: unbalanced as typeof world.deps.callCore,
  })
  expect(found).toEqual([
    { kind: 'books-of-the-core', id: 't', words: 'transfer-unbalanced: sums to 1' },
  ])
})

test('books that the core could not check in time hide nothing else that differs', async () => {
  const { content } = await settleOne()
  world.core.decisions.delete(content.paymentId)
  const slow = (...call: Parameters<typeof world.deps.callCore>) =>
    call[0].name === 'checkBooks'
      ? Promise.reject(new NoAnswer('checkBooks', 'not reachable'))
      : world.core.callCore(...call)
  const { differences: found } = await reconcile(
    { ...world.deps, callCore: slow as typeof world.deps.callCore },
    { olderThanSeconds: 0 },
  )
  expect(found.map((one) => one.kind)).toEqual([
    'claim-without-transfer',
    'payment-without-transfer',
    'books-of-the-core',
  ])
})

test('an exception is no difference, as staff know of it', async () => {
  const late = await world.addClaim(world.shopA, 1n, { status: 'expired' })
  await completeByReceipt(world.deps, {
    receipt: await world.core.executeUnasked(world.customerId, world.contentOf([late])),
  })
  const { counts, differences: found } = await reconcile(world.deps, { olderThanSeconds: 0 })
  expect(found).toEqual([])
  expect(counts.openExceptions).toBe(1)
})

test('a core that does not answer is no empty list', async () => {
  await settleOne()
  world.core.setDown(true)
  await expect(reconcile(world.deps)).rejects.toThrow('the fake core is down')
})
