import { randomUUIDv7 } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { batchCalls } from '#shared/batched-calls.ts'
import { coreBankingBatches, executePayment } from '#shared/contracts/core-banking.ts'
import { digestOf, type PaymentContent } from '#shared/contracts/payment-content.ts'
import { createServiceClient } from '#shared/service-client.ts'
import type { ServiceCaller } from '#shared/service-token.ts'
import { openTestBank, origin, type TestBank } from '../../test/support/core-bank.ts'
import {
  authorise,
  haruka,
  harukaSavings,
  hatsAccount,
  hats,
  instruct,
  kenji,
  newPayment,
  readReceipt,
  yuki,
} from '../../test/support/core-payments.ts'
import { accounts } from '../accounts/accounts.table.ts'
import { checkBooks } from './check-books.ts'
import { executePayments, type PaymentToExecute } from './execute-payments.ts'
import { lockPayments } from './lock-payments.ts'
import { payments, transfers } from './payments.table.ts'

let bank: TestBank
beforeAll(async () => {
  bank = await openTestBank()
})
afterAll(() => bank.close())

type Customer = typeof haruka | typeof kenji | typeof yuki
type Documents = Omit<PaymentToExecute, 'caller'>
type Order = Documents & { onBehalfOf: string }

const orderOf = async (
  content: PaymentContent,
  {
    payer = haruka,
    onBehalfOf = payer.customerId,
    transferId,
  }: { payer?: Customer; onBehalfOf?: string; transferId?: string } = {},
): Promise<Order> => {
  const by = { payer: payer.customerId }
  const groups = content.fees.map((fee) => ({
    ...fee,
    transferId: transferId ?? randomUUIDv7(),
    reference: '',
  }))
  return {
    paymentId: content.paymentId,
    instruction: await instruct(bank, content, { ...by, groups }),
    authorisation: await authorise(bank, [content], by),
    onBehalfOf,
  }
}

const newCaller = (): ServiceCaller => ({
  issuer: 'bank-portal',
  tokenId: randomUUIDv7(),
  expiresAt: new Date(Date.now() + 60_000),
  onBehalfOf: undefined,
  correlationId: undefined,
})

/** In one batch, as the routes pass it on; receipts read, errors as they are. */
const together = async (orders: readonly Order[], deps = bank.deps) => {
  const caller = newCaller()
  const answers = await executePayments(
    deps,
    orders.map(({ onBehalfOf, ...order }) => ({ ...order, caller: { ...caller, onBehalfOf } })),
  )
  return Promise.all(
    answers.map(async (one) =>
      'reply' in one ? readReceipt(bank, one.reply.receipt) : (one.error as Error),
    ),
  )
}

const said = (answer: Awaited<ReturnType<typeof together>>[number] | undefined) => {
  if (!answer) return undefined
  if (answer instanceof Error) return 'code' in answer ? answer.code : answer.message
  return answer.reason ?? answer.result
}

const balanceOf = async (account: string): Promise<bigint> => {
  const [row] = await bank.deps.db.select().from(accounts).where(eq(accounts.account, account))
  return row?.balanceMinor ?? 0n
}

const isStored = async ({ paymentId }: PaymentContent) =>
  (await bank.deps.db.$count(payments, eq(payments.paymentId, paymentId))) > 0

const yukiAccount = yuki.accounts[0].account
const kenjiAccount = kenji.accounts[0].account

const toYuki = (amountMinor: bigint) =>
  newPayment(bank, {
    claims: [{ payeeAccount: yukiAccount, payeeHolder: yuki.name, amountMinor }],
  })

const ofYuki = (amountMinor: bigint, rest: object = {}) =>
  newPayment(bank, { payerAccount: yukiAccount, claims: [{ amountMinor }], ...rest })

describe('in one batch', () => {
  test('of two payments of an account that can pay one, one is executed, the other refused for funds', async () => {
    expect(await balanceOf(yukiAccount)).toBe(1_200n)
    const by = { payer: yuki }
    const [first, second] = await together([
      await orderOf(ofYuki(1_000n), by),
      await orderOf(ofYuki(1_000n), by),
    ])
    expect(first).toMatchObject({ result: 'executed' })
    expect(second).toMatchObject({ reason: 'insufficient-funds', shortByMinor: 800n })
    expect(await balanceOf(yukiAccount)).toBe(200n)
  })

  test('fees count: what the first one’s fee took is not there for the second', async () => {
    const before = await balanceOf(yukiAccount)
    const by = { payer: yuki }
    const answers = await together([
      await orderOf(ofYuki(before - 110n, { feeMinor: 110n }), by),
      await orderOf(ofYuki(1n), by),
    ])
    expect(answers.map(said)).toEqual(['executed', 'insufficient-funds'])
    expect(await balanceOf(yukiAccount)).toBe(0n)
  })

  test('money that the first brings can be spent by the second, not by one before it', async () => {
    const before = await balanceOf(yukiAccount)
    const by = { payer: yuki }
    const answers = await together([
      await orderOf(ofYuki(before + 1n), by),
      await orderOf(toYuki(5_000n)),
      await orderOf(ofYuki(before + 5_000n), by),
    ])
    expect(answers.map(said)).toEqual(['insufficient-funds', 'executed', 'executed'])
    expect(await balanceOf(yukiAccount)).toBe(0n)
  })

  test('of two payments of one claim the second is refused as already paid', async () => {
    const first = newPayment(bank, { claims: [{}, {}] })
    const second = newPayment(bank, { claims: [{}, first.claims[1] ?? {}] })
    const answers = await together([await orderOf(first), await orderOf(second)])
    expect(answers.map(said)).toEqual(['executed', 'already-paid'])
  })

  test('a payment refused for one claim leaves its other claim to the next', async () => {
    const first = newPayment(bank)
    const second = newPayment(bank, { claims: [first.claims[0] ?? {}, {}] })
    const third = newPayment(bank, { claims: [second.claims[1] ?? {}] })
    const orders = [await orderOf(first), await orderOf(second), await orderOf(third)]
    expect((await together(orders)).map(said)).toEqual(['executed', 'already-paid', 'executed'])
  })

  test('one payment id twice is one execution, and its receipt twice', async () => {
    const content = newPayment(bank)
    const before = await balanceOf(harukaSavings)
    const order = await orderOf(content)
    const [first, second] = await together([order, order])
    expect(first).toMatchObject({ result: 'executed', jti: content.paymentId })
    expect(second).toEqual(first)
    expect(await balanceOf(harukaSavings)).toBe(before - 3_150n)
  })

  test('a refusal counts for the same id after it, though money came in between', async () => {
    const by = { payer: yuki }
    const tooMuch = await orderOf(ofYuki((await balanceOf(yukiAccount)) + 700n), by)
    const answers = await together([tooMuch, await orderOf(toYuki(700n)), tooMuch])
    expect(answers.map(said)).toEqual(['insufficient-funds', 'executed', 'insufficient-funds'])
  })

  test('the same id with another content is refused for itself', async () => {
    const content = newPayment(bank)
    const other = { ...content, claims: newPayment(bank).claims }
    const answers = await together([
      await orderOf(content),
      await orderOf(other),
      await orderOf(newPayment(bank)),
    ])
    expect(answers.map(said)).toEqual(['executed', 'digest-mismatch', 'executed'])
    expect(answers[0]).toMatchObject({ digest: digestOf(content) })
  })

  test('documents that don’t verify, or another customer’s payment, leave the others alone', async () => {
    const [bent, foreign, last] = [newPayment(bank), newPayment(bank), newPayment(bank)]
    const { authorisation, ...order } = await orderOf(bent)
    const answers = await together([
      { ...order, authorisation: order.instruction, instruction: authorisation },
      await orderOf(foreign, { onBehalfOf: kenji.customerId }),
      await orderOf(last),
    ])
    expect(answers.map(said)).toEqual(['unauthenticated', 'not-found', 'executed'])
    expect([await isStored(bent), await isStored(foreign)]).toEqual([false, false])
  })

  test('the payments of one run share an authorisation, which is good for those that it names', async () => {
    const [first, second, third] = [newPayment(bank), newPayment(bank), newPayment(bank)]
    const authorisation = await authorise(bank, [first, second])
    const orders = await Promise.all([first, second, third].map((one) => orderOf(one)))
    const answers = await together(orders.map((one) => ({ ...one, authorisation })))
    expect(answers.map(said)).toEqual(['executed', 'executed', 'not-authorised'])
  })

  test('a transfer id that another payment used fails alone', async () => {
    const transferId = randomUUIDv7()
    await together([await orderOf(newPayment(bank), { transferId })])
    const [before, bad, after] = [newPayment(bank), newPayment(bank), newPayment(bank)]
    const answers = await together([
      await orderOf(before),
      await orderOf(bad, { transferId }),
      await orderOf(after),
    ])
    expect(answers.map(said)).toEqual(['executed', 'invalid', 'executed'])
    expect(answers[1]).toMatchObject({ errors: [{ pointer: '#/instruction' }] })
    expect(await isStored(bad)).toBe(false)
    expect(await bank.deps.db.$count(transfers, eq(transfers.transferId, transferId))).toBe(1)
  })

  test('a transfer id that two of them bring is the first one’s', async () => {
    const transferId = randomUUIDv7()
    const answers = await together([
      await orderOf(newPayment(bank), { transferId }),
      await orderOf(newPayment(bank), { transferId }),
    ])
    expect(answers.map(said)).toEqual(['executed', 'invalid'])
  })
})

/** Until so many connections of this database wait for a lock. */
const waitingFor = (count: number) =>
  vi.waitFor(
    async () => {
      const [row] = await bank.deps.db.execute<{ waiting: number }>(
        sql`select count(*)::int as waiting from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock'`,
      )
      expect(row?.waiting).toBe(count)
    },
    { timeout: 8000, interval: 20 },
  )

test('executes that wait for another of their id find what that one decided, at the first try', async () => {
  let begun = 0
  const counted = new Proxy(bank.deps.db, {
    get(target, name, receiver) {
      if (name === 'transaction') begun += 1
      return Reflect.get(target, name, receiver) as unknown
    },
  })
  const order = await orderOf(newPayment(bank))
  let asked: ReturnType<typeof together>[] = []
  await bank.deps.db.transaction(async (tx) => {
    await lockPayments(tx, [order.paymentId])
    asked = [1, 2, 3].map(() => together([order], { ...bank.deps, db: counted }))
    await waitingFor(3)
  })
  const answers = (await Promise.all(asked)).flat()
  expect(answers.map(said)).toEqual(['executed', 'executed', 'executed'])
  expect(begun).toBe(3)
})

test('a batch presented twice is refused the second time, and nothing moves', async () => {
  const again: (() => Promise<Response>)[] = []
  const client = createServiceClient({
    issuer: 'bank-portal',
    baseUrl: origin,
    keys: bank.rings['bank-portal'],
    instance: 'test',
    fetch: async (input, init) => {
      const present = async () => bank.app.request(input as URL, init)
      again.push(present)
      return present()
    },
  })
  const call = batchCalls(client, coreBankingBatches)
  const orders = [await orderOf(newPayment(bank)), await orderOf(newPayment(bank))]
  await Promise.all(
    orders.map(({ paymentId, instruction, authorisation, onBehalfOf }) =>
      call(
        executePayment,
        { params: { paymentId }, body: { instruction, authorisation } },
        { onBehalfOf },
      ),
    ),
  )
  expect(again).toHaveLength(1)
  const before = await balanceOf(harukaSavings)
  expect((await again[0]?.())?.status).toBe(401)
  expect(await balanceOf(harukaSavings)).toBe(before)
})

const deadlocks = async () => {
  await bank.deps.db.execute(sql`select pg_stat_force_next_flush()`)
  const [row] = await bank.deps.db.execute<{ deadlocks: string }>(
    sql`select deadlocks from pg_stat_database where datname = current_database()`,
  )
  return Number(row?.deadlocks)
}

const shuffled = <T>(all: readonly T[], by: number): T[] =>
  all.map((_one, at) => all[(at * by + by) % all.length] as T)

describe('batches at once that cross', () => {
  const crossing = () =>
    Array.from({ length: 7 }, (_, at) => {
      const [payer, payee] = at % 2 ? [haruka, kenji] : [kenji, haruka]
      const content = newPayment(bank, {
        payerAccount: payer.accounts[0].account,
        claims: [
          { payeeAccount: payee.accounts[0].account, payeeHolder: payee.name, amountMinor: 7n },
          { payeeAccount: hatsAccount, payeeHolder: hats.holder, amountMinor: 1n },
        ],
        feeMinor: 1n,
      })
      return { content, payer }
    })

  const run = async (usedTransferId?: string) => {
    const wanted = crossing()
    const orders = await Promise.all(
      wanted.map(({ content, payer }) => orderOf(content, { payer })),
    )
    const batches = await Promise.all(
      Array.from({ length: 6 }, async (_, at) => {
        const bad = usedTransferId
          ? [await orderOf(newPayment(bank), { transferId: usedTransferId })]
          : []
        return [...shuffled(orders, at + 1), ...bad]
      }),
    )
    const answers = await Promise.all(batches.map((batch) => together(batch)))
    return { answers, wanted }
  }

  const check = async (
    { answers, wanted }: Awaited<ReturnType<typeof run>>,
    before: readonly bigint[],
  ) => {
    for (const some of answers)
      expect(some.slice(0, wanted.length).map(said)).toEqual(wanted.map(() => 'executed'))
    const after = await Promise.all([balanceOf(harukaSavings), balanceOf(kenjiAccount)])
    // Three from Haruka, four from Kenji; each costs its payer eight and two fees.
    expect(after.map((balance, at) => balance - (before[at] ?? 0n))).toEqual([
      4n * 7n - 3n * 10n,
      3n * 7n - 4n * 10n,
    ])
  }

  test('and bring the same payments, shuffled: each is executed once, and none waits in a ring', async () => {
    const before = await Promise.all([balanceOf(harukaSavings), balanceOf(kenjiAccount)])
    await check(await run(), before)
    expect(await deadlocks()).toBe(0)
  })

  test('and hold one that fails, so that all are tried one by one, don’t wait in a ring either', async () => {
    const transferId = randomUUIDv7()
    await together([await orderOf(newPayment(bank), { transferId })])
    const before = await Promise.all([balanceOf(harukaSavings), balanceOf(kenjiAccount)])
    const done = await run(transferId)
    expect(done.answers.map((some) => said(some.at(-1)))).toEqual(done.answers.map(() => 'invalid'))
    await check(done, before)
    expect(await deadlocks()).toBe(0)
  })
})

test('after all of this the books are right', async () => {
  expect((await checkBooks(bank.deps)).differences).toEqual([])
})
