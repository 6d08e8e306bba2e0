import { sumMinor } from '#shared/money.ts'
import type { Language } from '#shared/texts.ts'
import { findGood, type Good, type ShopSlug } from './goods.ts'

export interface BasketLine {
  good: Good
  /** Empty for goods without sizes. */
  size: string
  quantity: number
}

export const mostOfOne = 9
const mostLines = 20

/** Which line of a basket: goods and size. */
export const keyOf = ({ good, size }: Pick<BasketLine, 'good' | 'size'>): string =>
  `${good.id}*${size}`

/** The basket in a cookie: "canvas-sneakers*24*2~knit-cap**1". Prices are not in it. */
export const writeBasket = (lines: readonly BasketLine[]): string =>
  lines.map((line) => `${keyOf(line)}*${line.quantity}`).join('~')

const readLine = (shop: ShopSlug, text: string): BasketLine | undefined => {
  const [id = '', size = '', quantity = ''] = text.split('*')
  const good = findGood(shop, id)
  if (!good || !isSizeOf(good, size) || !/^[1-9]$/.test(quantity)) return undefined
  return { good, size, quantity: Number(quantity) }
}

export const isSizeOf = (good: Good, size: string): boolean =>
  good.sizes.length === 0 ? size === '' : good.sizes.includes(size)

/** What a cookie says, without the lines that make no sense (any more). */
export const readBasket = (shop: ShopSlug, text = ''): BasketLine[] => {
  const lines: BasketLine[] = []
  for (const part of text.split('~').slice(0, mostLines)) {
    const line = readLine(shop, part)
    if (line && !lines.some((one) => keyOf(one) === keyOf(line))) lines.push(line)
  }
  return lines
}

/** Adds to the line of the same goods and size, if there is one. */
export const addToBasket = (lines: readonly BasketLine[], added: BasketLine): BasketLine[] => {
  const same = lines.find((line) => keyOf(line) === keyOf(added))
  if (!same) return [...lines, added].slice(0, mostLines)
  return setQuantity(lines, keyOf(added), same.quantity + added.quantity)
}

/** Zero takes the line out. */
export const setQuantity = (
  lines: readonly BasketLine[],
  key: string,
  quantity: number,
): BasketLine[] =>
  lines
    .map((line) =>
      keyOf(line) === key ? { ...line, quantity: Math.min(quantity, mostOfOne) } : line,
    )
    .filter((line) => line.quantity > 0)

export const lineTotalMinor = ({ good, quantity }: BasketLine): bigint =>
  good.priceMinor * BigInt(quantity)

export const basketTotalMinor = (lines: readonly BasketLine[]): bigint =>
  sumMinor(lines.map(lineTotalMinor))

export const countOf = (lines: readonly BasketLine[]): number =>
  lines.reduce((count, { quantity }) => count + quantity, 0)

const lineInWords = ({ good, size, quantity }: BasketLine, language: Language): string => {
  const name = good.name[language]
  if (language === 'ja') {
    return `${name}${size ? `（サイズ${size}）` : ''}${quantity > 1 ? `×${quantity}` : ''}`
  }
  return `${quantity > 1 ? `${quantity} × ` : ''}${name}${size ? `, size ${size}` : ''}`
}

const longestDescription = 140

/** The basket in one line, for the customer's list at the bank: as many goods by name as fit. */
export const describeBasket = (lines: readonly BasketLine[], language: Language): string => {
  const parts = lines.map((line) => lineInWords(line, language))
  const separator = language === 'ja' ? '、' : '; '
  const shortened = (named: number) => {
    const rest = parts.length - named
    const more = language === 'ja' ? `ほか${rest}点` : `and ${rest} more`
    return [...parts.slice(0, named), more].join(separator)
  }
  const whole = parts.join(separator)
  if (whole.length <= longestDescription) return whole
  for (let named = parts.length - 1; named > 0; named--) {
    if (shortened(named).length <= longestDescription) return shortened(named)
  }
  return whole.slice(0, longestDescription)
}

/** The category of the goods that cost most: what adverts beside the claim may relate to. */
export const mainCategory = (lines: readonly BasketLine[]): string | undefined =>
  lines
    .toSorted((a, b) => Number(lineTotalMinor(b) - lineTotalMinor(a)))
    .at(0)
    ?.good.category.name.en.toLowerCase()
