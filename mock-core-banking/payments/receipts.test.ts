import { randomUUIDv7 } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  checkBooks,
  findReceipts,
  listExecuted,
  voidPayment,
} from '#shared/contracts/core-banking.ts'
import { digestOf } from '#shared/contracts/payment-content.ts'
import { makeKey } from '#shared/keys.ts'
import { openTestBank, type TestBank } from '../../test/support/core-bank.ts'
import {
  authorise,
  haruka,
  hats,
  hatsAccount,
  instruct,
  newPayment,
  pay,
  readReceipt,
} from '../../test/support/core-payments.ts'
import { accounts } from '../accounts/accounts.table.ts'
import { executePayments } from './execute-payments.ts'
import { executedPage } from './list-executed.ts'
import { legs, payments, postings, transfers } from './payments.table.ts'

let bank: TestBank
beforeAll(async () => {
  bank = await openTestBank()
})
afterAll(() => bank.close())

const find = async (...paymentIds: string[]) =>
  (await bank.callAs['claim-server'](findReceipts, { body: { paymentIds } })).receipts

const voidId = async (paymentId: string) => {
  const { receipt } = await bank.callAs['claim-server'](voidPayment, {
    params: { paymentId },
    body: { payer: haruka.customerId, digest: digestOf(newPayment(bank)), kind: 'payment' },
  })
  return readReceipt(bank, receipt)
}

/** What a receipt says, but for when it was signed. */
const textOf = (receipt: string) =>
  Buffer.from(receipt.split('.')[1] ?? '', 'base64url')
    .toString()
    .replace(/"iat":\d+/, '"iat":0')

describe('receipts', () => {
  test('are found in the order asked; an id that was never heard of is null', async () => {
    const [paid, unknown] = [newPayment(bank), randomUUIDv7()]
    const voided = randomUUIDv7()
    await pay(bank, paid)
    await voidId(voided)
    const found = await find(unknown, voided, paid.paymentId)
    expect(found.map((one) => one.paymentId)).toEqual([unknown, voided, paid.paymentId])
    expect(found[0]?.receipt).toBeNull()
    const results = await Promise.all(
      found.slice(1).map(async (one) => (await readReceipt(bank, one.receipt ?? '')).result),
    )
    expect(results).toEqual(['voided', 'executed'])
  })

  test('are signed again with the newest key', async () => {
    const paid = newPayment(bank)
    await pay(bank, paid)
    const kid = await makeKey(bank.deps.config.KEYS_DIR, 'receipt')
    // The ring looks at its folder once a second.
    await new Promise((resolve) => setTimeout(resolve, 1_100))
    const [found] = await find(paid.paymentId)
    const header = JSON.parse(
      Buffer.from(found?.receipt?.split('.')[0] ?? '', 'base64url').toString(),
    )
    expect(header.kid).toBe(kid)
    expect(await readReceipt(bank, found?.receipt ?? '')).toMatchObject({ result: 'executed' })
  })

  test('of payments decided just now say, to the byte, what is read back of them later', async () => {
    const toHats = { payeeAccount: hatsAccount, payeeHolder: hats.holder }
    const contents = [
      newPayment(bank, { claims: [{}, toHats, {}, toHats, {}], feeMinor: 110n }),
      newPayment(bank, { claims: [{ payeeHolder: 'Nobody' }] }),
      newPayment(bank, { claims: [{ amountMinor: 99_000_000_000n }] }),
    ]
    const caller = {
      issuer: 'bank-portal' as const,
      tokenId: randomUUIDv7(),
      expiresAt: new Date(Date.now() + 60_000),
      onBehalfOf: haruka.customerId,
      correlationId: undefined,
    }
    const inputs = await Promise.all(
      contents.map(async (content) => ({
        paymentId: content.paymentId,
        instruction: await instruct(bank, content),
        authorisation: await authorise(bank, [content]),
        caller,
      })),
    )
    const readingNothing: typeof bank.deps.db = Object.create(bank.deps.db, {
      select: { value: () => expect.unreachable() },
    })
    const answers = await executePayments({ ...bank.deps, db: readingNothing }, inputs)
    const receipts = answers.map((one) => ('reply' in one ? one.reply.receipt : ''))
    const results = await Promise.all(receipts.map((one) => readReceipt(bank, one)))
    expect(results.map((one) => one.reason ?? one.result)).toEqual([
      'executed',
      'payee-not-found',
      'insufficient-funds',
    ])
    const later = await find(...contents.map((content) => content.paymentId))
    expect(receipts.map(textOf)).toEqual(later.map((one) => textOf(one.receipt ?? '')))
  })

  test('a void is stored once and repeated', async () => {
    const paymentId = randomUUIDv7()
    const [first, second] = [await voidId(paymentId), await voidId(paymentId)]
    expect(first).toMatchObject({ result: 'voided', payer: haruka.customerId, legs: [], fees: [] })
    expect(second.decidedAt).toEqual(first.decidedAt)
    expect(second.digest).toBe(first.digest)
  })

  test('a void of an executed payment answers its receipt', async () => {
    const paid = newPayment(bank)
    await pay(bank, paid)
    expect(await voidId(paid.paymentId)).toMatchObject({
      result: 'executed',
      digest: digestOf(paid),
    })
  })
})

describe('the list of executed payments', () => {
  const list = (query: object) => bank.callAs['claim-server'](listExecuted, { query })

  test('is in order of decision, page by page, without refusals and voids', async () => {
    await bank.deps.db.execute(
      sql`truncate ${payments}, ${transfers}, ${postings}, ${legs} restart identity`,
    )
    const paid: string[] = []
    for (let index = 0; index < 7; index++) {
      const content = newPayment(bank, { claims: [{ amountMinor: 1n }, { amountMinor: 2n }] })
      await pay(bank, content)
      paid.push(content.paymentId)
      await pay(bank, newPayment(bank, { claims: [{ payeeHolder: 'Nobody' }] }))
      await voidId(randomUUIDv7())
    }
    const listed: string[] = []
    let cursor: string | undefined
    do {
      const page = await list({ limit: 3, ...(cursor ? { cursor } : {}) })
      listed.push(...page.receipts.map((one) => one.paymentId))
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    expect(listed).toEqual(paid)
  })

  test('of what was decided since then leaves out what is older, on every page', async () => {
    await bank.deps.db.execute(
      sql`truncate ${payments}, ${transfers}, ${postings}, ${legs} restart identity`,
    )
    const paid: string[] = []
    for (let index = 0; index < 5; index++) {
      const content = newPayment(bank)
      await pay(bank, content)
      paid.push(content.paymentId)
    }
    await bank.deps.db.execute(sql`
      update ${payments} set decided_at = now() - interval '1 day' * (5 - decision)`)
    const since = new Date(Date.now() - 2.5 * 24 * 3_600_000).toISOString()
    const first = await list({ since, limit: 2 })
    const rest = await list({ since, limit: 2, cursor: first.nextCursor })
    expect([...first.receipts, ...rest.receipts].map((one) => one.paymentId)).toEqual(paid.slice(2))
    expect(rest.nextCursor).toBeNull()
  })

  test('since then is found without reading all that was decided before', async () => {
    await bank.deps.db.execute(sql`
      insert into ${payments} (payment_id, result, kind, payer, digest, decided_at)
      select gen_random_uuid(), 'voided', 'payment', 'nobody', '', now() - interval '1 minute' * (60000 - number)
      from generate_series(1, 60000) as number`)
    await bank.deps.db.execute(sql`vacuum analyze ${payments}`)
    const query = executedPage(bank.deps.db, { limit: 5, since: new Date() }).getSQL()
    const rows = await bank.deps.db.execute(sql`explain (analyze, costs off, timing off) ${query}`)
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
    await bank.deps.db.delete(payments).where(eq(payments.payer, 'nobody'))
    expect(plan).toContain('payments_by_time')
    const removed = [...plan.matchAll(/Rows Removed by \w+(?: \w+)?: (\d+)/g)].map((one) =>
      Number(one[1]),
    )
    expect(Math.max(0, ...removed)).toBeLessThan(30_000)
  })

  test('refuses a cursor that it did not write', async () => {
    for (const cursor of ['x', 'LTE', Buffer.from('1 or 1=1').toString('base64url')])
      await expect(list({ cursor })).rejects.toMatchObject({
        code: 'invalid',
        errors: [{ pointer: '?cursor' }],
      })
  })
})

describe('the check of the books names', () => {
  const differences = async () =>
    (await bank.callAs['claim-server'](checkBooks, {})).differences.map((one) => one.kind)

  const planted = async (plant: () => Promise<unknown>, undo: () => Promise<unknown>) => {
    await plant()
    const found = await differences()
    await undo()
    return [...new Set(found)]
  }

  test('nothing while they are right', async () => {
    await bank.close()
    bank = await openTestBank()
    await pay(bank, newPayment(bank, { feeMinor: 110n }))
    const checked = await bank.callAs['claim-server'](checkBooks, {})
    expect(checked.differences).toEqual([])
    expect(checked.transfers).toBeGreaterThan(10)
    expect(checked.postings).toBe(2 * checked.transfers + 2)
  })

  test('a balance that its postings don’t make', async () => {
    const change = (minor: bigint) =>
      bank.deps.db
        .update(accounts)
        .set({ balanceMinor: sql`${accounts.balanceMinor} + ${minor}` })
        .where(eq(accounts.account, haruka.accounts[0].account))
    expect(
      await planted(
        () => change(5n),
        () => change(-5n),
      ),
    ).toEqual(['balance-not-its-postings', 'total-not-the-deposits'])
  })

  test('a posting that nothing balances', async () => {
    const [one] = await bank.deps.db.select().from(postings).limit(1)
    const set = (amountMinor: bigint) =>
      bank.deps.db
        .update(postings)
        .set({ amountMinor })
        .where(eq(postings.posting, one?.posting ?? 0n))
    const amount = one?.amountMinor ?? 0n
    expect(
      await planted(
        () => set(amount - 1n),
        () => set(amount),
      ),
    ).toContain('transfer-unbalanced')
  })

  test('a transfer whose claims sum to another amount', async () => {
    const set = (by: number) =>
      bank.deps.db.update(legs).set({ amountMinor: sql`${legs.amountMinor} + ${by}` })
    expect(
      await planted(
        () => set(1),
        () => set(-1),
      ),
    ).toEqual(['transfer-not-its-claims'])
  })

  test('an executed payment without a transfer', async () => {
    const paymentId = randomUUIDv7()
    expect(
      await planted(
        () =>
          bank.deps.db.insert(payments).values({
            paymentId,
            result: 'executed',
            kind: 'payment',
            payer: haruka.customerId,
            digest: digestOf(newPayment(bank)),
            decidedAt: new Date(),
          }),
        () => bank.deps.db.delete(payments).where(eq(payments.paymentId, paymentId)),
      ),
    ).toEqual(['payment-not-its-transfers'])
  })
})
