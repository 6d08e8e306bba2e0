import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkBooks } from '#shared/contracts/core-banking.ts'
import { openTestBank, type TestBank } from '../../test/support/core-bank.ts'
import {
  authorise,
  authoriseAs,
  balanceOf,
  execute,
  haruka,
  harukaSavings,
  instruct,
  newPayment,
  pay,
} from '../../test/support/core-payments.ts'

let bank: TestBank
beforeAll(async () => {
  bank = await openTestBank()
})
afterAll(() => bank.close())

const booksDiffer = async () => (await bank.callAs['claim-server'](checkBooks, {})).differences

test('what the customer authorised and the claim server instructed is executed', async () => {
  const content = newPayment(bank, { feeMinor: 110n })
  const before = await balanceOf(bank, haruka, harukaSavings)
  const answer = await authoriseAs(bank, [content])
  if (answer.outcome !== 'authorised') throw new Error(answer.outcome)
  const receipt = await execute(bank, content.paymentId, {
    instruction: await instruct(bank, content),
    authorisation: answer.authorisation,
  })
  expect(receipt).toMatchObject({ result: 'executed', payer: haruka.customerId })
  expect(await balanceOf(bank, haruka, harukaSavings)).toBe((before ?? 0n) - 3_260n)
  expect(await booksDiffer()).toEqual([])
})
