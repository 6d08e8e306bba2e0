import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { onlyReply } from '#shared/batched-calls.ts'
import type { PaymentContent } from '#shared/contracts/payment-content.ts'
import { newOrderNumber } from '#shared/order-number.ts'
import { type FreshDatabase, freshDatabase } from '../../test/support/database.ts'
import { claimHistory, claims } from '../claims/claims.table.ts'
import { deliverNotices } from '../notices/deliver-notices.ts'
import { makeWorld, type TestClaim, type TestWorld } from '../testing/world.ts'
import { completeByReceipt } from './complete-payments.ts'
import { findPayments } from './find-payments.ts'
import { exceptions, payments, refunds } from './payments.table.ts'
import { reserveRefund } from './reserve-refund.ts'

let database: FreshDatabase
let world: TestWorld

beforeAll(async () => {
  database = await freshDatabase('claim-server')
  world = await makeWorld(database.db)
})
beforeEach(() => world.core.refuseWith(undefined))
afterAll(async () => {
  world.close()
  await database.close()
})

const complete = (receipt: string) =>
  completeByReceipt(world.deps, { receipt, caller: world.caller() })

/** A claim that is paid: settled, or an exception where its status allows no settlement. */
const pay = async (changed: Parameters<TestWorld['addClaim']>[2] = {}) => {
  const claim = await world.addClaim(world.shopA, 3000n, changed)
  const paid = world.contentOf([claim])
  await complete(await world.core.executeUnasked(world.customerId, paid))
  return { claim, paid }
}

const refundOf = (
  claim: TestClaim,
  amountMinor: bigint,
  changed: Partial<PaymentContent> = {},
): PaymentContent =>
  world.contentOf([claim], {
    kind: 'refund',
    payerAccount: claim.shop.account,
    claims: [
      {
        orderNumber: claim.orderNumber,
        payeeAccount: world.account,
        payeeHolder: 'SATO HARUKA',
        amountMinor,
      },
    ],
    fees: [{ payeeAccount: world.account, feeMinor: 0n }],
    ...changed,
  })

const reserve = async (paid: PaymentContent, content: PaymentContent, payer = world.customerId) =>
  reserveRefund(world.deps, {
    bank: world.bank,
    refundedPaymentId: paid.paymentId,
    content,
    authorisation: await world.core.authorise(payer, [content]),
    caller: world.caller(),
  })

const execute = async (reserved: Awaited<ReturnType<typeof reserve>>) => {
  if (reserved.outcome !== 'reserved') throw new Error(reserved.reason)
  return complete(await world.core.execute(reserved.instruction))
}

const exceptionOf = async ({ orderNumber }: TestClaim) => {
  const [row] = await database.db
    .select()
    .from(exceptions)
    .where(eq(exceptions.orderNumber, orderNumber))
  return row
}

test('the refund of a claim paid late closes its case and is written into its history', async () => {
  const { claim, paid } = await pay({ status: 'expired' })
  const content = refundOf(claim, 3000n)
  const reserved = await reserve(paid, content)
  expect(reserved).toMatchObject({ outcome: 'reserved', paymentId: content.paymentId })
  expect((await exceptionOf(claim))?.closedAt).toBeNull()
  expect(await execute(reserved)).toMatchObject({ status: 'settled' })
  expect(await exceptionOf(claim)).toMatchObject({
    closedAt: expect.any(Date),
    refundPaymentId: content.paymentId,
  })
  const history = await database.db
    .select({ event: claimHistory.event })
    .from(claimHistory)
    .where(eq(claimHistory.orderId, claim.orderId))
  expect(history.map((row) => row.event)).toEqual(['paid-late', 'refunded'])
  const { customerId, bank } = world
  const shown = onlyReply(
    await findPayments(world.deps, bank, [{ customerId, paymentId: paid.paymentId }]),
  )
  expect(shown).toMatchObject({
    status: 'exception',
    groups: [{ claims: [{ status: 'expired', refundedAt: expect.any(Date) }] }],
  })
})

test('a settled claim that is paid back stays settled', async () => {
  const { claim, paid } = await pay()
  await execute(await reserve(paid, refundOf(claim, 3000n)))
  const [row] = await database.db.select().from(claims).where(eq(claims.orderId, claim.orderId))
  expect(row).toMatchObject({ status: 'settled', paymentId: paid.paymentId })
})

test('shop and customer are each told what went back, once', async () => {
  const { claim, paid } = await pay()
  const reserved = await reserve(paid, refundOf(claim, 2000n))
  await execute(reserved)
  await execute(reserved)
  await deliverNotices(world.deps)
  const told = world.mails.map(({ subject }) => subject)
  expect(told.filter((one) => one.includes(claim.orderNumber) && /2,000|返金/.test(one))).toEqual(
    expect.arrayContaining([
      `Order ${claim.orderNumber}: 2,000 yen paid back to your customer`,
      `【ご返金】Shop A Shoes 2,000円（注文番号 ${claim.orderNumber}）`,
    ]),
  )
})

test('a case stays open until all of it has gone back', async () => {
  const { claim, paid } = await pay({ status: 'cancelled' })
  await execute(await reserve(paid, refundOf(claim, 1000n)))
  expect((await exceptionOf(claim))?.closedAt).toBeNull()
  await execute(await reserve(paid, refundOf(claim, 2000n)))
  expect((await exceptionOf(claim))?.closedAt).toBeInstanceOf(Date)
})

test('refunds never exceed what was paid, also when ten race', async () => {
  const { claim, paid } = await pay()
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => reserve(paid, refundOf(claim, 1000n))),
  )
  expect(answers.filter((one) => one.outcome === 'reserved')).toHaveLength(3)
  for (const answer of answers.filter((one) => one.outcome === 'not-reserved'))
    expect(answer).toMatchObject({ reason: 'too-much', refundableMinor: 0n })
})

test('a refund that the core refused can be made again', async () => {
  const { claim, paid } = await pay({ status: 'expired' })
  world.core.refuseWith('insufficient-funds')
  expect(await execute(await reserve(paid, refundOf(claim, 3000n)))).toMatchObject({
    status: 'refused',
  })
  expect((await exceptionOf(claim))?.closedAt).toBeNull()
  world.core.refuseWith(undefined)
  expect(await execute(await reserve(paid, refundOf(claim, 3000n)))).toMatchObject({
    status: 'settled',
  })
})

test('the same refund again gets the same instruction, another content under its id is refused', async () => {
  const { claim, paid } = await pay()
  const content = refundOf(claim, 1000n)
  const first = await reserve(paid, content)
  expect(await reserve(paid, content)).toEqual(first)
  await expect(
    reserve(paid, refundOf(claim, 2000n, { paymentId: content.paymentId })),
  ).rejects.toMatchObject({ code: 'digest-mismatch' })
})

test.each<[string, (claim: TestClaim) => PaymentContent]>([
  [
    'to another account',
    (claim) => {
      const content = refundOf(claim, 3000n)
      const [first] = content.claims
      return {
        ...content,
        claims: first ? [{ ...first, payeeAccount: '0901-101-1-6666666' }] : [],
        fees: [{ payeeAccount: '0901-101-1-6666666', feeMinor: 0n }],
      }
    },
  ],
  [
    'from another account',
    (claim) => refundOf(claim, 3000n, { payerAccount: world.shopB.account }),
  ],
  ['on another day', (claim) => refundOf(claim, 3000n, { day: '2020-01-01' })],
])('a refund %s is stale', async (_how, make) => {
  const { claim, paid } = await pay()
  expect(await reserve(paid, make(claim))).toEqual({
    outcome: 'not-reserved',
    reason: 'content-stale',
    refundableMinor: 3000n,
  })
})

test('a refund authorised for another customer is stale', async () => {
  const { claim, paid } = await pay()
  expect(await reserve(paid, refundOf(claim, 3000n), 'C-9')).toMatchObject({
    reason: 'content-stale',
  })
})

test('what is no refund of one claim, free of charge, is invalid', async () => {
  const { claim, paid } = await pay()
  const content = refundOf(claim, 3000n)
  const other = await world.addClaim(world.shopA, 1n)
  const [first] = content.claims
  if (!first) throw new Error('no claim')
  for (const wrong of [
    { ...content, kind: 'payment' as const },
    { ...content, claims: [first, { ...first, orderNumber: other.orderNumber }] },
    { ...content, fees: [{ payeeAccount: world.account, feeMinor: 110n }] },
  ])
    await expect(reserve(paid, wrong)).rejects.toMatchObject({ code: 'invalid' })
})

test('what was not paid, or not by that payment, can’t be paid back', async () => {
  const { claim, paid } = await pay()
  const other = await pay()
  const unpaid = await world.addClaim(world.shopA, 3000n)
  for (const [payment, content] of [
    [paid, refundOf(other.claim, 1n)],
    [paid, refundOf(unpaid, 1n)],
    [world.contentOf([claim]), refundOf(claim, 1n)],
  ] as const)
    await expect(reserve(payment, content)).rejects.toMatchObject({ code: 'not-found' })
})

test('a refund can’t be refunded', async () => {
  const { claim, paid } = await pay()
  const content = refundOf(claim, 3000n)
  await execute(await reserve(paid, content))
  await expect(reserve(content, refundOf(claim, 1n))).rejects.toMatchObject({ code: 'not-found' })
})

test('an executed refund that is unknown here is linked to what it paid back', async () => {
  const { claim, paid } = await pay({ status: 'expired' })
  const content = refundOf(claim, 3000n)
  const receipt = await world.core.executeUnasked(world.customerId, content)
  const answers = await Promise.all([complete(receipt), complete(receipt)])
  expect(answers.map((one) => one.status)).toEqual(['settled', 'settled'])
  const [row] = await database.db
    .select()
    .from(refunds)
    .where(eq(refunds.paymentId, content.paymentId))
  expect(row).toMatchObject({ refundedPaymentId: paid.paymentId, amountMinor: 3000n })
  expect((await exceptionOf(claim))?.closedAt).toBeInstanceOf(Date)
})

test('an executed refund of nothing that is known here opens a case', async () => {
  const claim = { ...(await pay()).claim, orderNumber: newOrderNumber() }
  const receipt = await world.core.executeUnasked(world.customerId, refundOf(claim, 1n))
  expect(await complete(receipt)).toMatchObject({ status: 'exception' })
  expect(await exceptionOf(claim)).toMatchObject({ kind: 'unknown-order' })
})

test('a refund that the core did otherwise than instructed opens a case', async () => {
  const { claim, paid } = await pay({ status: 'expired' })
  const content = refundOf(claim, 3000n)
  const reserved = await reserve(paid, content)
  if (reserved.outcome !== 'reserved') throw new Error(reserved.reason)
  await world.core.execute(reserved.instruction)
  const decision = world.core.decisions.get(content.paymentId)
  const [leg] = decision?.legs ?? []
  if (!decision || !leg) throw new Error('not executed')
  world.core.decisions.set(content.paymentId, {
    ...decision,
    legs: [{ ...leg, amountMinor: 2999n }],
  })
  expect(await complete(await world.core.receiptOf(content.paymentId))).toMatchObject({
    status: 'exception',
  })
  const [row] = await database.db
    .select({ kind: exceptions.kind })
    .from(exceptions)
    .where(eq(exceptions.paymentId, content.paymentId))
  expect(row).toEqual({ kind: 'differs' })
})

test('a refund is no payment of the customer’s list', async () => {
  const { claim, paid } = await pay()
  const content = refundOf(claim, 3000n)
  await reserve(paid, content)
  expect(await database.db.$count(payments, eq(payments.id, content.paymentId))).toBe(1)
  const { customerId, bank } = world
  const { paymentId } = content
  expect(await findPayments(world.deps, bank, [{ customerId, paymentId }])).toMatchObject([
    { error: { code: 'not-found' } },
  ])
})
