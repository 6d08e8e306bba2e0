import { describe, expect, test } from 'vitest'
import { newOrder } from '#shared/contracts/shop-api.ts'
import {
  addToBasket,
  type BasketLine,
  basketTotalMinor,
  describeBasket,
  mainCategory,
  mostOfOne,
  readBasket,
  setQuantity,
  writeBasket,
} from './basket.ts'
import { findGood, goods, goodsOf, shopSlugs } from './goods.ts'

const line = (id: string, size = '', quantity = 1): BasketLine => {
  const good = goods.find((one) => one.id === id)
  if (!good) throw new Error(id)
  return { good, size, quantity }
}
const shoes = line('leather-walking-shoes', '24', 2)
const care = line('shoe-care-set')

describe('a basket', () => {
  test('comes back from its cookie as it was', () => {
    expect(readBasket('shop-a', writeBasket([shoes, care]))).toEqual([shoes, care])
  })

  test.each([
    ['goods that are not sold here', 'felt-hat*M*1'],
    ['goods that do not exist', 'nothing**1'],
    ['a size that is not made', 'leather-walking-shoes*99*1'],
    ['no size where there are sizes', 'leather-walking-shoes**1'],
    ['a quantity of zero', 'shoe-care-set**0'],
    ['a negative quantity', 'shoe-care-set**-1'],
    ['ten of one', 'shoe-care-set**10'],
    ['half a piece', 'shoe-care-set**1.5'],
    ['nonsense', '***~~**\u0000'],
  ])('loses %s', (_, cookie) => {
    expect(readBasket('shop-a', cookie)).toEqual([])
  })

  test('keeps goods of the same size in one line, nine at most', () => {
    const twice = addToBasket([shoes], shoes)
    expect(twice).toMatchObject([{ size: '24', quantity: 4 }])
    expect(addToBasket(twice, line('leather-walking-shoes', '25'))).toHaveLength(2)
    const many = addToBasket(addToBasket(twice, shoes), { ...shoes, quantity: 9 })
    expect(many).toMatchObject([{ quantity: mostOfOne }])
  })

  test('loses a line that is set to zero', () => {
    expect(setQuantity([shoes, care], 'leather-walking-shoes*24', 0)).toEqual([care])
  })

  test('costs the sum of its pieces', () => {
    expect(basketTotalMinor([shoes, care])).toBe(2n * 3150n + 980n)
  })

  test('belongs to the category of what costs most', () => {
    expect(mainCategory([care, shoes])).toBe('shoes')
    expect(mainCategory([])).toBeUndefined()
  })
})

describe('a basket in one line', () => {
  test('names goods, sizes and quantities in the customer’s language', () => {
    expect(describeBasket([shoes, care], 'en')).toBe(
      '2 × Leather walking shoes, size 24; Shoe care set',
    )
    expect(describeBasket([shoes, care], 'ja')).toBe(
      '革のウォーキングシューズ（サイズ24）×2、シューケアセット',
    )
  })

  test.each(shopSlugs)('of everything in %s fits into an order’s description', (shop) => {
    const lines = goodsOf(shop).map((good) => line(good.id, good.sizes[0] ?? '', mostOfOne))
    for (const language of ['en', 'ja'] as const) {
      const description = describeBasket(lines, language)
      expect(newOrder.shape.description.safeParse(description).success, description).toBe(true)
      expect(description).toMatch(language === 'en' ? /and \d more$|[^.]$/ : /ほか\d点$|[^。]$/)
    }
  })
})

describe('the shelves', () => {
  test('have the shoes at 3,150 yen, the hat at 2,100 and the side table at 8,400', () => {
    expect(findGood('shop-a', 'leather-walking-shoes')?.priceMinor).toBe(3150n)
    expect(findGood('shop-b', 'felt-hat')?.priceMinor).toBe(2100n)
    expect(findGood('shop-c', 'oak-side-table')?.priceMinor).toBe(8400n)
  })

  test('carry every good under a name of its own', () => {
    expect(new Set(goods.map(({ id }) => id)).size).toBe(goods.length)
    expect(new Set(goods.map(({ name }) => name.ja)).size).toBe(goods.length)
  })
})
