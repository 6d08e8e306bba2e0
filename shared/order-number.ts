import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'

// Crockford's base 32: no I, L, O, U, so that a number can be read out without doubt.
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const pattern = /^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]$/

// ISO 7064 MOD 37,36 shape on base 32: finds every single wrong character and every swap of neighbours.
const checkCharacter = (characters: string): string => {
  const base = alphabet.length
  let product = base
  for (const character of characters) {
    const sum = (product + alphabet.indexOf(character)) % base || base
    product = (sum * 2) % (base + 1)
  }
  return alphabet[(base + 1 - product) % base] ?? ''
}

const dashed = (characters: string) =>
  `${characters.slice(0, 4)}-${characters.slice(4)}-${checkCharacter(characters)}`

/** A new order number for people: 40 random bits and a check character, "3F8T-Q1ZD-7". */
export const newOrderNumber = (bytes: (size: number) => Uint8Array = randomBytes): string =>
  dashed(Array.from(bytes(8), (byte) => alphabet[byte % alphabet.length]).join(''))

/**
 * The number by which people name a record that has an id: 55 bits of the id's SHA-256 and a check
 * character, "P-3F8T-Q1ZD-7M2K". The same id has the same number for ever.
 */
export const numberOfId = (prefix: string, id: string): string => {
  const hash = createHash('sha256').update(id).digest().subarray(0, 11)
  const characters = Array.from(hash, (byte) => alphabet[byte % alphabet.length]).join('')
  const checked = characters + checkCharacter(characters)
  return `${prefix}-${checked.slice(0, 4)}-${checked.slice(4, 8)}-${checked.slice(8)}`
}

/** What a person typed or read out, in its stored form; undefined when it can't be an order number. */
export const parseOrderNumber = (text: string): string | undefined => {
  const characters = text
    .toUpperCase()
    .replaceAll(/[\s-]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
  const number = dashed(characters.slice(0, 8))
  return characters.length === 9 && pattern.test(number) && number.endsWith(characters.slice(8))
    ? number
    : undefined
}

/** An order number on the wire, check character verified. */
export const orderNumber = z
  .string()
  .refine(
    (text) => parseOrderNumber(text) === text,
    'this is no order number: check its characters',
  )
