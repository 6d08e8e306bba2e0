import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { authoriseRefund } from '#shared/contracts/core-banking.ts'
import type { PaymentContent } from '#shared/contracts/payment-content.ts'
import { addDays } from '#shared/dates.ts'
import { bankStaff } from '../../test/demo/bank-world.ts'
import { openTestBank, type TestBank } from '../../test/support/core-bank.ts'
import {
  balanceOf,
  execute,
  haruka,
  harukaCurrent,
  harukaSavings,
  hatsAccount,
  instruct,
  kenji,
  newPayment,
  pay,
  shoesAccount,
} from '../../test/support/core-payments.ts'
import { checkBooks } from '../payments/check-books.ts'
import type { Approval } from './is-approver.ts'
import { authorisationTries } from './credentials.table.ts'

let bank: TestBank
beforeAll(async () => {
  bank = await openTestBank()
})
afterAll(() => bank.close())
beforeEach(async () => {
  await bank.deps.db.delete(authorisationTries)
})

const { approver, secondApprover, clerk } = bankStaff
const bothApprove: Approval[] = [approver, secondApprover].map(({ staffId, password }) => ({
  staffId,
  password,
}))

const authoriseBack = (content: PaymentContent, approvals = bothApprove) =>
  bank.callAs['bank-portal'](authoriseRefund, { body: { approvals, content } })

const paidClaim = async (amountMinor = 3_150n) => {
  const content = newPayment(bank, { claims: [{ amountMinor }] })
  await pay(bank, content)
  return content
}

const refundOf = (paid: PaymentContent, changed: Partial<PaymentContent['claims'][number]> = {}) =>
  newPayment(bank, {
    kind: 'refund',
    payerAccount: shoesAccount,
    claims: paid.claims.map(({ orderNumber, amountMinor }) => ({
      orderNumber,
      amountMinor,
      payeeAccount: harukaSavings,
      payeeHolder: haruka.name,
      ...changed,
    })),
  })

/** Approved by both, instructed, executed. */
const payBack = async (content: PaymentContent) => {
  const answer = await authoriseBack(content)
  if (answer.outcome !== 'authorised') throw new Error(answer.outcome)
  return execute(bank, content.paymentId, {
    instruction: await instruct(bank, content),
    authorisation: answer.authorisation,
  })
}

test('two approvers agree, and the money goes back the way it came', async () => {
  const before = await balanceOf(bank, haruka, harukaSavings)
  const paid = await paidClaim()
  const receipt = await payBack(refundOf(paid))
  expect(receipt).toMatchObject({ result: 'executed', kind: 'refund', payer: haruka.customerId })
  expect(await balanceOf(bank, haruka, harukaSavings)).toBe(before)
  expect(await checkBooks(bank.deps)).toMatchObject({ differences: [] })
})

test('a claim is paid back in parts, up to what was paid, and no yen more', async () => {
  const paid = await paidClaim(1_000n)
  expect((await payBack(refundOf(paid, { amountMinor: 600n }))).result).toBe('executed')
  expect(await authoriseBack(refundOf(paid, { amountMinor: 401n }))).toEqual({
    outcome: 'content-stale',
  })
  expect((await payBack(refundOf(paid, { amountMinor: 400n }))).result).toBe('executed')
  expect(await authoriseBack(refundOf(paid, { amountMinor: 1n }))).toEqual({
    outcome: 'content-stale',
  })
})

test('a claim that was paid back can’t be paid again', async () => {
  const paid = await paidClaim()
  await payBack(refundOf(paid))
  const again = newPayment(bank, { claims: paid.claims })
  expect(await pay(bank, again)).toMatchObject({ reason: 'already-paid' })
})

describe('not accepted, whoever of the two was wrong:', () => {
  test.each([
    ['the same approver twice', [approver, approver]],
    ['the same approver in other letters', [approver, { ...approver, staffId: 'APPROVER1' }]],
    ['a clerk', [approver, clerk]],
    ['a wrong password', [approver, { ...secondApprover, password: 'x' }]],
    ['an id that nobody has', [{ staffId: 'nobody', password: 'x' }, secondApprover]],
  ])('%s', async (_case, members) => {
    const paid = await paidClaim(10n)
    const approvals = members.map(({ staffId, password }) => ({ staffId, password }))
    expect(await authoriseBack(refundOf(paid), approvals)).toEqual({ outcome: 'not-accepted' })
  })

  test('the right passwords after five wrong ones', async () => {
    const paid = await paidClaim(10n)
    const wrong = bothApprove.map((one) => ({ ...one, password: 'x' }))
    for (let done = 0; done < 5; done++) await authoriseBack(refundOf(paid), wrong)
    expect(await authoriseBack(refundOf(paid))).toEqual({ outcome: 'not-accepted' })
  })
})

describe('stale, and no password is looked at:', () => {
  const cases: [string, (paid: PaymentContent) => PaymentContent][] = [
    ['of yesterday', (paid) => ({ ...refundOf(paid), day: addDays(refundOf(paid).day, -1) })],
    [
      'to another account of the customer',
      (paid) => refundOf(paid, { payeeAccount: harukaCurrent }),
    ],
    [
      'to another customer',
      (paid) =>
        refundOf(paid, { payeeAccount: kenji.accounts[0].account, payeeHolder: kenji.name }),
    ],
    ['from another shop', (paid) => ({ ...refundOf(paid), payerAccount: hatsAccount })],
    ['of more than was paid', (paid) => refundOf(paid, { amountMinor: 11n })],
    ['of a claim that was never paid', () => refundOf(newPayment(bank))],
  ]
  test.each(cases)('%s', async (_case, refund) => {
    const paid = await paidClaim(10n)
    expect(await authoriseBack(refund(paid))).toEqual({ outcome: 'content-stale' })
    expect(await bank.deps.db.select().from(authorisationTries)).toEqual([])
  })
})

test('only refunds are approved by staff', async () => {
  await expect(authoriseBack(newPayment(bank))).rejects.toMatchObject({ code: 'invalid' })
})
