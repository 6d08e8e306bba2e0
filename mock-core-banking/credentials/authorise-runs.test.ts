import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { unlockAuthorisation } from '#shared/contracts/core-banking.ts'
import { readDocument } from '#shared/contracts/documents.ts'
import { digestOf } from '#shared/contracts/payment-content.ts'
import { addDays } from '#shared/dates.ts'
import { bankCompanies, bankStaff } from '../../test/demo/bank-world.ts'
import { openTestBank, type TestBank } from '../../test/support/core-bank.ts'
import {
  authoriseAs,
  haruka,
  harukaCurrent,
  hats,
  kenji,
  newPayment,
  shoesAccount,
} from '../../test/support/core-payments.ts'
import { accounts } from '../accounts/accounts.table.ts'
import { ownTrust } from '../own-trust.ts'
import { authorisationTries } from './credentials.table.ts'

let bank: TestBank
beforeAll(async () => {
  bank = await openTestBank()
})
afterAll(() => bank.close())
beforeEach(async () => {
  await bank.deps.db.delete(authorisationTries)
})

const wrong = { password: 'not-the-password' }

const guess = async (count: number, typed: object = wrong) => {
  for (let done = 0; done < count; done++) await authoriseAs(bank, [newPayment(bank)], typed)
}

describe('a run that the customer agrees to', () => {
  test('is authorised payment by payment, by D, for five minutes', async () => {
    const run = [
      newPayment(bank),
      newPayment(bank, { payerAccount: harukaCurrent, feeMinor: 110n }),
    ]
    const answer = await authoriseAs(bank, run)
    if (answer.outcome !== 'authorised') throw new Error(answer.outcome)
    const { content } = await readDocument(
      ownTrust(bank.rings['core-banking']),
      'authorisation',
      answer.authorisation,
    )
    const now = Date.now() / 1000
    expect(content).toMatchObject({ iss: 'core-banking', aud: 'claim-server' })
    expect(content.payer).toBe(haruka.customerId)
    expect(content.payments).toEqual(
      run.map((one) => ({ paymentId: one.paymentId, digest: digestOf(one) })),
    )
    expect(content.exp).toBe(content.iat + 300)
    expect(Math.abs(content.iat - now)).toBeLessThan(3)
  })

  test.each([
    ['the number of either payer account', '0020926'],
    ['a number typed full-width, with dashes and blanks', ' ００１-４４７１ '],
  ])('takes %s', async (_case, accountNumber) => {
    const run = [newPayment(bank), newPayment(bank, { payerAccount: harukaCurrent })]
    expect(await authoriseAs(bank, run, { accountNumber })).toMatchObject({ outcome: 'authorised' })
  })
})

describe('a wrong try', () => {
  test('gets the same answer whether the number or the password was wrong', async () => {
    const byPassword = await authoriseAs(bank, [newPayment(bank)], wrong)
    await bank.deps.db.delete(authorisationTries)
    const byNumber = await authoriseAs(bank, [newPayment(bank)], { accountNumber: '0014472' })
    expect(byPassword).toEqual({ outcome: 'not-accepted', triesLeft: 4 })
    expect(byNumber).toEqual(byPassword)
  })

  test('is one with the number of the customer’s account that pays nothing in this run', async () => {
    expect(await authoriseAs(bank, [newPayment(bank)], { accountNumber: '0033310' })).toMatchObject(
      { outcome: 'not-accepted' },
    )
  })

  test('is forgotten after the right one', async () => {
    await guess(4)
    expect(await authoriseAs(bank, [newPayment(bank)])).toMatchObject({ outcome: 'authorised' })
    expect(await authoriseAs(bank, [newPayment(bank)], wrong)).toMatchObject({ triesLeft: 4 })
  })
})

describe('the fifth wrong try in a row', () => {
  test('locks for 30 minutes, also for the right password', async () => {
    await guess(5)
    const locked = await authoriseAs(bank, [newPayment(bank)])
    if (locked.outcome !== 'locked') throw new Error(locked.outcome)
    const minutes = (locked.lockedUntil.getTime() - Date.now()) / 60_000
    expect(minutes).toBeGreaterThan(29)
    expect(minutes).toBeLessThanOrEqual(30)
  })

  test('locks by real time, however the business clock is moved', async () => {
    await guess(5)
    bank.moveClock(new Date(Date.now() + 3 * 24 * 3600 * 1000))
    expect(await authoriseAs(bank, [newPayment(bank)])).toMatchObject({ outcome: 'locked' })
    bank.moveClock(new Date())
  })

  test('leaves other customers alone', async () => {
    await guess(5)
    const content = newPayment(bank, { payerAccount: kenji.accounts[0].account })
    const typed = { ...kenji, accountNumber: '0047215' }
    expect(await authoriseAs(bank, [content], typed)).toMatchObject({ outcome: 'authorised' })
  })

  test('is forgotten when the lock is over, and five tries are left', async () => {
    await guess(5)
    await bank.deps.db.update(authorisationTries).set({ lockedUntil: new Date(Date.now() - 1) })
    expect(await authoriseAs(bank, [newPayment(bank)], wrong)).toEqual({
      outcome: 'not-accepted',
      triesLeft: 4,
    })
  })

  test('of 42 guesses at once: five are looked at, the others find the lock', async () => {
    const answers = await Promise.all(
      Array.from({ length: 42 }, async () => authoriseAs(bank, [newPayment(bank)], wrong)),
    )
    expect(answers.filter((one) => one.outcome === 'not-accepted')).toHaveLength(5)
    expect(answers.filter((one) => one.outcome === 'locked')).toHaveLength(37)
  })
})

describe('the lock', () => {
  const unlock = (staffId: string) =>
    bank.callAs['bank-portal'](unlockAuthorisation, {
      params: { customerId: haruka.customerId },
      body: { staffId },
    })

  test('is lifted by a clerk, who is remembered', async () => {
    await guess(5)
    expect(await unlock(bankStaff.clerk.staffId)).toEqual({ unlocked: true })
    expect(await unlock(bankStaff.clerk.staffId)).toEqual({ unlocked: false })
    expect(await authoriseAs(bank, [newPayment(bank)])).toMatchObject({ outcome: 'authorised' })
    const [row] = await bank.deps.db
      .select()
      .from(authorisationTries)
      .where(eq(authorisationTries.subject, `customer/${haruka.customerId}`))
    expect(row).toMatchObject({ unlockedBy: bankStaff.clerk.staffId })
  })

  test.each([['nobody'], [bankStaff.operator.staffId]])('is not lifted by %s', async (staffId) => {
    await guess(5)
    await expect(unlock(staffId)).rejects.toMatchObject({ code: 'forbidden' })
    expect(await authoriseAs(bank, [newPayment(bank)])).toMatchObject({ outcome: 'locked' })
  })
})

describe('content that can’t be agreed to as it stands is stale, and costs no try', () => {
  const today = () => newPayment(bank).day
  test.each([
    ['of yesterday', () => ({ day: addDays(today(), -1) })],
    ['of tomorrow', () => ({ day: addDays(today(), 1) })],
    ['from another’s account', () => ({ payerAccount: kenji.accounts[0].account })],
    ['from an account that does not exist', () => ({ payerAccount: '0901-101-1-0000000' })],
    ['to a holder whom the core names otherwise', () => ({ claims: [{ payeeHolder: 'Shop' }] })],
    [
      'to an account that does not exist',
      () => ({ claims: [{ payeeAccount: '0901-101-2-0000001' }] }),
    ],
    ['in another currency', () => ({ currency: 'EUR' as const })],
  ])('%s', async (_case, changed) => {
    const run = [newPayment(bank), newPayment(bank, changed())]
    expect(await authoriseAs(bank, run, wrong)).toEqual({ outcome: 'content-stale' })
    expect(await bank.deps.db.select().from(authorisationTries)).toEqual([])
  })

  test('to an account that was closed', async () => {
    const { account } = bankCompanies.leather.accounts[0]
    await bank.deps.db
      .update(accounts)
      .set({ closedAt: new Date() })
      .where(eq(accounts.account, account))
    const content = newPayment(bank, {
      claims: [{ payeeAccount: account, payeeHolder: bankCompanies.leather.holder }],
    })
    expect(await authoriseAs(bank, [content])).toEqual({ outcome: 'content-stale' })
  })

  test('the day is the bank’s: ten to midnight in Tokyo is today, ten past is not', async () => {
    bank.moveClock(new Date('2027-03-31T23:50:00+09:00'))
    const content = newPayment(bank)
    expect(content.day).toBe('2027-03-31')
    expect(await authoriseAs(bank, [content])).toMatchObject({ outcome: 'authorised' })
    bank.moveClock(new Date('2027-04-01T00:10:00+09:00'))
    expect(await authoriseAs(bank, [content])).toEqual({ outcome: 'content-stale' })
    bank.moveClock(new Date())
  })
})

describe('what is wrong with the request itself is refused', () => {
  test.each([['dated payment'], ['refund']] as const)('a %s', async (kind) => {
    await expect(authoriseAs(bank, [newPayment(bank, { kind })])).rejects.toMatchObject({
      code: 'invalid',
      errors: [{ pointer: '#/payments/0/kind' }],
    })
  })

  test('the same payment id twice', async () => {
    const content = newPayment(bank)
    const other = newPayment(bank, {
      paymentId: content.paymentId,
      claims: [{ payeeAccount: shoesAccount }],
    })
    await expect(authoriseAs(bank, [content, other])).rejects.toMatchObject({ code: 'invalid' })
  })

  test('a customer that does not exist', async () => {
    await expect(
      authoriseAs(bank, [newPayment(bank)], { customerId: 'C-999999' }),
    ).rejects.toMatchObject({ code: 'not-found' })
  })

  test('a payment of two shops with a fee for one of them', async () => {
    const content = newPayment(bank, {
      claims: [{}, { payeeAccount: hats.accounts[0].account, payeeHolder: hats.holder }],
    })
    await expect(
      authoriseAs(bank, [{ ...content, fees: content.fees.slice(1) }]),
    ).rejects.toMatchObject({ code: 'invalid' })
  })
})
