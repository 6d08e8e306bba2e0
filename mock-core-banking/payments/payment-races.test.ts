import fc from 'fast-check'
import { and, eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { voidPayment } from '#shared/contracts/core-banking.ts'
import { digestOf, type PaymentContent, totalOf } from '#shared/contracts/payment-content.ts'
import { newOrderNumber } from '#shared/order-number.ts'
import { openTestBank, type TestBank } from '../../test/support/core-bank.ts'
import {
  authorise,
  balanceOf,
  execute,
  haruka,
  harukaCurrent,
  harukaSavings,
  hats,
  hatsAccount,
  instruct,
  kenji,
  newPayment,
  pay,
  readReceipt,
  shoes,
  shoesAccount,
} from '../../test/support/core-payments.ts'
import { accounts } from '../accounts/accounts.table.ts'
import { checkBooks } from './check-books.ts'
import { legs, payments } from './payments.table.ts'

let bank: TestBank
beforeAll(async () => {
  bank = await openTestBank()
})
afterAll(async () => {
  await bank.close()
})

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index))

const voidAs = async (content: PaymentContent) => {
  const { receipt } = await bank.callAs['claim-server'](voidPayment, {
    params: { paymentId: content.paymentId },
    body: { payer: haruka.customerId, digest: digestOf(content), kind: content.kind },
  })
  return readReceipt(bank, receipt)
}

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
    { timeout: 5000, interval: 20 },
  )

const booksDiffer = async () => (await checkBooks(bank.deps)).differences

const deadlocks = async () => {
  await bank.deps.db.execute(sql`select pg_stat_force_next_flush()`)
  const [row] = await bank.deps.db.execute<{ deadlocks: string }>(
    sql`select deadlocks from pg_stat_database where datname = current_database()`,
  )
  return Number(row?.deadlocks)
}

test('thirty executes of one id at once: one row, one receipt, one transfer', async () => {
  const content = newPayment(bank)
  const before = await balanceOf(bank, haruka, harukaSavings)
  const documents = {
    instruction: await instruct(bank, content),
    authorisation: await authorise(bank, [content]),
  }
  const receipts = await Promise.all(times(30, () => execute(bank, content.paymentId, documents)))
  const distinct = new Set(
    receipts.map(
      ({ legs, decidedAt, result }) => `${result} ${legs[0]?.transferId} ${decidedAt.getTime()}`,
    ),
  )
  expect(distinct.size).toBe(1)
  expect(receipts[0]?.result).toBe('executed')
  expect(await balanceOf(bank, haruka, harukaSavings)).toBe((before ?? 0n) - 3_150n)
})

test('two payments of one claim at once: one is executed, the other refused as already paid', async () => {
  const results = await Promise.all(
    times(20, async () => {
      const first = newPayment(bank, { claims: [{ amountMinor: 10n }] })
      const second = newPayment(bank, {
        payerAccount: harukaCurrent,
        claims: [{ ...first.claims[0], payeeAccount: hatsAccount, payeeHolder: hats.holder }],
      })
      const both = await Promise.all([pay(bank, first), pay(bank, second)])
      return both.map((one) => one.reason ?? one.result).toSorted()
    }),
  )
  expect(results).toEqual(times(20, () => ['already-paid', 'executed']))
})

test('void and execute of one id at once: one of them decides, and both tell the same', async () => {
  const outcomes = await Promise.all(
    times(40, async (index) => {
      const content = newPayment(bank, { claims: [{ amountMinor: 1n }] })
      const race = [() => pay(bank, content), () => voidAs(content)]
      if (index % 2) race.reverse()
      const [first, second] = await Promise.all(race.map((run) => run()))
      expect(first?.result).toBe(second?.result)
      const executed = await bank.deps.db
        .select()
        .from(legs)
        .where(eq(legs.paymentId, content.paymentId))
      expect(executed).toHaveLength(first?.result === 'executed' ? 1 : 0)
      return first?.result
    }),
  )
  expect(new Set(outcomes).size).toBeLessThanOrEqual(2)
  expect(outcomes.every((one) => one === 'executed' || one === 'voided')).toBe(true)
})

test('a void that comes while the payment is being executed waits, and answers the executed receipt', async () => {
  const content = newPayment(bank)
  let executing: Promise<unknown> = Promise.resolve()
  let voiding: ReturnType<typeof voidAs> | undefined
  await bank.deps.db.transaction(async (tx) => {
    // Holds the execute half-way: it has its id, and waits for the payer's account.
    await tx.select().from(accounts).where(eq(accounts.account, harukaSavings)).for('update')
    executing = pay(bank, content)
    await waitingFor(1)
    voiding = voidAs(content)
    await waitingFor(2)
  })
  expect(await executing).toMatchObject({ result: 'executed' })
  expect(await voiding).toMatchObject({ result: 'executed' })
})

test('payments that cross, from two accounts to each other, never wait for each other in a ring', async () => {
  const [a, b] = [
    { payer: haruka.customerId, account: harukaSavings, holder: haruka.name },
    { payer: kenji.customerId, account: kenji.accounts[0].account, holder: kenji.name },
  ]
  const before = await Promise.all([
    balanceOf(bank, haruka, a.account),
    balanceOf(bank, kenji, b.account),
  ])
  const receipts = await Promise.all(
    times(40, (index) => {
      const [from, to] = index % 2 ? [a, b] : [b, a]
      const content = newPayment(bank, {
        payerAccount: from.account,
        claims: [{ payeeAccount: to.account, payeeHolder: to.holder, amountMinor: 7n }],
        feeMinor: 1n,
      })
      const by = { payer: from.payer }
      return pay(bank, content, { instruction: by, authorisation: by })
    }),
  )
  expect(receipts.map((one) => one.result)).toEqual(times(40, () => 'executed'))
  expect(
    await Promise.all([balanceOf(bank, haruka, a.account), balanceOf(bank, kenji, b.account)]),
  ).toEqual(before.map((balance) => (balance ?? 0n) - 20n))
  expect(await deadlocks()).toBe(0)
})

test('payments that share claims in any order never wait for each other in a ring', async () => {
  const orderNumbers = times(4, () => newOrderNumber())
  const receipts = await Promise.all(
    times(24, (index) => {
      const claims = orderNumbers.map((orderNumber) => ({ orderNumber, amountMinor: 1n }))
      return pay(bank, newPayment(bank, { claims: index % 2 ? claims : claims.toReversed() }))
    }),
  )
  expect(receipts.filter((one) => one.result === 'executed')).toHaveLength(1)
  expect(await deadlocks()).toBe(0)
})

test('many baskets of an account that can pay one: none is paid in part', async () => {
  const { account } = kenji.accounts[1]
  const balance = (await balanceOf(bank, kenji, account)) ?? 0n
  const by = { payer: kenji.customerId }
  const share = balance / 2n / 3n + 1n
  const receipts = await Promise.all(
    times(25, () =>
      pay(
        bank,
        newPayment(bank, {
          payerAccount: account,
          claims: [
            { amountMinor: share },
            { amountMinor: share },
            { amountMinor: share, payeeAccount: hatsAccount, payeeHolder: hats.holder },
          ],
        }),
        { instruction: by, authorisation: by },
      ),
    ),
  )
  expect(receipts.filter((one) => one.result === 'executed')).toHaveLength(1)
  expect(receipts.filter((one) => one.reason === 'insufficient-funds')).toHaveLength(24)
  expect(await balanceOf(bank, kenji, account)).toBe(balance - 3n * share)
})

describe('refunds that race', () => {
  const refundOf = (paid: PaymentContent, amountMinor: bigint) =>
    newPayment(bank, {
      kind: 'refund',
      payerAccount: shoesAccount,
      claims: [
        {
          orderNumber: paid.claims[0]?.orderNumber ?? '',
          payeeAccount: harukaSavings,
          payeeHolder: haruka.name,
          amountMinor,
        },
      ],
    })

  test('never pay back more than was paid', async () => {
    const paid = newPayment(bank, { claims: [{ amountMinor: 1_000n }] })
    await pay(bank, paid)
    const receipts = await Promise.all(times(10, () => pay(bank, refundOf(paid, 300n))))
    expect(receipts.filter((one) => one.result === 'executed')).toHaveLength(3)
    expect((await pay(bank, refundOf(paid, 100n))).result).toBe('executed')
    expect((await pay(bank, refundOf(paid, 1n))).reason).toBe('already-paid')
  })

  test('with their own payment find it executed, or are refused', async () => {
    await Promise.all(
      times(10, async () => {
        const paid = newPayment(bank, { claims: [{ amountMinor: 50n }] })
        const [first, back] = await Promise.all([pay(bank, paid), pay(bank, refundOf(paid, 50n))])
        expect(first.result).toBe('executed')
        expect(['executed', 'refused']).toContain(back.result)
      }),
    )
  })
})

test('whatever is paid by whom at once: the sum of all accounts stays, and no limit is passed', async () => {
  const people = [
    { payer: haruka.customerId, account: harukaSavings, holder: haruka.name },
    { payer: haruka.customerId, account: harukaCurrent, holder: haruka.name },
    { payer: kenji.customerId, account: kenji.accounts[0].account, holder: kenji.name },
    { payer: '', account: shoesAccount, holder: shoes.holder },
    { payer: '', account: hatsAccount, holder: hats.holder },
  ]
  const place = fc.nat({ max: people.length - 1 })
  interface Drawn {
    from: number
    claims: { to: number; amount: bigint }[]
    feeMinor: bigint
  }
  const payment: fc.Arbitrary<Drawn> = fc.record({
    from: fc.nat({ max: 2 }),
    claims: fc.array(fc.record({ to: place, amount: fc.bigInt(1n, 90_000n) }), {
      minLength: 1,
      maxLength: 4,
    }),
    feeMinor: fc.bigInt(0n, 300n),
  })
  const total = async () => {
    const [row] = await bank.deps.db
      .select({ sum: sql<string>`sum(${accounts.balanceMinor})` })
      .from(accounts)
    return row?.sum
  }
  const run = async ({ from, claims, feeMinor }: Drawn) => {
    const payer = people[from]
    const content = newPayment(bank, {
      payerAccount: payer?.account ?? '',
      claims: claims.map(({ to, amount }) => ({
        payeeAccount: people[to]?.account ?? '',
        payeeHolder: people[to]?.holder ?? '',
        amountMinor: amount,
      })),
      feeMinor,
    })
    const by = { payer: payer?.payer ?? '' }
    const receipt = await pay(bank, content, { instruction: by, authorisation: by })
    return { content, receipt }
  }
  await fc.assert(
    fc.asyncProperty(fc.array(payment, { minLength: 10, maxLength: 25 }), async (batch) => {
      const done = await Promise.all(batch.map(run))
      const short = done.filter(({ receipt }) => receipt.reason === 'insufficient-funds')
      expect(
        short.every(({ content, receipt }) => (receipt.shortByMinor ?? 0n) <= totalOf(content)),
      ).toBe(true)
      expect(await total()).toBe('0')
      expect(await booksDiffer()).toEqual([])
    }),
    { numRuns: 6 },
  )
}, 30_000)

test('after all of this the books are right, and nothing is left undecided', async () => {
  expect(await booksDiffer()).toEqual([])
  const open = await bank.deps.db
    .select()
    .from(payments)
    .where(and(eq(payments.result, 'executed'), sql`${payments.reason} is not null`))
  expect(open).toEqual([])
})
