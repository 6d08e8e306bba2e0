import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { customerId, jws, lineOfText, mailAddress, typedOrderNumber, uuid } from './fields.ts'
import { newOrderNumber } from '../order-number.ts'

const line = lineOfText(140)
const passes = (text: unknown) => line.safeParse(text).success

describe('one line of text for people', () => {
  test.each([
    'Leather shoes, brown',
    '革靴（茶）',
    'ｶﾌﾞｼｷｶﾞｲｼｬ ﾐﾅﾄ',
    '株式会社ミナト・靴店',
    'Zürich – naïve façade, 50 % „off“',
    'مطعم القدس',
    'בית קפה',
    'ร้านอาหาร',
    '👟🧢 🛋️',
    '🇯🇵',
    // Kanji of names, told apart by variation selectors.
    '葛\u{e0100}城市',
    '辻\u{e0101}',
    '=1+1',
    "Robert'); DROP TABLE claims;--",
    '<script>alert(1)</script>',
    '{{7*7}} ${7*7} %s %n',
    'null',
    'undefined',
    'NaN',
    '../../etc/passwd',
    'a\u0301',
  ])('takes %s', (text) => {
    expect(passes(text)).toBe(true)
  })

  test.each([
    ['nothing', ''],
    ['blanks', '  \u3000 '],
    ['a null', 'a\0b'],
    ['a line end', 'a\nb'],
    ['a carriage return', 'a\rb'],
    ['a tab', 'a\tb'],
    ['an escape', 'a\u001b[31mb'],
    ['a delete', 'a\u007fb'],
    ['a C1 control', 'a\u0085b'],
    ['a right-to-left override', 'txt.\u202eexe'],
    ['a right-to-left mark', 'a\u200fb'],
    ['an Arabic letter mark', 'a\u061cb'],
    ['an isolate', 'a\u2067b'],
    ['a zero-width space', 'a\u200bb'],
    ['a zero-width joiner', 'a\u200db'],
    ['a word joiner', 'a\u2060b'],
    ['a byte order mark inside', 'a\ufeffb'],
    ['a soft hyphen', 'a\u00adb'],
    ['a line separator', 'a\u2028b'],
    ['a paragraph separator', 'a\u2029b'],
    ['an interlinear annotation', 'a\ufff9b\ufffac\ufffb'],
    ['a grapheme joiner', 'a\u034fb'],
    ['a Hangul filler', '\u3164'],
    ['a half-width Hangul filler', '\uffa0'],
    ['a blank Braille pattern', '\u2800'],
    ['a Mongolian vowel separator', 'a\u180eb'],
    ['tag letters', `a${String.fromCodePoint(0xe0041, 0xe0042)}`],
    ['a private letter', '\ue000'],
    ['half a surrogate pair', 'a\ud83d'],
    ['no character', 'a\uffff'],
    ['no character of another plane', String.fromCodePoint(0x1fffe)],
    ['a variation selector alone', '\ufe0f'],
    ['two variation selectors', 'a\ufe0f\ufe0f'],
    ['a musical format control', String.fromCodePoint(0x1d173)],
    ['141 letters', 'a'.repeat(141)],
    ['10,000 letters', '長'.repeat(10_000)],
    ['a number', 7],
    ['a list', ['a']],
    ['null', null],
  ])('refuses %s', (_name, text) => {
    expect(passes(text)).toBe(false)
  })

  test('trims, and makes one form of letters that are written in several', () => {
    expect(line.parse(' \u3000Caf\u0065\u0301 ')).toBe('Café')
    expect(line.parse('が')).toBe(line.parse('\u304b\u3099'))
  })

  test('whatever passes has no control, format or line character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (text) => {
        const parsed = line.safeParse(text)
        expect(parsed.success && /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/u.test(parsed.data)).toBe(
          false,
        )
        expect(parsed.success && parsed.data !== line.parse(parsed.data)).toBe(false)
      }),
      { numRuns: 20_000 },
    )
  })
})

describe('a mail address', () => {
  test.each([
    'haruka@example.jp',
    'haruka.sato+shop@mail.example.co.jp',
    "o'hara@a-b.example",
    '1@example.com',
    `${'a'.repeat(64)}@example.com`,
  ])('%s passes', (address) => {
    expect(mailAddress.parse(address)).toBe(address)
  })

  test.each([
    'a@x.test\r\nBcc: evil@y.test',
    'a@x.test\nBcc: evil@y.test',
    'a@x.test\r\nRCPT TO:<evil@y.test>',
    'a@x.test,evil@y.test',
    'a@x.test;evil@y.test',
    'a@x.test evil@y.test',
    'evil@y.test <a@x.test>',
    '<a@x.test>',
    '"a b"@x.test',
    '"a"@x.test',
    'a@[127.0.0.1]',
    'a@localhost',
    'a@x..test',
    'a@-x.test',
    'a@x-.test',
    'a..b@x.test',
    '.a@x.test',
    'a.@x.test',
    'a@b@x.test',
    'a@x.test\0',
    'a@x.test ',
    ' a@x.test',
    'a(comment)@x.test',
    'ａ@x.test',
    'a@münchen.test',
    'a@x.t',
    'a@x.123',
    '@x.test',
    'a@',
    'a',
    '',
    `${'a'.repeat(65)}@x.test`,
    `a@${'b'.repeat(64)}.test`,
    `a@${'b.'.repeat(130)}test`,
  ])('%j does not', (address) => {
    expect(mailAddress.safeParse(address).success).toBe(false)
  })

  test('that passes holds no letter that a header or an SMTP command could end at', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.emailAddress(),
          fc.string({ unit: 'binary-ascii' }),
          fc.tuple(fc.emailAddress(), fc.string({ unit: 'binary' })).map((both) => both.join('')),
        ),
        (text) => {
          const taken = mailAddress.safeParse(text).success
          expect(taken && /[\s<>,;:"()[\]\\]|[^ -~]/.test(text)).toBe(false)
        },
      ),
      { numRuns: 5000 },
    )
  })

  test('of a megabyte is refused in no time', () => {
    const began = performance.now()
    expect(mailAddress.safeParse(`${'a.'.repeat(500_000)}@`).success).toBe(false)
    expect(performance.now() - began).toBeLessThan(500)
  })
})

describe('references', () => {
  test('only a UUIDv7 is an id', () => {
    expect(uuid.safeParse('0197c3a0-0000-7000-8000-000000000000').success).toBe(true)
    for (const id of [crypto.randomUUID(), '0197c3a0-0000-7000-8000-00000000000', '', 1])
      expect(uuid.safeParse(id).success).toBe(false)
  })

  test.each(['', 'a b', 'a/b', '..', 'a'.repeat(41), 'é', 'a\n', 7])('%j is no customer', (id) => {
    expect(customerId.safeParse(id).success).toBe(false)
  })

  test('an order number is taken as it was typed, and a wrong one named', () => {
    const number = newOrderNumber()
    expect(typedOrderNumber.parse(` ${number.toLowerCase()} `)).toBe(number)
    expect(typedOrderNumber.safeParse('0000-0000-1').error?.issues[0]?.message).toContain(
      'check its characters',
    )
    expect(typedOrderNumber.safeParse('0'.repeat(41)).success).toBe(false)
  })

  test.each(['', 'a.b', 'a.b.c.d', 'a.b.c ', 'a.b.c=', 'a..c', `${'a'.repeat(65_536)}.b.c`])(
    'what is no compact JWS does not pass: %#',
    (text) => {
      expect(jws.safeParse(text).success).toBe(false)
    },
  )
})
