import fc from 'fast-check'
import { expect, test } from 'vitest'
import { JsonRefused, parseStrictJson } from './strict-json.ts'

const refusal = (text: string) => {
  try {
    parseStrictJson(text)
    return 'accepted'
  } catch (error) {
    return error instanceof JsonRefused ? `${error.pointer} ${error.message}` : error
  }
}

test('what has no key twice is read as JSON.parse reads it', () => {
  fc.assert(
    fc.property(
      fc.jsonValue({ maxDepth: 5 }),
      fc.constantFrom(undefined, 1, '\t'),
      (value, space) => {
        const text = JSON.stringify(value, null, space)
        expect(parseStrictJson(text)).toEqual(JSON.parse(text))
      },
    ),
    { numRuns: 1000 },
  )
})

test('a key that is twice in one object is found wherever the object is, and named', () => {
  const path = fc.array(fc.oneof(fc.string({ maxLength: 8 }), fc.nat(3)), { maxLength: 6 })
  const key = fc.string({ unit: 'grapheme', maxLength: 8 })
  fc.assert(
    fc.property(path, key, fc.jsonValue({ maxDepth: 2 }), (steps, twice, value) => {
      const inner = `{${JSON.stringify(twice)}:1,"other-key":${JSON.stringify(value)},${JSON.stringify(twice)}:2}`
      fc.pre(twice !== 'other-key')
      const text = steps.reduceRight<string>(
        (inside, step) =>
          typeof step === 'number'
            ? `[${'"}",'.repeat(step)}${inside}]`
            : `{${JSON.stringify(step)}:${inside}}`,
        inner,
      )
      const escaped = [...steps.map(String), twice].map((step) =>
        step.replaceAll('~', '~0').replaceAll('/', '~1'),
      )
      expect(refusal(text)).toBe(`#/${escaped.join('/')} the key "${twice}" is there twice`)
    }),
    { numRuns: 1000 },
  )
})

test.each([
  ['{"a":1,"a":1}', '#/a the key "a" is there twice'],
  ['{"a":1,"\\u0061":1}', '#/a the key "a" is there twice'],
  ['{"":1,"":1}', '#/ the key "" is there twice'],
  ['{"__proto__":1,"__proto__":1}', '#/__proto__ the key "__proto__" is there twice'],
  ['[{"a":1},{"a":[{"b":1,"b":2}]}]', '#/1/a/0/b the key "b" is there twice'],
  ['{"a":{"b":1},"c":{"b":1}}', 'accepted'],
  ['{"a":"a","b":["a","a"],"c":"\\"a\\":1,\\"a\\""}', 'accepted'],
  ['{"a\\"":1,"a":2,"a\\\\":3}', 'accepted'],
  ['{"a":1,}', '# the body is not valid JSON'],
  ["{'a':1}", '# the body is not valid JSON'],
  ['', '# the body is not valid JSON'],
  ['NaN', '# the body is not valid JSON'],
  ['01', '# the body is not valid JSON'],
  ['{"a":1}{"a":1}', '# the body is not valid JSON'],
])('%s: %s', (text, expected) => {
  expect(refusal(text)).toBe(expected)
})

test.each(['[', '{"a":'])('nesting of %s beyond 32 levels is refused, 32 are taken', (open) => {
  const nested = (levels: number) =>
    open.repeat(levels - 1) +
    (open === '[' ? '[]' : '{}') +
    (open === '[' ? ']' : '}').repeat(levels - 1)
  expect(refusal(nested(32))).toBe('accepted')
  expect(refusal(nested(33))).toBe('# the JSON is nested deeper than 32 levels')
  expect(refusal(nested(100_000))).toBe('# the JSON is nested deeper than 32 levels')
})

test('a key of a megabyte is named by its beginning', () => {
  const key = 'k'.repeat(1e6)
  expect(String(refusal(`{"${key}":1,"${key}":2}`)).length).toBeLessThan(300)
})
