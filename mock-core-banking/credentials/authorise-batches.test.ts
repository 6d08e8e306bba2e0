import { randomUUIDv7 } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { PaymentContent } from '#shared/contracts/payment-content.ts'
import type { ServiceCaller } from '#shared/service-token.ts'
import { openTestBank, type TestBank } from '../../test/support/core-bank.ts'
import { haruka, kenji, newPayment } from '../../test/support/core-payments.ts'
import { authoriseRuns, type RunToAuthorise } from './authorise-runs.ts'
import { authorisationTries, customers } from './credentials.table.ts'

let bank: TestBank
beforeAll(async () => {
  bank = await openTestBank()
})
afterAll(() => bank.close())
beforeEach(async () => {
  await bank.deps.db.delete(authorisationTries)
})

type Run = Omit<RunToAuthorise, 'caller'>

const newCaller = (): ServiceCaller => ({
  issuer: 'bank-portal',
  tokenId: randomUUIDv7(),
  expiresAt: new Date(Date.now() + 60_000),
  onBehalfOf: undefined,
  correlationId: undefined,
})

const right = (payments: PaymentContent[] = [newPayment(bank)]): Run => ({
  customerId: haruka.customerId,
  accountNumber: '0014471',
  password: haruka.password,
  payments,
})

const wrong = (): Run => ({ ...right(), password: 'not-the-password' })

const ofKenji = (changed: Partial<Run> = {}): Run => ({
  customerId: kenji.customerId,
  accountNumber: '0047215',
  password: kenji.password,
  payments: [newPayment(bank, { payerAccount: kenji.accounts[0].account })],
  ...changed,
})

/** In one batch: the outcome of each, with the tries left, or the code of its refusal. */
const together = async (runs: readonly Run[]) => {
  const caller = newCaller()
  const answers = await authoriseRuns(
    bank.deps,
    runs.map((run) => ({ ...run, caller: { ...caller, onBehalfOf: run.customerId } })),
  )
  return answers.map((one) => {
    if ('error' in one) return (one.error as { code?: string }).code
    const { reply } = one
    return reply.outcome === 'not-accepted' ? reply.triesLeft : reply.outcome
  })
}

const times = (count: number, run: () => Run) => Array.from({ length: count }, run)

describe('in one batch', () => {
  test('two wrong tries of one customer are counted as two', async () => {
    expect(await together([wrong(), wrong()])).toEqual([4, 3])
    expect(await together([wrong()])).toEqual([2])
  })

  test('of six guesses five are looked at, the sixth finds the lock, and so does the next batch', async () => {
    expect(await together(times(6, wrong))).toEqual([4, 3, 2, 1, 0, 'locked'])
    expect(await together([right(), wrong()])).toEqual(['locked', 'locked'])
  })

  test('the right password after five wrong ones is not looked at', async () => {
    expect(await together([...times(5, wrong), right()])).toEqual([4, 3, 2, 1, 0, 'locked'])
  })

  test('right and wrong are told apart, each for itself', async () => {
    expect(await together([wrong(), right(), wrong()])).toEqual([4, 'authorised', 2])
  })

  test('the right one lifts the lock that it ran into as the fifth', async () => {
    expect(await together([...times(4, wrong), right()])).toEqual([4, 3, 2, 1, 'authorised'])
    expect(await together([wrong()])).toEqual([4])
  })

  test('a customer’s wrong tries don’t count for another', async () => {
    const bad = { password: 'not-the-password' }
    const answers = await together([wrong(), ofKenji(), wrong(), ofKenji(bad), wrong()])
    expect(answers).toEqual([4, 'authorised', 3, 3, 2])
  })

  test('what is stale costs no try, though it comes between two that do', async () => {
    const stale = right([newPayment(bank, { payerAccount: kenji.accounts[0].account })])
    expect(await together([wrong(), stale, wrong()])).toEqual([4, 'content-stale', 3])
  })

  test('a password that can’t be checked fails for itself, and costs nobody else a try', async () => {
    const ofKenjiRow = eq(customers.customerId, kenji.customerId)
    const [stored] = await bank.deps.db.select().from(customers).where(ofKenjiRow)
    const store = (passwordHash: string) =>
      bank.deps.db.update(customers).set({ passwordHash }).where(ofKenjiRow)
    await store('no hash')
    const answers = await together([right(), ofKenji(), right()])
    await store(stored?.passwordHash ?? '')
    expect([answers[0], answers[2]]).toEqual(['authorised', 'authorised'])
    expect(answers[1]).not.toBe('authorised')
    expect(await together([wrong()])).toEqual([4])
  })

  test('a customer who is not there, or a run of another form, is refused for itself', async () => {
    const twice = newPayment(bank)
    const answers = await together([
      { ...right(), customerId: 'C-999999' },
      right([twice, twice]),
      right(),
    ])
    expect(answers).toEqual(['not-found', 'invalid', 'authorised'])
  })
})

test('of batches at once five guesses are looked at, whatever order they name the customers in', async () => {
  const bad = () => ofKenji({ password: 'not-the-password' })
  const answers = await Promise.all(
    Array.from({ length: 6 }, (_, at) =>
      together(at % 2 ? [wrong(), bad(), wrong()] : [bad(), wrong(), wrong()]),
    ),
  )
  const all = answers.flat()
  // Twelve tries of Haruka's, six of Kenji's.
  expect(all.filter((one) => typeof one === 'number')).toHaveLength(5 + 5)
  expect(all.filter((one) => one === 'locked')).toHaveLength(7 + 1)
})

test('a token presented twice has no password looked at the second time', async () => {
  const caller = newCaller()
  const run = { ...wrong(), caller }
  await authoriseRuns(bank.deps, [run, run])
  await expect(authoriseRuns(bank.deps, [run, run])).rejects.toMatchObject({
    code: 'unauthenticated',
  })
  expect(await together([wrong()])).toEqual([2])
})
