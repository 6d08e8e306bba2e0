import { expect, test } from 'vitest'
import { beginsWithOneOf, readAddress, readPrefix } from './return-address.ts'

const isAdmitted = (text: string, prefixes: string[], httpAllowed = false): boolean => {
  const read = readAddress(text, { httpAllowed })
  return 'address' in read && beginsWithOneOf(read.address, prefixes)
}

test.each(['\t', '\n', '\r', ' ', '\u0000', '\u00a0', '\u200b', '\u2028', '\\', '\ufeff'])(
  'an address with the character %j, wherever it stands, is refused',
  (character) => {
    const text = 'https://shoes.example/orders'
    for (let at = 0; at <= text.length; at++) {
      const bent = text.slice(0, at) + character + text.slice(at)
      expect(isAdmitted(bent, ['https://shoes.example/']), JSON.stringify(bent)).toBe(false)
    }
  },
)

test('a prefix without a path admits its whole origin, and no other', () => {
  const prefixes = ['https://shoes.example/']
  expect(isAdmitted('https://shoes.example', prefixes)).toBe(true)
  expect(isAdmitted('https://shoes.example/a/b', prefixes)).toBe(true)
  expect(isAdmitted('https://www.shoes.example/', prefixes)).toBe(false)
  expect(isAdmitted('https://shoes.example./', prefixes)).toBe(false)
})

test('a prefix’s path ends at a slash', () => {
  expect(isAdmitted('https://shoes.example/orders/7', ['https://shoes.example/orders'])).toBe(true)
  expect(isAdmitted('https://shoes.example/orders-7', ['https://shoes.example/orders'])).toBe(false)
  expect(isAdmitted('https://shoes.example/orders', ['https://shoes.example/orders/'])).toBe(false)
})

test('without a registered address none is admitted', () => {
  expect(isAdmitted('https://shoes.example/', [])).toBe(false)
})

test('plain http counts only where the claim server itself runs on it', () => {
  const prefixes = ['http://127.0.0.1:4103/']
  expect(isAdmitted('http://127.0.0.1:4103/done', prefixes)).toBe(false)
  expect(isAdmitted('http://127.0.0.1:4103/done', prefixes, true)).toBe(true)
  expect(isAdmitted('http://127.0.0.1:41030/done', prefixes, true)).toBe(false)
})

test('a registered address is kept in its plain form', () => {
  const plain = (text: string) => readPrefix(text, { httpAllowed: false })
  expect(plain('https://SHOES.example:443/a/../orders')).toEqual({
    prefix: 'https://shoes.example/orders',
  })
})
