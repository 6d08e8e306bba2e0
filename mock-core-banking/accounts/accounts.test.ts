import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { accountExists, listAccounts, nameHolders } from '#shared/contracts/core-banking.ts'
import { openTestBank, type TestBank } from '../../test/support/core-bank.ts'
import { haruka, shoesAccount, yuki } from '../../test/support/core-payments.ts'
import { accountChecks, accounts } from './accounts.table.ts'

let bank: TestBank
beforeAll(async () => {
  bank = await openTestBank()
})
afterAll(() => bank.close())

const setClosed = (account: string, closedAt: Date | null) =>
  bank.deps.db.update(accounts).set({ closedAt }).where(eq(accounts.account, account))

describe('a customer’s accounts', () => {
  test('are listed in order of opening, with branch, holder and balance', async () => {
    const { accounts: own } = await bank.callAs['bank-portal'](listAccounts, {
      params: { customerId: haruka.customerId },
    })
    expect(own.map(({ label, balanceMinor }) => [label, balanceMinor])).toEqual([
      ['Savings', 358_900n],
      ['Current', 132_651n],
      ['Travel', 1_200n],
    ])
    expect(own[0]).toEqual({
      account: '0901-101-1-0014471',
      branchName: 'Harbour',
      branchNameJa: '港支店',
      label: 'Savings',
      labelJa: '普通預金',
      holder: 'Haruka Sato',
      currency: 'JPY',
      balanceMinor: 358_900n,
      availableMinor: 358_900n,
    })
  })

  test('count granted credit as available', async () => {
    const { accounts: own } = await bank.callAs['bank-portal'](listAccounts, {
      params: { customerId: 'C-100731' },
    })
    expect(own[1]).toMatchObject({ balanceMinor: 486_000n, availableMinor: 786_000n })
  })

  test('are not listed for somebody who acts for another customer', async () => {
    await expect(
      bank.callAs['bank-portal'](
        listAccounts,
        { params: { customerId: haruka.customerId } },
        { onBehalfOf: yuki.customerId },
      ),
    ).rejects.toMatchObject({ code: 'not-found' })
  })

  test('of a customer who does not exist are none', async () => {
    expect(
      await bank.callAs['bank-portal'](listAccounts, { params: { customerId: 'C-0' } }),
    ).toEqual({ accounts: [] })
  })
})

test('holders are named for open accounts; unknown, closed and the bank’s own are left out', async () => {
  const closed = '0901-101-2-1100506'
  await setClosed(closed, new Date())
  const asked = [shoesAccount, closed, '0901-101-1-9990001', '0901-101-1-7777777']
  for (const caller of ['bank-portal', 'claim-server'] as const)
    expect(await bank.callAs[caller](nameHolders, { body: { accounts: asked } })).toEqual({
      holders: [{ account: shoesAccount, holder: 'Shop A Shoes' }],
    })
  await setClosed(closed, null)
})

describe('does this account exist?', () => {
  beforeEach(async () => {
    await bank.deps.db.delete(accountChecks)
  })
  const ask = (account: string, holder: string) =>
    bank.callAs['claim-server'](accountExists, { body: { account, holder } })

  test.each([
    ['account and holder', shoesAccount, 'Shop A Shoes', true],
    ['a holder written otherwise', shoesAccount, ' ＳＨＯＰ a  shoes', true],
    ['another holder', shoesAccount, 'Shop B Hats', false],
    ['an unknown account', '0901-101-2-7777777', 'Shop A Shoes', false],
    ['the bank’s own account', '0901-101-1-9990001', 'Minato Bank', false],
  ])('%s', async (_case, account, holder, exists) => {
    expect(await ask(account, holder)).toEqual({ exists })
  })

  test('ten times an hour for one account, whoever is guessed as its holder', async () => {
    const answers = await Promise.allSettled(
      Array.from({ length: 30 }, async (_, index) => ask(shoesAccount, `Holder ${index}`)),
    )
    expect(answers.filter((one) => one.status === 'fulfilled')).toHaveLength(10)
    await expect(ask(shoesAccount, 'Shop A Shoes')).rejects.toMatchObject({
      code: 'too-many-requests',
    })
  })

  test('ten times an hour for one holder, whatever account is guessed', async () => {
    const answers = await Promise.allSettled(
      Array.from({ length: 15 }, async (_, index) =>
        ask(`0901-101-2-77777${10 + index}`, 'Shop A Shoes'),
      ),
    )
    expect(answers.filter((one) => one.status === 'fulfilled')).toHaveLength(10)
  })

  test('every answer takes its time', async () => {
    const slow = { ...bank.deps, config: { ...bank.deps.config, ACCOUNT_CHECK_MS: 120 } }
    const { accountExists: verb } = await import('./account-exists.ts')
    const start = performance.now()
    await verb(slow, { account: shoesAccount, holder: 'Shop A Shoes' })
    expect(performance.now() - start).toBeGreaterThan(110)
  })
})
