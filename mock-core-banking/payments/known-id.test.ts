import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays } from '#shared/dates.ts'
import { digestOf, type PaymentContent } from '#shared/contracts/payment-content.ts'
import { newOrderNumber } from '#shared/order-number.ts'
import { openTestBank, type TestBank } from '../../test/support/core-bank.ts'
import {
  harukaCurrent,
  hats,
  hatsAccount,
  newPayment,
  pay,
} from '../../test/support/core-payments.ts'

let bank: TestBank
beforeAll(async () => {
  bank = await openTestBank()
})
afterAll(() => bank.close())

type Change = (content: PaymentContent) => PaymentContent

const changeClaim =
  (change: Partial<PaymentContent['claims'][number]>): Change =>
  (content) => ({
    ...content,
    claims: content.claims.map((claim, at) => (at === 0 ? { ...claim, ...change } : claim)),
  })

/** Every part of what a customer agrees to, changed to something else that could be agreed to. */
const changes: fc.Arbitrary<Change> = fc.oneof(
  fc.bigInt(1n, 10n ** 11n).map((amountMinor) => changeClaim({ amountMinor })),
  fc.string({ minLength: 1, maxLength: 140 }).map((payeeHolder) => changeClaim({ payeeHolder })),
  fc.constant(0).map(() => changeClaim({ orderNumber: newOrderNumber() })),
  fc.constant<Change>((content) => ({
    ...changeClaim({ payeeAccount: hatsAccount, payeeHolder: hats.holder })(content),
    fees: content.fees.map((fee) => ({ ...fee, payeeAccount: hatsAccount })),
  })),
  fc.integer({ min: -400, max: 400 }).map(
    (days): Change =>
      (content) => ({ ...content, day: addDays(content.day, days) }),
  ),
  fc.bigInt(0n, 10n ** 9n).map(
    (feeMinor): Change =>
      (content) => ({ ...content, fees: content.fees.map((fee) => ({ ...fee, feeMinor })) }),
  ),
  fc.constant<Change>((content) => ({ ...content, payerAccount: harukaCurrent })),
  fc.constantFrom('HUF', 'EUR').map(
    (currency): Change =>
      (content) =>
        ({ ...content, currency }) as PaymentContent,
  ),
  fc.constant<Change>((content) => ({
    ...content,
    claims: [...content.claims, ...newPayment(bank).claims],
  })),
)

test('another content under the id of a payment is refused 200 times, and the first stays as it is', async () => {
  const content = newPayment(bank)
  const first = await pay(bank, content)
  expect(first.result).toBe('executed')
  await fc.assert(
    fc.asyncProperty(changes, async (change) => {
      const other = change(content)
      fc.pre(digestOf(other) !== digestOf(content))
      await expect(pay(bank, other)).rejects.toMatchObject({ code: 'digest-mismatch' })
    }),
    { numRuns: 200 },
  )
  const again = await pay(bank, content)
  expect({ ...again, iat: 0 }).toEqual({ ...first, iat: 0 })
}, 60_000)
