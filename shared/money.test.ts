import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  amountMinor,
  balanceMinor,
  currencies,
  currency,
  formatMoney,
  formatNumber,
  largestAmountMinor,
  sumMinor,
  zeroOrMoreMinor,
} from './money.ts'
import { toJson } from './json.ts'

describe('an amount on the wire', () => {
  test('is a JSON integer from one to 10^11, and nothing else: 100,000 values', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.jsonValue(), fc.double(), fc.maxSafeInteger(), fc.integer()),
        (value) => {
          const parsed = amountMinor.safeParse(value)
          const fits =
            typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 1e11
          return parsed.success === fits && (!fits || parsed.data === BigInt(value))
        },
      ),
      { numRuns: 100_000 },
    )
  })

  test.each([
    0,
    -1,
    1.5,
    1e21,
    2 ** 53,
    1e11 + 1,
    Infinity,
    NaN,
    '1',
    '１００',
    null,
    1n,
    [1],
    true,
  ])('%s is none', (value) => {
    expect(amountMinor.safeParse(value).success).toBe(false)
  })

  test('survives the wire as it is', () => {
    fc.assert(
      fc.property(fc.bigInt(1n, largestAmountMinor), (amount) => {
        expect(amountMinor.parse(JSON.parse(toJson(amount)))).toBe(amount)
      }),
    )
  })

  test('may be zero for a fee, below zero for a balance', () => {
    expect(zeroOrMoreMinor.parse(0)).toBe(0n)
    expect(zeroOrMoreMinor.parse(-0)).toBe(0n)
    expect(zeroOrMoreMinor.safeParse(-1).success).toBe(false)
    expect(balanceMinor.parse(-1200)).toBe(-1200n)
    expect(balanceMinor.safeParse(-(2 ** 53)).success).toBe(false)
  })
})

describe('amounts in words', () => {
  test.each([
    [13_650n, 'JPY', 'en', '13,650 yen'],
    [13_650n, 'JPY', 'ja', '13,650円'],
    [0n, 'JPY', 'ja', '0円'],
    [-1_200n, 'JPY', 'en', '-1,200 yen'],
    [100_000_000_000n, 'JPY', 'en', '100,000,000,000 yen'],
    [3_150n, 'EUR', 'en', '31.50 EUR'],
    [5n, 'EUR', 'en', '0.05 EUR'],
    [-5n, 'EUR', 'en', '-0.05 EUR'],
    [3_150n, 'EUR', 'ja', '31.50 EUR'],
    [3_150n, 'HUF', 'en', '31.50 HUF'],
    [3_150n, 'KWD', 'en', '3.150 KWD'],
    [3_150n, 'KRW', 'en', '3,150 KRW'],
    [9_007_199_254_740_993n, 'USD', 'en', '90,071,992,547,409.93 USD'],
  ] as const)('%s %s in %s is %s', (amount, code, language, words) => {
    expect(formatMoney(amount, code, language)).toBe(words)
  })

  test('show every digit of every amount, however large', () => {
    fc.assert(
      fc.property(
        fc.bigInt(-(10n ** 18n), 10n ** 18n),
        fc.constantFrom(...currencies),
        fc.constantFrom('en' as const, 'ja' as const),
        (amount, code, language) => {
          const shown = formatNumber(amount, code, language)
          expect(BigInt(shown.replaceAll(/[,.]/g, ''))).toBe(amount)
        },
      ),
      { numRuns: 3000 },
    )
  })
})

test('a sum of amounts does not round, beyond 2^53 neither', () => {
  expect(sumMinor([9_007_199_254_740_991n, 1n, 1n])).toBe(9_007_199_254_740_993n)
  expect(sumMinor([])).toBe(0n)
})

test('only known currencies pass', () => {
  for (const code of currencies) expect(currency.parse(code)).toBe(code)
  for (const code of ['jpy', 'XXX', 'constructor', '', null])
    expect(currency.safeParse(code).success).toBe(false)
})
