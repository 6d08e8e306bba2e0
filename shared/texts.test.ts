import { expect, it } from 'vitest'
import { counted, defineTexts } from './texts.ts'

const texts = defineTexts({
  en: { title: 'To pay', claims: (n: number) => counted(n, 'claim', 'claims'), deep: { a: 'A' } },
  ja: { title: 'お支払い', claims: (n: number) => `${n}件`, deep: { a: 'あ' } },
})

it('words are picked by language', () => {
  expect(texts('en').title).toBe('To pay')
  expect(texts('ja').deep.a).toBe('あ')
  expect([texts('en').claims(1), texts('en').claims(2), texts('ja').claims(2)]).toEqual([
    '1 claim',
    '2 claims',
    '2件',
  ])
})

it('large counts are grouped, as amounts are', () => {
  expect(texts('en').claims(1002)).toBe('1,002 claims')
})

it('a key missing in Japanese does not compile', () => {
  // @ts-expect-error title is missing in ja
  defineTexts({ en: { title: 'a' }, ja: {} })
  // @ts-expect-error the function takes another value
  defineTexts({ en: { f: (n: number) => `${n}` }, ja: { f: (s: string) => s } })
  // @ts-expect-error a text is no function
  defineTexts({ en: { f: (n: number) => `${n}` }, ja: { f: 'a' } })
  expect(true).toBe(true)
})
