import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { ShopSlug } from '../demo/shop/goods.ts'
import { sendOrder } from '../support/people.ts'
import type { Street } from './street.ts'

export interface Purchase {
  shop: ShopSlug
  /** What the shelf calls it. */
  good: string
  size?: string
  /** As the shop writes it. */
  price: string
}

export const shoes = {
  shop: 'shop-a',
  good: 'Leather walking shoes',
  size: '24',
  price: '3,150 yen',
} as const satisfies Purchase

export const hat = {
  shop: 'shop-b',
  good: 'Felt hat, navy',
  size: 'M',
  price: '2,100 yen',
} as const satisfies Purchase

/** An order on its way: the number for people, and the entry link that the browser was sent to. */
export interface PlacedOrder {
  orderNumber: string
  entryUrl: string
}

const fillCheckout = async (page: Page) => {
  await page.getByLabel('Name').fill('Haruka Sato')
  await page.getByLabel('Address').fill('12-3 Yamashita-cho, Naka-ku, Yokohama')
  await page.getByLabel('Phone').fill('045-555-0119')
  await page.getByLabel('Pay through my bank: payment reservation').check()
}

/** From the shop's shelf to the entry screen, where the order is named and nothing is paid. */
export const orderAtShop = async (
  street: Street,
  page: Page,
  { shop, good, size, price }: Purchase,
): Promise<PlacedOrder> => {
  await page.goto(`${street.shops.url}/${shop}`)
  await page.getByRole('link', { name: good }).last().click()
  if (size) await page.getByRole('radio', { name: size, exact: true }).check()
  await page.getByRole('button', { name: 'Add to basket' }).click()
  await page.getByRole('link', { name: 'To checkout' }).click()
  await fillCheckout(page)
  await page.getByRole('button', { name: `Place order, ${price}` }).click()
  await page.getByRole('heading', { name: 'Pay through your bank' }).waitFor()
  const screen = page.getByRole('main')
  expect(await screen.textContent()).toContain(price.replace(' yen', ''))
  expect(await screen.textContent()).toContain('Nothing is paid yet.')
  const orderNumber = await page
    .locator('dt', { hasText: 'Order number' })
    .locator('xpath=following-sibling::dd')
    .textContent()
  return { orderNumber: orderNumber?.trim() ?? '', entryUrl: page.url() }
}

/** An order that the shop's server sends by itself, without its site: for stories that begin at the bank. */
export const sendShopOrder = async (
  { system, shops }: Street,
  { shop, ...order }: { shop: ShopSlug; description: string; yen: number; timeLimit?: string },
): Promise<PlacedOrder> => {
  const sent = await sendOrder(system.urls.claims, shops.keys[shop].apiKey, order)
  return { orderNumber: sent.orderNumber, entryUrl: sent.entryUrl ?? '' }
}

/** What the claim server tells the shop of its order. */
export const askShopStatus = async (
  { system, shops }: Street,
  shop: ShopSlug,
  { orderNumber }: Pick<PlacedOrder, 'orderNumber'>,
): Promise<string> => {
  const response = await fetch(`${system.urls.claims}/v1/orders/${orderNumber}`, {
    headers: { authorization: `Bearer ${shops.keys[shop].apiKey}` },
  })
  const { status } = (await response.json()) as { status: string }
  return status
}
