/** Categories that shops write in either language: "shoes" and 「靴」 are the same one. */
const pairs = [
  ['shoes', '靴'],
  ['hats', '帽子'],
  ['clothes', '衣料品'],
  ['bags', 'バッグ'],
  ['furniture', '家具'],
  ['lighting', '照明'],
  ['books', '本'],
  ['music', '音楽'],
  ['food', '食品'],
  ['sweets', 'お菓子'],
  ['flowers', '花'],
  ['toys', 'おもちゃ'],
  ['sports', 'スポーツ用品'],
  ['travel', '旅行'],
  ['electronics', '家電'],
  ['computers', 'パソコン'],
  ['electricity', '電気'],
  ['gas', 'ガス'],
  ['water', '水道'],
  ['telephone', '電話'],
  ['internet', 'インターネット'],
] as const

const plain = (text: string) => text.normalize('NFKC').trim().toLowerCase()
const pairOf = (text: string) => pairs.find((pair) => pair.some((word) => word === plain(text)))

/** One form for all ways to write a category. */
export const categoryKey = (category: string): string => pairOf(category)?.[0] ?? plain(category)

/** A category in words of both languages; one that is not known is the same in both. */
export const categoryWords = (category: string): { en: string; ja: string } => {
  const [en, ja] = pairOf(category) ?? [category.trim(), category.trim()]
  return { en, ja }
}
