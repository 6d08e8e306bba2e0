import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { PaymentContent } from '#shared/contracts/payment-content.ts'
import { readDocument } from '#shared/contracts/documents.ts'
import { addDays, endOfDay } from '#shared/dates.ts'
import { type FreshDatabase, freshDatabase } from '../../test/support/database.ts'
import { claimHistory, claims } from '../claims/claims.table.ts'
import { shopAccounts } from '../shops/shops.table.ts'
import { trustRings } from '../testing/fake-core.ts'
import { makeWorld, type TestClaim, type TestWorld } from '../testing/world.ts'
import { paymentClaims, payments } from './payments.table.ts'
import { reserveRun } from '../testing/reserve-run.ts'

let database: FreshDatabase
let world: TestWorld

beforeAll(async () => {
  database = await freshDatabase('claim-server')
  world = await makeWorld(database.db)
})
beforeEach(() => world.clock.set(new Date()))
afterAll(async () => {
  world.close()
  await database.close()
})

const reserve = async (contents: PaymentContent[], authorisation?: string) =>
  reserveRun(world.deps, {
    bank: world.bank,
    customerId: world.customerId,
    payments: contents,
    authorisation: authorisation ?? (await world.core.authorise(world.customerId, contents)),
    caller: world.caller(),
  })

const claimOf = async ({ orderId }: TestClaim) => {
  const [row] = await database.db.select().from(claims).where(eq(claims.orderId, orderId))
  return row
}

const twoClaims = async () => [
  await world.addClaim(world.shopA, 3150n),
  await world.addClaim(world.shopB, 2100n),
]

test('a reserved run holds its claims, and the instruction says who gets what until when', async () => {
  const basket = await twoClaims()
  const content = world.contentOf(basket)
  const reserved = await reserve([content])
  if (reserved.outcome !== 'reserved') throw new Error(reserved.reason)
  const [payment] = reserved.payments
  const { content: instruction } = await readDocument(
    trustRings('core-banking', { 'claim-server': world.deps.keys }),
    'instruction',
    payment?.instruction ?? '',
  )
  expect(instruction).toMatchObject({
    paymentId: content.paymentId,
    payer: world.customerId,
    claims: content.claims,
    groups: [{ payeeAccount: world.shopA.account }, { payeeAccount: world.shopB.account }],
  })
  const seconds = instruction.submitBefore - Date.now() / 1000
  expect(seconds).toBeGreaterThan(25)
  expect(seconds).toBeLessThanOrEqual(30)
  for (const claim of basket)
    expect(await claimOf(claim)).toMatchObject({ status: 'paying', paymentId: content.paymentId })
  const [history] = await database.db
    .select()
    .from(claimHistory)
    .where(eq(claimHistory.orderId, basket[0]?.orderId ?? ''))
  expect(history).toMatchObject({ event: 'paying', by: 'customer', paymentId: content.paymentId })
})

test('nothing new is reserved for an account that its shop stopped after the customer saw it', async () => {
  const content = world.contentOf([await world.addClaim(world.shopA, 3150n)])
  const setStopped = (stoppedAt: Date | null) =>
    database.db
      .update(shopAccounts)
      .set({ stoppedAt })
      .where(eq(shopAccounts.account, world.shopA.account))
  await setStopped(new Date())
  expect(await reserve([content])).toMatchObject({ reason: 'content-stale' })
  await setStopped(null)
  const first = await reserve([content])
  expect(first.outcome).toBe('reserved')
  await setStopped(new Date())
  expect(await reserve([content])).toEqual(first)
  await setStopped(null)
})

test('the same run again gets the same instruction, whatever became of it', async () => {
  const content = world.contentOf(await twoClaims())
  const authorisation = await world.core.authorise(world.customerId, [content])
  const first = await reserve([content], authorisation)
  expect(await reserve([content], authorisation)).toEqual(first)
  await database.db
    .update(payments)
    .set({ status: 'voided', receipt: 'r' })
    .where(eq(payments.id, content.paymentId))
  world.clock.set(new Date(Date.now() + 86_400_000))
  expect(await reserve([content], authorisation)).toEqual(first)
})

test('30 identical runs at once make one payment with one instruction', async () => {
  const basket = await twoClaims()
  const content = world.contentOf(basket)
  const authorisation = await world.core.authorise(world.customerId, [content])
  const answers = await Promise.all(
    Array.from({ length: 30 }, () => reserve([content], authorisation)),
  )
  expect(new Set(answers.map((one) => JSON.stringify(one))).size).toBe(1)
  expect(answers[0]?.outcome).toBe('reserved')
  const rows = await database.db
    .select()
    .from(paymentClaims)
    .where(eq(paymentClaims.paymentId, content.paymentId))
  expect(rows).toHaveLength(2)
})

test('of two runs for one claim at once, one holds it and the other learns by which payment', async () => {
  for (let round = 0; round < 10; round++) {
    const [shared, own] = await twoClaims()
    if (!shared || !own) throw new Error('no claims')
    const contents = [world.contentOf([shared, own]), world.contentOf([shared])]
    const answers = await Promise.all(contents.map((content) => reserve([content])))
    const winner = answers.findIndex((one) => one.outcome === 'reserved')
    expect(answers[1 - winner]).toEqual({
      outcome: 'not-reserved',
      reason: 'claim-not-payable',
      claims: [
        {
          orderNumber: shared.orderNumber,
          status: 'paying',
          paymentId: contents[winner]?.paymentId,
        },
      ],
    })
    const left = winner === 1 ? 'unsettled' : 'paying'
    expect(await claimOf(own)).toMatchObject({ status: left })
  }
})

test('another content under a known id is refused, and the first is untouched', async () => {
  const [one, other] = await twoClaims()
  if (!one || !other) throw new Error('no claims')
  const content = world.contentOf([one])
  await reserve([content])
  const changed = world.contentOf([one, other], { paymentId: content.paymentId })
  await expect(reserve([changed])).rejects.toMatchObject({ code: 'digest-mismatch' })
  const elsewhere = world.contentOf([other], { paymentId: content.paymentId })
  await expect(reserve([elsewhere])).rejects.toMatchObject({ code: 'digest-mismatch' })
  expect(await claimOf(one)).toMatchObject({ status: 'paying', paymentId: content.paymentId })
  expect(await claimOf(other)).toMatchObject({ status: 'unsettled' })
})

test('one id for two contents at once: one is reserved, the other refused', async () => {
  const [one, other] = await twoClaims()
  if (!one || !other) throw new Error('no claims')
  const first = world.contentOf([one])
  const second = world.contentOf([other], { paymentId: first.paymentId })
  const answers = await Promise.allSettled([reserve([first]), reserve([second])])
  expect(answers.map((answer) => answer.status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(answers.find((answer) => answer.status === 'rejected')).toMatchObject({
    reason: { code: 'digest-mismatch' },
  })
})

test('a claim of another customer answers as one that does not exist, and nothing is held', async () => {
  await world.addCustomer('C-2')
  const own = await world.addClaim(world.shopA, 100n)
  const foreign = await world.addClaim(world.shopA, 100n, { customerId: 'C-2' })
  await expect(reserve([world.contentOf([own, foreign])])).rejects.toMatchObject({
    code: 'not-found',
  })
  expect(await claimOf(own)).toMatchObject({ status: 'unsettled' })
  expect(await claimOf(foreign)).toMatchObject({ status: 'unsettled' })
})

test('a payment of another customer answers as one that does not exist', async () => {
  await world.addCustomer('C-3')
  const content = world.contentOf(await twoClaims())
  await reserve([content])
  await expect(
    reserveRun(world.deps, {
      bank: world.bank,
      customerId: 'C-3',
      payments: [content],
      authorisation: await world.core.authorise('C-3', [content]),
      caller: world.caller('C-3'),
    }),
  ).rejects.toMatchObject({ code: 'not-found' })
})

const changes: [string, (content: PaymentContent) => Partial<PaymentContent>][] = [
  ['amount', ({ claims: [claim] }) => ({ claims: claim ? [{ ...claim, amountMinor: 1n }] : [] })],
  [
    'payee holder',
    ({ claims: [claim] }) => ({ claims: claim ? [{ ...claim, payeeHolder: 'MALLORY' }] : [] }),
  ],
  [
    'payee account of another shop',
    ({ claims: [claim], fees: [fee] }) => ({
      claims: claim ? [{ ...claim, payeeAccount: world.shopB.account }] : [],
      fees: fee ? [{ ...fee, payeeAccount: world.shopB.account }] : [],
    }),
  ],
  [
    'payee account of nobody',
    ({ claims: [claim], fees: [fee] }) => ({
      claims: claim ? [{ ...claim, payeeAccount: '0901-101-1-7777777' }] : [],
      fees: fee ? [{ ...fee, payeeAccount: '0901-101-1-7777777' }] : [],
    }),
  ],
  ['fee', ({ fees: [fee] }) => ({ fees: fee ? [{ ...fee, feeMinor: 1n }] : [] })],
  ['payer account in another branch', () => ({ payerAccount: '0901-202-2-0020926' })],
  ['currency', () => ({ currency: 'EUR' })],
  ['day', ({ day }) => ({ day: addDays(day, 1) })],
]

test.each(changes)(
  'a content with another %s than our tables say is stale',
  async (_what, change) => {
    const claim = await world.addClaim(world.shopA, 3150n)
    const content = world.contentOf([claim])
    expect(await reserve([{ ...content, ...change(content) }])).toEqual({
      outcome: 'not-reserved',
      reason: 'content-stale',
      claims: [{ orderNumber: claim.orderNumber, status: 'unsettled', paymentId: null }],
    })
    expect(await claimOf(claim)).toMatchObject({ status: 'unsettled' })
  },
)

test('an authorisation that is not the bank’s, or for another content, reserves nothing', async () => {
  const claim = await world.addClaim(world.shopA, 3150n)
  const content = world.contentOf([claim])
  const token = await world.core.authorise(world.customerId, [content])
  const forged = `${token.slice(0, -4)}${token.endsWith('AAAA') ? 'BBBB' : 'AAAA'}`
  const other = await world.core.authorise(world.customerId, [
    { ...content, payerAccount: '0901-202-2-0020926' },
  ])
  const forSomebodyElse = await world.core.authorise('C-9', [content])
  await expect(reserve([content], forged)).rejects.toMatchObject({ code: 'invalid' })
  await expect(reserve([content], other)).rejects.toMatchObject({ code: 'invalid' })
  await expect(reserve([content], forSomebodyElse)).rejects.toMatchObject({ code: 'not-found' })
  expect(await claimOf(claim)).toMatchObject({ status: 'unsettled' })
})

test('an authorisation that has ended reserves nothing', async () => {
  const content = world.contentOf([await world.addClaim(world.shopA, 3150n)])
  const authorisation = await world.core.authorise(world.customerId, [content], 300)
  expect(await reserve([content], authorisation)).toMatchObject({
    outcome: 'not-reserved',
    reason: 'authorisation-expired',
  })
})

test('submit-before is never after the end of the authorisation', async () => {
  // At noon: just after midnight it would have been agreed to on the day before.
  const midnight = endOfDay(world.bank.timeZone, world.today())
  world.clock.set(new Date(midnight.getTime() - 12 * 3600_000))
  const content = world.contentOf([await world.addClaim(world.shopA, 3150n)])
  const authorisation = await world.core.authorise(world.customerId, [content], 290)
  const reserved = await reserve([content], authorisation)
  if (reserved.outcome !== 'reserved') throw new Error(reserved.reason)
  const left = (reserved.payments[0]?.submitBefore.getTime() ?? 0) - Date.now()
  expect(left).toBeLessThanOrEqual(10_000)
})

test('what was agreed to before midnight is on time a minute after it', async () => {
  const limit = world.today()
  const claim = await world.addClaim(world.shopA, 3150n, { timeLimit: limit })
  const midnight = endOfDay(world.bank.timeZone, limit)
  const content = world.contentOf([claim])
  world.clock.set(new Date(midnight.getTime() + 60_000))
  const late = await world.core.authorise(
    world.customerId,
    [{ ...content, day: world.today() }],
    30,
  )
  expect(await reserve([{ ...content, day: world.today() }], late)).toMatchObject({
    reason: 'claim-not-payable',
  })
  const onTime = await world.core.authorise(world.customerId, [content], 90)
  expect((await reserve([content], onTime)).outcome).toBe('reserved')
})

test.each(['expired', 'cancelled', 'declined'] as const)(
  'a claim that is %s is not payable',
  async (status) => {
    const claim = await world.addClaim(world.shopA, 3150n, { status })
    expect(await reserve([world.contentOf([claim])])).toMatchObject({
      reason: 'claim-not-payable',
      claims: [{ orderNumber: claim.orderNumber, status, paymentId: null }],
    })
  },
)

test('a run of two payments is held whole or not at all', async () => {
  const [one, other] = await twoClaims()
  const third = await world.addClaim(world.shopA, 500n, { status: 'cancelled' })
  if (!one || !other) throw new Error('no claims')
  const contents = [world.contentOf([one]), world.contentOf([other, third])]
  expect((await reserve(contents)).outcome).toBe('not-reserved')
  expect(await claimOf(one)).toMatchObject({ status: 'unsettled' })
  const again = [world.contentOf([one]), world.contentOf([other])]
  const reserved = await reserve(again)
  expect(reserved).toMatchObject({ outcome: 'reserved', payments: [{}, {}] })
  const rows = await database.db
    .select({ runId: payments.runId })
    .from(payments)
    .where(sql`${payments.id} in ${again.map((one) => one.paymentId)}`)
  expect(new Set(rows.map((row) => row.runId)).size).toBe(1)
})

test('a run that names an id or a claim twice, or another kind of payment, is invalid', async () => {
  const claim = await world.addClaim(world.shopA, 3150n)
  const content = world.contentOf([claim])
  await expect(reserve([content, content])).rejects.toMatchObject({ code: 'invalid' })
  await expect(reserve([content, world.contentOf([claim])])).rejects.toMatchObject({
    code: 'invalid',
  })
  await expect(reserve([{ ...content, kind: 'refund' }])).rejects.toMatchObject({ code: 'invalid' })
})

test('a token presented twice is refused the second time, also after a refusal', async () => {
  const content = world.contentOf([await world.addClaim(world.shopA, 1n, { status: 'cancelled' })])
  const caller = world.caller()
  const run = {
    bank: world.bank,
    customerId: world.customerId,
    payments: [content],
    authorisation: await world.core.authorise(world.customerId, [content]),
    caller,
  }
  expect((await reserveRun(world.deps, run)).outcome).toBe('not-reserved')
  await expect(reserveRun(world.deps, run)).rejects.toMatchObject({ code: 'unauthenticated' })
})
