import type { Page } from 'playwright-core'
import { acceptAtBank } from './at-the-bank.ts'
import { type PlacedOrder, sendShopOrder } from './at-the-shop.ts'
import type { Street } from './street.ts'

type Person = Parameters<typeof acceptAtBank>[1]

/** Shoes for 3,150 yen, ordered and accepted by that customer. */
export const acceptShoes = async (
  street: Street,
  page: Page,
  person: Person,
): Promise<PlacedOrder> => {
  const shoes = { shop: 'shop-a', description: 'A pair of shoes, size 24', yen: 3150 } as const
  const order = await sendShopOrder(street, shoes)
  await page.goto(order.entryUrl)
  await acceptAtBank(page, person)
  return order
}

/** The same, and on to the page where they are confirmed. */
export const goToConfirmation = async (
  street: Street,
  page: Page,
  person: Person,
): Promise<PlacedOrder> => {
  const order = await acceptShoes(street, page, person)
  await page.getByRole('link', { name: 'Pay now' }).click()
  await page.getByRole('heading', { name: 'Check and pay' }).waitFor()
  return order
}
