import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestBank, type TestBank } from '../test/support/core-bank.ts'
import { newPayment, pay } from '../test/support/core-payments.ts'
import { spentTokens } from './spent-tokens.table.ts'
import { sweep } from './sweep.ts'

let bank: TestBank
beforeAll(async () => {
  bank = await openTestBank()
})
afterAll(() => bank.close())

test('spent tokens go when they are past any use, not before', async () => {
  await pay(bank, newPayment(bank))
  await sweep(bank.deps)
  expect(await bank.deps.db.$count(spentTokens)).toBe(1)
  await bank.deps.db.update(spentTokens).set({ expiresAt: new Date(Date.now() - 1) })
  await sweep(bank.deps)
  expect(await bank.deps.db.$count(spentTokens)).toBe(0)
})
