import { describe, expect, it } from 'vitest'
import type { Form } from '../form.ts'
import { readAdvert } from './read-advert.ts'

const today = '2026-11-23'
const form: Form = {
  advertiser: 'Tama Leather',
  en: 'Shoe care set, 20% off',
  ja: 'シューケアセット 20%引き',
  url: 'https://tama-leather.example/care',
  categories: 'shoes, bags',
  relatedWords: 'leather、革',
  showFrom: today,
  showUntil: '',
}
const read = (changed: Form = {}) => readAdvert({ ...form, ...changed }, today, 'en')

describe('an advert as typed', () => {
  it('is read with its words, each once, between commas of either script', () => {
    expect(read({ categories: 'shoes,bags，shoes, ' })).toEqual({
      outcome: 'read',
      advert: {
        advertiser: 'Tama Leather',
        text: { en: form.en, ja: form.ja },
        url: form.url,
        categories: ['shoes', 'bags'],
        relatedWords: ['leather', '革'],
        showFrom: today,
        showUntil: null,
      },
    })
  })

  it('may be for any claim: without categories and words', () => {
    expect(read({ categories: '', relatedWords: ' ' })).toMatchObject({
      advert: { categories: [], relatedWords: [] },
    })
  })

  it('may end on the day it begins', () => {
    expect(read({ showUntil: today })).toMatchObject({ advert: { showUntil: today } })
  })

  it.each(['en', 'ja'] as const)(
    'empty is told of every field by a sentence of its own, in %s',
    (language) => {
      const result = readAdvert(
        { ...form, advertiser: '', en: '', ja: '', url: '' },
        today,
        language,
      )
      const said = result.outcome === 'mistakes' ? Object.values(result.mistakes) : []
      expect(new Set(said).size).toBe(4)
    },
  )

  it.each([
    ['advertiser', ''],
    ['advertiser', 'x'.repeat(81)],
    ['en', 'two\nlines'],
    ['ja', ''],
    ['url', 'http://tama-leather.example'],
    ['url', 'javascript:alert(1)'],
    ['url', 'tama-leather.example'],
    ['categories', Array.from({ length: 21 }, (_one, at) => `c${at}`).join(',')],
    ['relatedWords', 'x'.repeat(41)],
    ['showFrom', '2026-11-22'],
    ['showFrom', 'tomorrow'],
    ['showUntil', '2026-11-22'],
    ['showUntil', '2026-02-30'],
  ])('names %s when it is %j', (field, value) => {
    expect(read({ [field]: value })).toEqual({
      outcome: 'mistakes',
      mistakes: { [field]: expect.any(String) },
    })
  })
})
