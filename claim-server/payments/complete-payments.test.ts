import { and, eq } from 'drizzle-orm'
import { randomUUIDv7 } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { ClaimStatus } from '#shared/contracts/claim-server.ts'
import type { PaymentContent } from '#shared/contracts/payment-content.ts'
import { signDocument } from '#shared/contracts/documents.ts'
import { newOrderNumber } from '#shared/order-number.ts'
import { type FreshDatabase, freshDatabase } from '../../test/support/database.ts'
import { claimHistory, claims } from '../claims/claims.table.ts'
import { notices } from '../notices/notices.table.ts'
import { makeWorld, type TestClaim, type TestWorld } from '../testing/world.ts'
import { completeByReceipt } from './complete-payments.ts'
import {
  exceptions,
  groups,
  paymentClaims,
  payments,
  receiptKeys,
  strayReceipts,
} from './payments.table.ts'
import { reserveRun } from '../testing/reserve-run.ts'

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

const basket = async () => [
  await world.addClaim(world.shopA, 3150n),
  await world.addClaim(world.shopA, 850n),
  await world.addClaim(world.shopB, 2100n),
]

const reserve = async (content: PaymentContent): Promise<string> => {
  const reserved = await reserveRun(world.deps, {
    bank: world.bank,
    customerId: world.customerId,
    payments: [content],
    authorisation: await world.core.authorise(world.customerId, [content]),
    caller: world.caller(),
  })
  if (reserved.outcome !== 'reserved') throw new Error(reserved.reason)
  return reserved.payments[0]?.instruction ?? ''
}

const complete = (receipt: string) =>
  completeByReceipt(world.deps, { receipt, caller: world.caller() })

const statusesOf = async (of: readonly TestClaim[]) => {
  const found: (ClaimStatus | undefined)[] = []
  for (const { orderId } of of) {
    const [row] = await database.db.select().from(claims).where(eq(claims.orderId, orderId))
    found.push(row?.status)
  }
  return found
}

const noticesOf = ({ orderId }: TestClaim) =>
  database.db
    .select({ event: notices.event, recipient: notices.recipient, address: notices.address })
    .from(notices)
    .where(eq(notices.orderId, orderId))
    .orderBy(notices.recipient)

const paymentOf = async (paymentId: string) => {
  const [row] = await database.db.select().from(payments).where(eq(payments.id, paymentId))
  return row
}

const exceptionsOf = (paymentId: string) =>
  database.db
    .select({ kind: exceptions.kind, orderNumber: exceptions.orderNumber })
    .from(exceptions)
    .where(eq(exceptions.paymentId, paymentId))

const liveOf = async (paymentId: string) =>
  (
    await database.db
      .select({ live: paymentClaims.live })
      .from(paymentClaims)
      .where(eq(paymentClaims.paymentId, paymentId))
  ).map((row) => row.live)

test('an executed receipt settles every claim of its payment, and shop and customer are told once', async () => {
  const claimed = await basket()
  const content = world.contentOf(claimed)
  const receipt = await world.core.execute(await reserve(content))
  expect(await complete(receipt)).toEqual({ paymentId: content.paymentId, status: 'settled' })
  expect(await statusesOf(claimed)).toEqual(['settled', 'settled', 'settled'])
  expect(await paymentOf(content.paymentId)).toMatchObject({ status: 'executed', receipt })
  for (const claim of claimed)
    expect(await noticesOf(claim)).toEqual([
      { event: 'claim-settled', recipient: 'customer', address: 'c-1001@customers.example' },
      {
        event: 'claim-settled',
        recipient: 'shop',
        address:
          claim.shop === world.shopA ? 'shopashoes@shops.example' : 'shopbhats@shops.example',
      },
    ])
  expect(await liveOf(content.paymentId)).toEqual([true, true, true])
})

test('the key that signed a receipt is kept with the claim server', async () => {
  const [key] = await database.db.select().from(receiptKeys)
  expect(key).toMatchObject({ issuer: 'core-banking', kid: expect.stringMatching(/^receipt-/) })
  expect(JSON.parse(key?.jwk ?? '')).toMatchObject({ kty: 'EC', crv: 'P-256' })
})

test('a refused receipt releases every claim, with the reason in words for the page', async () => {
  world.core.refuseWith('insufficient-funds')
  const claimed = await basket()
  const content = world.contentOf(claimed)
  const receipt = await world.core.execute(await reserve(content))
  expect(await complete(receipt)).toMatchObject({ status: 'refused' })
  expect(await statusesOf(claimed)).toEqual(['unsettled', 'unsettled', 'unsettled'])
  expect(await paymentOf(content.paymentId)).toMatchObject({
    status: 'refused',
    reason: 'insufficient-funds',
    shortByMinor: 1n,
  })
  expect(await noticesOf(claimed[0] as TestClaim)).toEqual([])
  world.core.refuseWith(undefined)
  const again = world.contentOf(claimed)
  expect(await complete(await world.core.execute(await reserve(again)))).toMatchObject({
    status: 'settled',
  })
})

test('receipts delivered five times, shuffled and at once, end in the same state', async () => {
  const all = []
  for (let at = 0; at < 8; at++) {
    world.core.refuseWith(at % 2 ? 'insufficient-funds' : undefined)
    const claimed = await basket()
    const content = world.contentOf(claimed)
    all.push({ claimed, content, receipt: await world.core.execute(await reserve(content)) })
  }
  const deliveries = all
    .flatMap(({ receipt }) => Array.from({ length: 5 }, () => receipt))
    .map((receipt) => ({ receipt, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
  await Promise.all(deliveries.map(({ receipt }) => complete(receipt)))
  for (const [at, { claimed, content }] of all.entries()) {
    const settled = at % 2 === 0
    expect(await statusesOf(claimed)).toEqual(
      claimed.map(() => (settled ? 'settled' : 'unsettled')),
    )
    expect(await liveOf(content.paymentId)).toEqual(claimed.map(() => settled))
    expect(await noticesOf(claimed[0] as TestClaim)).toHaveLength(settled ? 2 : 0)
    const history = await database.db
      .select()
      .from(claimHistory)
      .where(eq(claimHistory.orderId, claimed[0]?.orderId ?? ''))
    expect(history.map((row) => row.event)).toEqual(['paying', settled ? 'settled' : 'released'])
  }
})

test('a receipt that another signed, or another key of the core, settles nothing', async () => {
  const claimed = await basket()
  const content = world.contentOf(claimed)
  const receipt = await world.core.execute(await reserve(content))
  const payload = JSON.parse(Buffer.from(receipt.split('.')[1] ?? '', 'base64url').toString())
  const forged = `${receipt.slice(0, -8)}AAAAAAAA`
  await expect(complete(forged)).rejects.toMatchObject({ code: 'invalid' })
  const ours = { ...world.deps.keys, signingKey: () => world.deps.keys.signingKey('instruction') }
  await expect(complete(await signDocument(ours, 'receipt', payload))).rejects.toMatchObject({
    code: 'invalid',
  })
  const authorisation = await world.core.authorise(world.customerId, [content])
  await expect(complete(authorisation)).rejects.toMatchObject({ code: 'invalid' })
  expect(await statusesOf(claimed)).toEqual(['paying', 'paying', 'paying'])
})

test('without the core’s keys nothing is concluded, and the receipt can come again', async () => {
  const claimed = await basket()
  const content = world.contentOf(claimed)
  const receipt = await world.core.execute(await reserve(content))
  const find = () => Promise.reject(new TypeError('fetch failed'))
  const trust = { ...world.deps.trust, keysOf: () => ({ find }) }
  await expect(completeByReceipt({ ...world.deps, trust }, { receipt })).rejects.toMatchObject({
    code: 'unavailable',
  })
  expect(await statusesOf(claimed)).toEqual(['paying', 'paying', 'paying'])
  expect(await complete(receipt)).toMatchObject({ status: 'settled' })
})

test('a token presented twice is refused the second time', async () => {
  const content = world.contentOf(await basket())
  const receipt = await world.core.execute(await reserve(content))
  const caller = world.caller()
  await completeByReceipt(world.deps, { receipt, caller })
  await expect(completeByReceipt(world.deps, { receipt, caller })).rejects.toMatchObject({
    code: 'unauthenticated',
  })
})

test('an executed receipt of a payment unknown here makes its rows and settles what is free', async () => {
  const claimed = await basket()
  const content = world.contentOf(claimed, {
    fees: [
      { payeeAccount: world.shopA.account, feeMinor: 0n },
      { payeeAccount: world.shopB.account, feeMinor: 110n },
    ],
  })
  const receipt = await world.core.executeUnasked(world.customerId, content)
  const answers = await Promise.all(Array.from({ length: 5 }, () => complete(receipt)))
  expect(answers.map((one) => one.status)).toEqual(Array(5).fill('settled'))
  expect(await statusesOf(claimed)).toEqual(['settled', 'settled', 'settled'])
  expect(await paymentOf(content.paymentId)).toMatchObject({
    status: 'executed',
    account: content.payerAccount,
    amountMinor: 6100n,
    feeMinor: 110n,
    instruction: null,
  })
  const groupRows = await database.db
    .select({ amountMinor: groups.amountMinor, feeMinor: groups.feeMinor })
    .from(groups)
    .where(eq(groups.paymentId, content.paymentId))
    .orderBy(groups.feeMinor)
  expect(groupRows).toEqual([
    { amountMinor: 4000n, feeMinor: 0n },
    { amountMinor: 2100n, feeMinor: 110n },
  ])
  expect(await noticesOf(claimed[0] as TestClaim)).toHaveLength(2)
})

test('reserving a payment that only its receipt told of leads the customer to it', async () => {
  const claimed = await basket()
  const content = world.contentOf(claimed)
  await complete(await world.core.executeUnasked(world.customerId, content))
  const reserved = await reserveRun(world.deps, {
    bank: world.bank,
    customerId: world.customerId,
    payments: [content],
    authorisation: await world.core.authorise(world.customerId, [content]),
    caller: world.caller(),
  })
  expect(reserved).toMatchObject({
    outcome: 'not-reserved',
    reason: 'claim-not-payable',
    claims: claimed.map(() => ({ status: 'settled', paymentId: content.paymentId })),
  })
})

test.each(['expired', 'cancelled', 'declined'] as const)(
  'a payment of a claim that is %s opens a case, settles its other claims, and both are told',
  async (status) => {
    const [free, , other] = await basket()
    const late = await world.addClaim(world.shopB, 777n, { status })
    if (!free || !other) throw new Error('no claims')
    const content = world.contentOf([free, late])
    const receipt = await world.core.executeUnasked(world.customerId, content)
    expect(await complete(receipt)).toMatchObject({ status: 'exception' })
    expect(await complete(receipt)).toMatchObject({ status: 'exception' })
    expect(await statusesOf([free, late])).toEqual(['settled', status])
    expect(await exceptionsOf(content.paymentId)).toEqual([
      { kind: 'paid-late', orderNumber: late.orderNumber },
    ])
    expect((await noticesOf(late)).map((one) => one.event)).toEqual(['paid-late', 'paid-late'])
    const [told] = await database.db
      .select()
      .from(claimHistory)
      .where(and(eq(claimHistory.orderId, late.orderId), eq(claimHistory.event, 'paid-late')))
    expect(told).toMatchObject({ by: 'core', paymentId: content.paymentId })
  },
)

test('a claim paid a second time opens a case, and its settlement stays', async () => {
  const [claim] = await basket()
  if (!claim) throw new Error('no claim')
  const first = world.contentOf([claim])
  await complete(await world.core.execute(await reserve(first)))
  const second = world.contentOf([claim])
  expect(await complete(await world.core.executeUnasked(world.customerId, second))).toMatchObject({
    status: 'exception',
  })
  expect(await exceptionsOf(second.paymentId)).toMatchObject([{ kind: 'paid-twice' }])
  const [row] = await database.db.select().from(claims).where(eq(claims.orderId, claim.orderId))
  expect(row).toMatchObject({ status: 'settled', paymentId: first.paymentId })
  const events = (await noticesOf(claim)).map((one) => one.event).sort()
  expect(events).toEqual(['claim-settled', 'claim-settled', 'paid-late', 'paid-late'])
})

test('a payment of a claim that another payment holds opens a case, and the hold stays', async () => {
  const claimed = await basket()
  const held = world.contentOf(claimed)
  const instruction = await reserve(held)
  const other = world.contentOf(claimed)
  await complete(await world.core.executeUnasked(world.customerId, other))
  expect(await exceptionsOf(other.paymentId)).toHaveLength(3)
  expect(await statusesOf(claimed)).toEqual(['paying', 'paying', 'paying'])
  expect(await complete(await world.core.execute(instruction))).toMatchObject({ status: 'refused' })
  expect(await statusesOf(claimed)).toEqual(['unsettled', 'unsettled', 'unsettled'])
})

test('a payment of an order unknown here opens a case', async () => {
  const [claim] = await basket()
  if (!claim) throw new Error('no claim')
  const content = world.contentOf([{ ...claim, orderNumber: newOrderNumber() }])
  const receipt = await world.core.executeUnasked(world.customerId, content)
  const answers = await Promise.all([complete(receipt), complete(receipt), complete(receipt)])
  expect(answers.map((one) => one.status)).toEqual(Array(3).fill('exception'))
  expect(await exceptionsOf(content.paymentId)).toMatchObject([{ kind: 'unknown-order' }])
})

test.each([
  ['another D', { digest: 'A'.repeat(43) }],
  ['another payer', { payer: 'C-9' }],
  ['another account', { payerAccount: '0901-101-1-9999999' }],
  ['a leg of another amount', 'amount'],
  ['a leg to another payee', 'payee'],
  ['another transfer', 'transfer'],
] as const)('a receipt with %s settles nothing of it: a case for staff', async (_what, change) => {
  const claim = await world.addClaim(world.shopA, 3150n)
  const content = world.contentOf([claim])
  const instruction = await reserve(content)
  await world.core.execute(instruction)
  const decision = world.core.decisions.get(content.paymentId)
  const [leg] = decision?.legs ?? []
  if (!decision || !leg) throw new Error('not executed')
  const legs = {
    amount: { ...leg, amountMinor: 3149n },
    payee: { ...leg, payeeAccount: world.shopB.account },
    transfer: { ...leg, transferId: randomUUIDv7() },
  }
  world.core.decisions.set(content.paymentId, {
    ...decision,
    ...(typeof change === 'string' ? { legs: [legs[change]] } : change),
  })
  const receipt = await world.core.receiptOf(content.paymentId)
  expect(await complete(receipt)).toMatchObject({ status: 'exception' })
  expect(await exceptionsOf(content.paymentId)).toMatchObject([{ kind: 'differs' }])
  expect(await statusesOf([claim])).toEqual(['unsettled'])
  expect(await liveOf(content.paymentId)).toEqual([false])
})

test('a claim that its receipt leaves out is released, the others settle', async () => {
  const claimed = await basket()
  const content = world.contentOf(claimed)
  await world.core.execute(await reserve(content))
  const decision = world.core.decisions.get(content.paymentId)
  if (!decision) throw new Error('not executed')
  world.core.decisions.set(content.paymentId, { ...decision, legs: decision.legs.slice(1) })
  await complete(await world.core.receiptOf(content.paymentId))
  expect(await statusesOf(claimed)).toEqual(['unsettled', 'settled', 'settled'])
})

test('a refused or voided receipt of an unknown payment is kept, and nothing else happens', async () => {
  const claimed = await basket()
  for (const result of ['refused', 'voided'] as const) {
    const content = world.contentOf(claimed)
    const receipt = await world.core.executeUnasked(world.customerId, content, {
      result,
      legs: [],
      fees: [],
      ...(result === 'refused' ? { reason: 'already-paid' } : {}),
    })
    expect(await complete(receipt)).toEqual({ paymentId: content.paymentId, status: result })
    expect(await complete(receipt)).toMatchObject({ status: result })
    const kept = await database.db
      .select()
      .from(strayReceipts)
      .where(eq(strayReceipts.paymentId, content.paymentId))
    expect(kept).toMatchObject([{ result, receipt: expect.any(String) }])
    expect(await paymentOf(content.paymentId)).toBeUndefined()
  }
  expect(await statusesOf(claimed)).toEqual(['unsettled', 'unsettled', 'unsettled'])
})

test('a receipt that contradicts the one that settled changes nothing but is kept', async () => {
  const claimed = await basket()
  const content = world.contentOf(claimed)
  await complete(await world.core.execute(await reserve(content)))
  world.core.decisions.delete(content.paymentId)
  const voided = await world.core.executeUnasked(world.customerId, content, {
    result: 'voided',
    legs: [],
    fees: [],
  })
  expect(await complete(voided)).toMatchObject({ status: 'settled' })
  expect(await statusesOf(claimed)).toEqual(['settled', 'settled', 'settled'])
})

test('an executed receipt counts even after a void: its claims settle if they are free', async () => {
  const claimed = await basket()
  const content = world.contentOf(claimed)
  const instruction = await reserve(content)
  await complete(
    await world.core.executeUnasked(world.customerId, content, {
      result: 'voided',
      legs: [],
      fees: [],
    }),
  )
  expect(await statusesOf(claimed)).toEqual(['unsettled', 'unsettled', 'unsettled'])
  world.core.decisions.delete(content.paymentId)
  expect(await complete(await world.core.execute(instruction))).toMatchObject({
    status: 'settled',
  })
  expect(await statusesOf(claimed)).toEqual(['settled', 'settled', 'settled'])
  expect(await liveOf(content.paymentId)).toEqual([true, true, true])
})

test('an executed receipt without legs is no receipt', async () => {
  const content = world.contentOf(await basket())
  const receipt = await world.core.executeUnasked(world.customerId, content, { legs: [] })
  await expect(complete(receipt)).rejects.toMatchObject({ code: 'invalid' })
})

test('baskets that cross are reserved and completed at once without a deadlock', async () => {
  const claimed: TestClaim[] = []
  for (let at = 0; at < 6; at++) claimed.push(await world.addClaim(world.shopA, 100n + BigInt(at)))
  const run = async (order: TestClaim[]) => {
    const content = world.contentOf(order)
    const authorisation = await world.core.authorise(world.customerId, [content])
    const reserved = await reserveRun(world.deps, {
      bank: world.bank,
      customerId: world.customerId,
      payments: [content],
      authorisation,
      caller: world.caller(),
    })
    if (reserved.outcome === 'not-reserved') return
    world.core.refuseWith('insufficient-funds')
    await complete(await world.core.execute(reserved.payments[0]?.instruction ?? ''))
  }
  for (let round = 0; round < 5; round++)
    await Promise.all(
      Array.from({ length: 8 }, (_, at) => run(at % 2 ? claimed : claimed.toReversed())),
    )
  expect(new Set(await statusesOf(claimed))).toEqual(new Set(['unsettled']))
})
