import { categoryKey, categoryWords } from './category-words.ts'

/** What decides whether an advert fits. */
export interface MatchedAdvert {
  categories: readonly string[]
  relatedWords: readonly string[]
}

/** What of a claim may decide: its category and description, nothing of who owes it. */
export interface ShownGoods {
  category: string | null
  description: string
}

export interface Matches<Advert> {
  adverts: Advert[]
  /** Why an advert of these fits; null where it is any. */
  becauseOf(advert: Advert): { en: string; ja: string } | null
}

const plain = (text: string) => text.normalize('NFKC').toLowerCase()
const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Whether a description names the word: as a word of its own where letters are Latin, anywhere else. */
const names = (description: string, word: string): boolean => {
  const wanted = plain(word).trim()
  if (wanted === '') return false
  const text = plain(description)
  if (!/^[\p{Script=Latin}\d' -]+$/u.test(wanted)) return text.includes(wanted)
  return new RegExp(`(?<![\\p{L}\\d])${escaped(wanted)}(?:s|es)?(?![\\p{L}\\d])`, 'u').test(text)
}

/** Categories of what is shown, those of most claims first. */
const categoriesOf = (goods: readonly ShownGoods[]): string[] => {
  const counts = new Map<string, number>()
  for (const { category } of goods)
    if (category) counts.set(categoryKey(category), (counts.get(categoryKey(category)) ?? 0) + 1)
  return [...counts].toSorted((a, b) => b[1] - a[1]).map(([category]) => category)
}

const byCategory = <Advert extends MatchedAdvert>(
  adverts: readonly Advert[],
  goods: readonly ShownGoods[],
): Matches<Advert> | undefined => {
  for (const category of categoriesOf(goods)) {
    const fitting = adverts.filter((advert) =>
      advert.categories.some((one) => categoryKey(one) === category),
    )
    if (fitting.length > 0) return { adverts: fitting, becauseOf: () => categoryWords(category) }
  }
  return undefined
}

const byRelatedWord = <Advert extends MatchedAdvert>(
  adverts: readonly Advert[],
  goods: readonly ShownGoods[],
): Matches<Advert> | undefined => {
  const wordOf = (advert: Advert) =>
    advert.relatedWords.find((word) => goods.some((one) => names(one.description, word)))
  const fitting = adverts.filter((advert) => wordOf(advert) !== undefined)
  if (fitting.length === 0) return undefined
  return {
    adverts: fitting,
    becauseOf: (advert) => {
      const word = wordOf(advert)
      return word === undefined ? null : categoryWords(word)
    },
  }
}

/**
 * The adverts that fit the claims on screen: of the category that most of them have, else of the next;
 * without any, those with a related word in a description; without any, all (Fig. 18, S143 to S145).
 */
export const matchAdverts = <Advert extends MatchedAdvert>(
  adverts: readonly Advert[],
  goods: readonly ShownGoods[],
): Matches<Advert> =>
  byCategory(adverts, goods) ??
  byRelatedWord(adverts, goods) ?? { adverts: [...adverts], becauseOf: () => null }
