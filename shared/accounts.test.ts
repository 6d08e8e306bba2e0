import fc from 'fast-check'
import { expect, test } from 'vitest'
import { accountKey, accountParts, maskedNumber, toAccountKey } from './accounts.ts'

const digits = (length: number) =>
  fc.string({
    unit: fc.constantFrom(...'0123456789'.split('')),
    minLength: length,
    maxLength: length,
  })
const parts = fc.record({
  bank: digits(4),
  branch: digits(3),
  type: fc.constantFrom('ordinary' as const, 'current' as const, 'savings' as const),
  number: digits(7),
})

test('an account key says its parts and its parts say the key', () => {
  fc.assert(
    fc.property(parts, (account) => {
      const key = toAccountKey(account)
      expect(accountKey.parse(key)).toBe(key)
      expect(accountParts(key)).toEqual(account)
    }),
  )
})

test.each([
  '',
  '0901-101-3-0014471',
  '901-101-1-0014471',
  '0901-101-1-001447',
  '0901-101-1-0014471 ',
  '0901-101-1-0014471\n',
  '０９０１-101-1-0014471',
  '0901/101/1/0014471',
  901,
])('%j is no account', (key) => {
  expect(accountKey.safeParse(key).success).toBe(false)
})

test('a masked account shows its last four digits', () => {
  expect(maskedNumber('0901-101-1-0014471')).toBe('•••• 4471')
})
