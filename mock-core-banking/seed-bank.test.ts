import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bankWorld } from '../test/demo/bank-world.ts'
import { openTestBank, type TestBank } from '../test/support/core-bank.ts'
import { checkBooks } from './payments/check-books.ts'
import { customers } from './credentials/credentials.table.ts'
import { accounts } from './accounts/accounts.table.ts'
import { seedBank } from './seed-bank.ts'

let bank: TestBank
beforeAll(async () => {
  bank = await openTestBank()
})
afterAll(() => bank.close())

describe('the seed', () => {
  test('makes books that are right: every deposit has its postings', async () => {
    const opened = [...bankWorld.customers, ...bankWorld.companies].flatMap((one) => one.accounts)
    expect(await checkBooks(bank.deps)).toEqual({
      transfers: opened.length,
      postings: 2 * opened.length,
      differences: [],
    })
  })

  test('does nothing to a bank that has branches', async () => {
    const before = await bank.deps.db.$count(accounts)
    expect(await seedBank(bank.deps, bankWorld)).toBe(false)
    expect(await bank.deps.db.$count(accounts)).toBe(before)
  })

  test('hashes at the cost that it is given', async () => {
    const other = await openTestBank({
      world: { ...bankWorld, customers: [], companies: [], staff: [] },
    })
    await other.deps.db.execute('truncate core_banking.branches cascade')
    const cost = { PASSWORD_MEMORY_KIB: 16, PASSWORD_PASSES: 3 }
    expect(await seedBank(other.deps, bankWorld, cost)).toBe(true)
    const [row] = await other.deps.db.select().from(customers)
    expect(row?.passwordHash).toContain('$m=16,t=3,p=1$')
    await other.close()
  })
})
