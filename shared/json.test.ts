import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalJson } from './canonical-json.ts'
import { toJson, toJsonValue } from './json.ts'

describe('JSON on the wire', () => {
  test('writes bigints as integers and everything else as ever', () => {
    expect(toJson({ amountMinor: 3150n, at: new Date(0), none: undefined, list: [1n] })).toBe(
      '{"amountMinor":3150,"at":"1970-01-01T00:00:00.000Z","list":[1]}',
    )
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(toJson(value)).toBe(JSON.stringify(value))
        expect(toJsonValue(value)).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  test('refuses an integer that a reader could round', () => {
    expect(toJson(2n ** 53n - 1n)).toBe('9007199254740991')
    expect(() => toJson(2n ** 53n)).toThrow(RangeError)
    expect(() => toJson({ deep: [-(2n ** 53n)] })).toThrow(RangeError)
  })
})

describe('canonical JSON', () => {
  // RFC 8785, 3.2.3 and 3.2.2.
  test('sorts keys by their UTF-16 units', () => {
    const value = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\u{1f600}': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    }
    expect(Object.values(JSON.parse(canonicalJson(value)) as object)).toEqual([
      'One',
      'Carriage Return',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ])
  })

  test('writes the RFC’s example as the RFC does', () => {
    const value = {
      numbers: JSON.parse(
        '[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001]',
      ) as number[],
      string: '€$\u000f\nA\'B"\\\\"/',
      literals: [null, true, false],
    }
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    )
  })

  test('is the same in whatever order the keys were put', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse())
        expect(canonicalJson(reversed)).toBe(canonicalJson(value))
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  test.each([undefined, () => {}, Symbol('s')])(
    'has no text for what JSON has none for',
    (value) => {
      expect(() => canonicalJson(value)).toThrow(/JSON/)
    },
  )
})
