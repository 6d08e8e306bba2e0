import { randomBytes } from 'node:crypto'
import * as z from 'zod'

// Crockford's base 32: no I, L, O, U, so that a number can be read out without doubt.
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const pattern = /^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]$/

// In GF(32) by x^5 + x^2 + 1, whose powers of two run through all 31 values before they repeat.
const timesTwo = (element: number) => (element << 1) ^ (element & 16 ? 0b100101 : 0)

// Every position weighs another power of two, the check character itself one. So every single wrong
// character and every swap of two characters is found; ISO 7064's MOD M+1,M misses swaps, as 33 is no prime.
const checkCharacter = (characters: string): string => {
  let sum = 0
  for (const character of characters) sum = timesTwo(sum ^ alphabet.indexOf(character))
  return alphabet[sum] ?? ''
}

const dashed = (characters: string) =>
  `${characters.slice(0, 4)}-${characters.slice(4)}-${checkCharacter(characters)}`

/** A new order number for people: 40 random bits and a check character, "3F8T-Q1ZD-H". */
export const newOrderNumber = (bytes: (size: number) => Uint8Array = randomBytes): string =>
  dashed(Array.from(bytes(8), (byte) => alphabet[byte % alphabet.length]).join(''))

/** Whether it is an order number in its stored form. */
const isOrderNumber = (text: string): boolean =>
  pattern.test(text) && dashed(text.slice(0, 4) + text.slice(5, 9)) === text

const blanksAndDashes = /[\s\p{Pd}\u2212\u30fc]/gu

/**
 * What a person typed or read out, full-width characters too, in its stored form; undefined when it
 * can't be an order number.
 */
export const parseOrderNumber = (text: string): string | undefined => {
  if (text.length > 40) return undefined
  const characters = text
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(blanksAndDashes, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
  const number = `${characters.slice(0, 4)}-${characters.slice(4, 8)}-${characters.slice(8)}`
  return isOrderNumber(number) ? number : undefined
}

/** An order number on the wire, check character verified. */
export const orderNumber = z
  .string()
  .refine(isOrderNumber, 'this is no order number: check its characters')
