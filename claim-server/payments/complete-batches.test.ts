import { eq, sql } from 'drizzle-orm'
import { Hono } from 'hono'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { batchCalls } from '#shared/batched-calls.ts'
import {
  completePayment as completeCall,
  findPayment as findCall,
  reserveRun as reserveCall,
} from '#shared/contracts/claim-server.ts'
import { claimServerBatches } from '#shared/contracts/claim-server-calls.ts'
import type { PaymentContent } from '#shared/contracts/payment-content.ts'
import { answerProblem, toAppError } from '#shared/problem.ts'
import { createServiceClient, type ServiceClient } from '#shared/service-client.ts'
import { type FreshDatabase, freshDatabase } from '../../test/support/database.ts'
import { claimHistory, claims } from '../claims/claims.table.ts'
import { notices } from '../notices/notices.table.ts'
import { reserveRun } from '../testing/reserve-run.ts'
import { type ClaimChange, makeWorld, type TestClaim, type TestWorld } from '../testing/world.ts'
import { completePayments } from './complete-payments.ts'
import { servePayments } from './payments.routes.ts'
import { exceptions } from './payments.table.ts'

let database: FreshDatabase
let world: TestWorld
const neighbour = 'C-2002'

beforeAll(async () => {
  database = await freshDatabase('claim-server')
  world = await makeWorld(database.db)
  await world.addCustomer(neighbour)
})
beforeEach(() => world.core.refuseWith(undefined))
afterAll(async () => {
  world.close()
  await database.close()
})

const newClaim = (amountMinor = 3150n, changed?: ClaimChange) =>
  world.addClaim(world.shopA, amountMinor, changed)

const codeOf = (error: unknown) => (error as { code?: string }).code ?? String(error)

const reserve = async (content: PaymentContent): Promise<string> => {
  const reserved = await reserveRun(world.deps, {
    bank: world.bank,
    customerId: world.customerId,
    payments: [content],
    authorisation: await world.core.authorise(world.customerId, [content]),
    caller: world.caller(),
  })
  return reserved.outcome === 'reserved' ? (reserved.payments[0]?.instruction ?? '') : ''
}

/** So many payments of one claim each, and their receipts. */
const executed = async (count: number) => {
  const claimed = await Promise.all(Array.from({ length: count }, () => newClaim()))
  const contents = claimed.map((one) => world.contentOf([one]))
  const instructions = await Promise.all(contents.map(reserve))
  const receipts = await Promise.all(instructions.map((one) => world.core.execute(one)))
  return { claimed, contents, receipts }
}

/** In one batch: the states, or the codes of refusals. */
const complete = async (receipts: readonly string[], caller = world.caller()) => {
  const answers = await completePayments(
    world.deps,
    receipts.map((receipt) => ({ receipt, caller })),
  )
  return answers.map((one) => ('reply' in one ? one.reply.status : codeOf(one.error)))
}

const claimOf = async ({ orderId }: TestClaim) => {
  const [row] = await database.db.select().from(claims).where(eq(claims.orderId, orderId))
  return row
}

const statusesOf = (of: readonly TestClaim[]) =>
  Promise.all(of.map(async (one) => (await claimOf(one))?.status))

const historyOf = async ({ orderId }: TestClaim) => {
  const rows = await database.db
    .select({ event: claimHistory.event })
    .from(claimHistory)
    .where(eq(claimHistory.orderId, orderId))
  return rows.map((row) => row.event).toSorted()
}

const noticesOf = async ({ orderId }: TestClaim) => {
  const rows = await database.db.select().from(notices).where(eq(notices.orderId, orderId))
  return rows.map(({ event, recipient }) => `${event} ${recipient}`).toSorted()
}

const told = (event: string) => [`${event} customer`, `${event} shop`]

describe('receipts of one batch', () => {
  test('each settle their claims; shop and customer are told once of each', async () => {
    const { claimed, contents, receipts } = await executed(5)
    expect(await complete(receipts)).toEqual(Array(5).fill('settled'))
    for (const [at, claim] of claimed.entries()) {
      expect(await claimOf(claim)).toMatchObject({
        status: 'settled',
        paymentId: contents[at]?.paymentId,
        settledAt: expect.any(Date),
      })
      expect(await historyOf(claim)).toEqual(['paying', 'settled'])
      expect(await noticesOf(claim)).toEqual(told('claim-settled'))
    }
  })

  test('one twice settles once', async () => {
    const { claimed, receipts } = await executed(2)
    const [first = '', second = ''] = receipts
    expect(await complete([first, second, first])).toEqual(Array(3).fill('settled'))
    for (const claim of claimed) {
      expect(await historyOf(claim)).toEqual(['paying', 'settled'])
      expect(await noticesOf(claim)).toEqual(told('claim-settled'))
    }
  })

  test('one signed twice is the same receipt', async () => {
    const { claimed, contents, receipts } = await executed(1)
    const again = await world.core.receiptOf(contents[0]?.paymentId ?? '')
    expect(again).not.toBe(receipts[0])
    expect(await complete([...receipts, again])).toEqual(['settled', 'settled'])
    expect(await historyOf(claimed[0] as TestClaim)).toEqual(['paying', 'settled'])
  })

  test('plain ones, a refusal, a repeat, a late one, a stranger and no receipt: each as if alone', async () => {
    const before = await executed(1)
    await complete(before.receipts)
    const plain = await executed(2)
    const refused = await newClaim()
    const instruction = await reserve(world.contentOf([refused]))
    world.core.refuseWith('insufficient-funds')
    const refusal = await world.core.execute(instruction)
    world.core.refuseWith(undefined)
    const [late, free] = [await newClaim(20n, { status: 'expired' }), await newClaim(10n)]
    const lateContent = world.contentOf([late, free])
    const answers = await complete([
      ...plain.receipts.slice(0, 1),
      refusal,
      ...before.receipts,
      await world.core.executeUnasked(world.customerId, lateContent),
      'a.b.c',
      ...plain.receipts.slice(1),
    ])
    expect(answers).toEqual(['settled', 'refused', 'settled', 'exception', 'invalid', 'settled'])
    expect(await statusesOf([...plain.claimed, ...before.claimed, refused, late, free])).toEqual([
      'settled',
      'settled',
      'settled',
      'unsettled',
      'expired',
      'settled',
    ])
    for (const claim of [...plain.claimed, ...before.claimed, free])
      expect(await noticesOf(claim)).toEqual(told('claim-settled'))
    expect(await noticesOf(late)).toEqual(told('paid-late'))
    expect(await noticesOf(refused)).toEqual([])
    const cases = eq(exceptions.paymentId, lateContent.paymentId)
    expect(await database.db.$count(exceptions, cases)).toBe(1)
  })

  test('two of one claim: it is settled by the one that holds it, wherever that stands; the other is a case', async () => {
    for (const order of [
      [0, 1],
      [1, 0],
    ]) {
      const { claimed, contents, receipts } = await executed(1)
      const unasked = world.contentOf(claimed)
      receipts.push(await world.core.executeUnasked(world.customerId, unasked))
      const answers = await complete(order.map((at) => receipts[at] ?? ''))
      expect(answers).toEqual(order.map((at) => ['settled', 'exception'][at]))
      expect(await claimOf(claimed[0] as TestClaim)).toMatchObject({
        status: 'settled',
        paymentId: contents[0]?.paymentId,
      })
    }
  })

  test('two unknown payments of one free claim: the first settles it, the second is a case', async () => {
    const claim = await newClaim()
    const [first, second] = [world.contentOf([claim]), world.contentOf([claim])]
    const receipts = [
      await world.core.executeUnasked(world.customerId, first),
      await world.core.executeUnasked(world.customerId, second),
    ]
    expect(await complete(receipts)).toEqual(['settled', 'exception'])
    expect(await claimOf(claim)).toMatchObject({ paymentId: first.paymentId })
    expect(await noticesOf(claim)).toEqual(
      [...told('claim-settled'), ...told('paid-late')].toSorted(),
    )
  })

  test('one that meets a fault of ours fails alone', async () => {
    const { claimed, contents, receipts } = await executed(3)
    const paymentId = contents[1]?.paymentId ?? ''
    const decision = world.core.decisions.get(paymentId)
    if (!decision) throw new Error('not executed')
    // The core never says the same leg twice; whatever comes of it, the others are settled.
    world.core.decisions.set(paymentId, { ...decision, legs: [...decision.legs, ...decision.legs] })
    const [first = '', , last = ''] = receipts
    const answers = await complete([first, await world.core.receiptOf(paymentId), last])
    expect(answers).toEqual(['settled', expect.stringContaining('did not settle'), 'settled'])
    expect(await statusesOf(claimed)).toEqual(['settled', 'paying', 'settled'])
  })

  test('and the same receipts in other batches at once, shuffled: each claim once, no deadlock', async () => {
    const { claimed, receipts } = await executed(6)
    const odd = await world.core.executeUnasked(
      world.customerId,
      world.contentOf([claimed[0] as TestClaim]),
    )
    const batches = Array.from({ length: 6 }, (_, at) => [
      ...receipts.slice(at),
      odd,
      ...receipts.slice(0, at).toReversed(),
    ])
    const answers = await Promise.all(batches.map((some) => complete(some)))
    expect(answers.flat().filter((one) => one === 'exception')).toHaveLength(6)
    expect(answers.flat().filter((one) => one === 'settled')).toHaveLength(36)
    expect(new Set(await statusesOf(claimed))).toEqual(new Set(['settled']))
    for (const claim of claimed.slice(1)) {
      expect(await historyOf(claim)).toEqual(['paying', 'settled'])
      expect(await noticesOf(claim)).toEqual(told('claim-settled'))
    }
    await database.db.execute(sql`select pg_stat_force_next_flush()`)
    const [row] = await database.db.execute<{ deadlocks: string }>(
      sql`select deadlocks from pg_stat_database where datname = current_database()`,
    )
    expect(Number(row?.deadlocks)).toBe(0)
  })

  test('presented twice by one token are refused, and nothing changes', async () => {
    const { receipts } = await executed(2)
    const caller = world.caller()
    await complete(receipts.slice(0, 1), caller)
    await expect(complete(receipts.slice(1), caller)).rejects.toMatchObject({
      code: 'unauthenticated',
    })
  })
})

describe('over the wire', () => {
  let portal: ServiceClient
  let requests: string[]
  beforeAll(() => {
    const app = new Hono()
    app.onError((error, c) => answerProblem(c, toAppError(error, world.deps.log)))
    servePayments(app, world.deps)
    const client = createServiceClient({
      issuer: 'bank-portal',
      baseUrl: 'http://claims.test',
      keys: world.portalKeys,
      instance: 'test',
      fetch: async (input, init) => {
        requests.push(new URL(input instanceof Request ? input.url : input).pathname)
        return app.fetch(new Request(input, init))
      },
    })
    portal = batchCalls(client, claimServerBatches)
  })
  beforeEach(() => {
    requests = []
  })

  const outcomes = async (asked: Promise<unknown>[]) =>
    (await Promise.allSettled(asked)).map((one) =>
      one.status === 'fulfilled' ? one.value : codeOf(one.reason),
    )

  const agreed = async (content: PaymentContent, customerId: string) => ({
    params: { customerId },
    body: { payments: [content], authorisation: await world.core.authorise(customerId, [content]) },
  })

  test('customers reserve, complete and look together, each on their own behalf', async () => {
    const [mine, theirs] = [await newClaim(), await newClaim(100n, { customerId: neighbour })]
    const runs = [
      await agreed(world.contentOf([mine]), world.customerId),
      await agreed(world.contentOf([theirs]), neighbour),
    ]
    const reserved = await Promise.all(
      runs.map((run) => portal(reserveCall, run, { onBehalfOf: run.params.customerId })),
    )
    const receipts = await Promise.all(
      reserved.map((one) =>
        world.core.execute(one.outcome === 'reserved' ? (one.payments[0]?.instruction ?? '') : ''),
      ),
    )
    await Promise.all(receipts.map((receipt) => portal(completeCall, { body: { receipt } })))
    const look = (at: number, customerId: string, onBehalfOf = customerId) => {
      const paymentId = runs[at]?.body.payments[0]?.paymentId ?? ''
      return portal(findCall, { params: { customerId, paymentId } }, { onBehalfOf })
    }
    const seen = await outcomes([
      look(0, world.customerId),
      look(1, neighbour),
      look(1, world.customerId),
      look(0, world.customerId, neighbour),
    ])
    expect(seen).toMatchObject([
      { status: 'settled' },
      { status: 'settled' },
      'not-found',
      'not-found',
    ])
    expect(requests).toEqual([
      '/batches/reserveRun',
      '/batches/completePayment',
      '/batches/findPayment',
    ])
  })

  test('runs that are all refused before anything is held are refusals, each its own', async () => {
    const claim = await newClaim()
    const foreign = await agreed(world.contentOf([claim]), world.customerId)
    const refund = await agreed(world.contentOf([claim], { kind: 'refund' }), world.customerId)
    const answers = await outcomes([
      portal(reserveCall, foreign, { onBehalfOf: neighbour }),
      portal(reserveCall, refund, { onBehalfOf: world.customerId }),
    ])
    expect(answers).toEqual(['not-found', 'invalid'])
    expect(await statusesOf([claim])).toEqual(['unsettled'])
  })
})
