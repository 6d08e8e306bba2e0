import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newOrderNumber, orderNumber, parseOrderNumber } from './order-number.ts'

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const numbers = fc
  .uint8Array({ minLength: 8, maxLength: 8 })
  .map((bytes) => newOrderNumber(() => bytes))
const plain = (number: string) => number.replaceAll('-', '')

test('an order number is short enough for an ISO 20022 end-to-end id, and of letters nobody mistakes', () => {
  for (let count = 0; count < 1000; count++) {
    const number = newOrderNumber()
    expect(number.length).toBeLessThanOrEqual(35)
    expect(number).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]$/)
    expect(orderNumber.safeParse(number).success).toBe(true)
  }
})

test('numbers do not repeat or follow one another', () => {
  const made = new Set(Array.from({ length: 20_000 }, () => newOrderNumber()))
  expect(made.size).toBe(20_000)
})

test('every single wrong character is found, wherever it is', () => {
  fc.assert(
    fc.property(numbers, (number) => {
      const right = plain(number)
      for (let at = 0; at < right.length; at++)
        for (const wrong of alphabet) {
          if (wrong === right[at]) continue
          const typed = right.slice(0, at) + wrong + right.slice(at + 1)
          if (parseOrderNumber(typed) !== undefined) return false
        }
      return true
    }),
    { numRuns: 300 },
  )
})

test('every swap of two characters is found, neighbours or not', () => {
  fc.assert(
    fc.property(numbers, (number) => {
      const right = plain(number)
      for (let one = 0; one < right.length; one++)
        for (let other = one + 1; other < right.length; other++) {
          if (right[one] === right[other]) continue
          const typed = right.split('')
          typed[one] = right[other] as string
          typed[other] = right[one] as string
          if (parseOrderNumber(typed.join('')) !== undefined) return false
        }
      return true
    }),
    { numRuns: 2000 },
  )
})

test('a swap that ISO 7064’s check on base 32 let through is found', () => {
  const swapped = ['KZZ4AW65', 'KZZ4AW56'].map((body) =>
    Array.from(alphabet, (check) => parseOrderNumber(body + check)).find(Boolean),
  )
  expect(swapped[0]?.at(-1)).not.toBe(swapped[1]?.at(-1))
})

test('a number is understood as people type it: lower case, blanks, no dashes, O for 0, I and L for 1, full width', () => {
  fc.assert(
    fc.property(numbers, (number) => {
      const fullWidth = number.replaceAll(/[0-9A-Z-]/g, (character) =>
        String.fromCodePoint((character.codePointAt(0) ?? 0) + 0xfee0),
      )
      const typed = [
        plain(number),
        number.toLowerCase(),
        ` ${number.replaceAll('-', ' ')} `,
        number.replaceAll('-', 'ー'),
        number.replaceAll('-', '–'),
        number.replaceAll('0', 'O').replaceAll('1', 'l'),
        number.replaceAll('0', 'o').replaceAll('1', 'I'),
        fullWidth,
      ]
      return typed.every((text) => parseOrderNumber(text) === number)
    }),
  )
})

test.each(['', '-', '0000-0000', '0000-0000-00', 'U000-0000-0', '0000-0000-é', '0'.repeat(1e6)])(
  'what can’t be an order number is none: %#',
  (text) => {
    expect(parseOrderNumber(text)).toBeUndefined()
    expect(orderNumber.safeParse(text).success).toBe(false)
  },
)

test('random text is never taken for an order number that it does not spell', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 45 }), (text) => {
      const parsed = parseOrderNumber(text)
      return parsed === undefined || orderNumber.safeParse(parsed).success
    }),
    { numRuns: 2000 },
  )
})

test('on the wire only the stored form passes', () => {
  const number = newOrderNumber()
  expect(orderNumber.safeParse(number.toLowerCase()).success).toBe(number.toLowerCase() === number)
  expect(orderNumber.safeParse(plain(number)).success).toBe(false)
  expect(orderNumber.safeParse(` ${number}`).success).toBe(false)
})
