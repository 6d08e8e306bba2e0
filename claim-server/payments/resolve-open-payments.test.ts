import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { NoAnswer } from '#shared/service-client.ts'
import { type FreshDatabase, freshDatabase } from '../../test/support/database.ts'
import { claims } from '../claims/claims.table.ts'
import { makeWorld, type TestClaim, type TestWorld } from '../testing/world.ts'
import { completeByReceipt } from './complete-payments.ts'
import { payments } from './payments.table.ts'
import { reserveRun } from '../testing/reserve-run.ts'
import { isOverdue, leaseOpenPayments, resolveOpenPayments } from './resolve-open-payments.ts'
import { startPaymentWorkers } from './workers.ts'

let database: FreshDatabase
let world: TestWorld

beforeAll(async () => {
  database = await freshDatabase('claim-server')
  world = await makeWorld(database.db)
})
beforeEach(async () => {
  world.core.setDown(false)
  world.core.calls.length = 0
  await database.db
    .update(payments)
    .set({ status: 'voided', receipt: 'ended by the next test' })
    .where(eq(payments.status, 'paying'))
})
afterAll(async () => {
  world.close()
  await database.close()
})

const reserveOne = async () => {
  const claim = await world.addClaim(world.shopA, 3150n)
  const content = world.contentOf([claim])
  const reserved = await reserveRun(world.deps, {
    bank: world.bank,
    customerId: world.customerId,
    payments: [content],
    authorisation: await world.core.authorise(world.customerId, [content]),
    caller: world.caller(),
  })
  if (reserved.outcome !== 'reserved') throw new Error(reserved.reason)
  const instruction = reserved.payments[0]?.instruction ?? ''
  return { claim, paymentId: content.paymentId, instruction }
}

/** Lets `seconds` of a payment's life pass. */
const age = (paymentId: string, seconds: number) =>
  database.db
    .update(payments)
    .set({
      createdAt: sql`${payments.createdAt} - make_interval(secs => ${seconds})`,
      submitBefore: sql`${payments.submitBefore} - make_interval(secs => ${seconds})`,
      askAt: sql`${payments.askAt} - make_interval(secs => ${seconds})`,
    })
    .where(eq(payments.id, paymentId))

const statusOf = async ({ orderId }: TestClaim) => {
  const [row] = await database.db.select().from(claims).where(eq(claims.orderId, orderId))
  return row?.status
}

const secondsToTurn = async (paymentId: string) => {
  const [row] = await database.db
    .select({ seconds: sql<string>`extract(epoch from ${payments.askAt} - now())` })
    .from(payments)
    .where(eq(payments.id, paymentId))
  return Number(row?.seconds)
}

test('a payment that was executed settles without the customer', async () => {
  const { claim, paymentId, instruction } = await reserveOne()
  await world.core.execute(instruction)
  await age(paymentId, 2)
  expect(await resolveOpenPayments(world.deps)).toBe(1)
  expect(await statusOf(claim)).toBe('settled')
  expect(await resolveOpenPayments(world.deps)).toBe(0)
})

test('a payment that the core does not know stays open until submit-before has passed', async () => {
  const { claim, paymentId } = await reserveOne()
  await age(paymentId, 28)
  await resolveOpenPayments(world.deps)
  expect(await statusOf(claim)).toBe('paying')
  expect(world.core.calls).toEqual(['findReceipts'])
})

test('past submit-before an unknown payment is voided, its claim is free, and a late execute can’t pass', async () => {
  const { claim, paymentId, instruction } = await reserveOne()
  await age(paymentId, 40)
  await resolveOpenPayments(world.deps)
  expect(await statusOf(claim)).toBe('unsettled')
  const late = await world.core.execute(instruction)
  expect(await completeByReceipt(world.deps, { receipt: late })).toMatchObject({ status: 'voided' })
  expect(await statusOf(claim)).toBe('unsettled')
})

test('a payment executed between the question and the void settles: the void answers its receipt', async () => {
  const { claim, paymentId, instruction } = await reserveOne()
  await age(paymentId, 28)
  const executedMeanwhile = async (...call: Parameters<typeof world.deps.callCore>) => {
    if (call[0].name === 'voidPayment') await world.core.execute(instruction)
    return world.core.callCore(...call)
  }
  await database.db
    .update(payments)
    .set({ submitBefore: new Date(Date.now() - 10_000) })
    .where(eq(payments.id, paymentId))
  await resolveOpenPayments({
    ...world.deps,
    callCore: executedMeanwhile as typeof world.deps.callCore,
  })
  expect(await statusOf(claim)).toBe('settled')
})

test('a core that does not answer decides nothing: the claim stays held until it does', async () => {
  const { claim, paymentId, instruction } = await reserveOne()
  await world.core.execute(instruction)
  await age(paymentId, 300)
  world.core.setDown(true)
  await resolveOpenPayments(world.deps)
  expect(await statusOf(claim)).toBe('paying')
  world.core.setDown(false)
  await age(paymentId, 20)
  await resolveOpenPayments(world.deps)
  expect(await statusOf(claim)).toBe('settled')
})

test('an answer that was lost is asked for again in the same turn', async () => {
  const { claim, paymentId, instruction } = await reserveOne()
  await world.core.execute(instruction)
  await age(paymentId, 2)
  let lost = 0
  const losingTwice = async (...call: Parameters<typeof world.deps.callCore>) => {
    const answer = await world.core.callCore(...call)
    if (lost++ < 2) throw new NoAnswer(call[0].name, 'not reachable')
    return answer
  }
  await resolveOpenPayments({ ...world.deps, callCore: losingTwice as typeof world.deps.callCore })
  expect(await statusOf(claim)).toBe('settled')
})

test('a payment whose receipt can’t be had does not keep others from their end', async () => {
  const bad = await reserveOne()
  const good = await reserveOne()
  await world.core.execute(good.instruction)
  for (const { paymentId } of [bad, good]) await age(paymentId, 40)
  const withoutVoids = async (...call: Parameters<typeof world.deps.callCore>) => {
    if (call[0].name === 'voidPayment') throw new Error('broken')
    return world.core.callCore(...call)
  }
  await resolveOpenPayments({
    ...world.deps,
    callCore: withoutVoids as typeof world.deps.callCore,
  })
  expect(await statusOf(bad.claim)).toBe('paying')
  expect(await statusOf(good.claim)).toBe('settled')
})

test('replicas share the open payments: each is leased to one of them', async () => {
  const open = await Promise.all(Array.from({ length: 12 }, reserveOne))
  for (const { paymentId } of open) await age(paymentId, 2)
  const turns = await Promise.all(Array.from({ length: 6 }, () => leaseOpenPayments(world.deps)))
  const ids = turns.flat().map((one) => one.id)
  expect(ids.toSorted()).toEqual(open.map((one) => one.paymentId).toSorted())
})

test.each([
  [2, 1],
  [14, 1],
  [30, 6],
  [60, 12],
  [600, 15],
])('a payment open for %i s is asked for again after %i s', async (seconds, next) => {
  const { paymentId } = await reserveOne()
  await age(paymentId, seconds)
  await leaseOpenPayments(world.deps)
  const left = await secondsToTurn(paymentId)
  expect(left).toBeGreaterThan(next - 0.5)
  expect(left).toBeLessThanOrEqual(next + 0.5)
})

test('a payment is overdue only some seconds after submit-before, as clocks differ', () => {
  const submitBefore = new Date(1_000_000)
  const payment = { id: '', customerId: '', digest: '', kind: 'payment' as const, submitBefore }
  expect(isOverdue(payment, 1_002_000)).toBe(false)
  expect(isOverdue(payment, 1_004_000)).toBe(true)
})

test('the worker settles by itself and stops when told', async () => {
  const { claim, instruction } = await reserveOne()
  await world.core.execute(instruction)
  const worker = startPaymentWorkers(world.deps)
  await expect.poll(() => statusOf(claim), { timeout: 5000 }).toBe('settled')
  await worker.stop()
})
