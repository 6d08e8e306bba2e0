import { randomUUIDv7 } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { bankCustomers } from '../../demo/bank-world.ts'
import { errorTexts } from '../../../bank-portal/errors.texts.ts'
import { readSaid } from './shopper.ts'

const paymentId = randomUUIDv7()
const { title, text } = errorTexts('en').unavailable

const said = (path: string) =>
  readSaid(
    { customer: { ...bankCustomers.haruka, language: 'en' } },
    { status: 503, url: `http://portal.test${path}`, text: `${title} ${text}` },
    paymentId,
  )

describe('that nothing was paid', () => {
  test.each(['/payments', `/payments/${paymentId}`, `/payments/run?id=${paymentId}`])(
    'is said of the payment by %s',
    (path) => expect(said(path)).toBe('nothing-paid'),
  )

  test('is said of itself by a sign-in that leads to the payment', () => {
    expect(said(`/sign-in?next=/payments/${paymentId}`)).toBeUndefined()
  })
})
