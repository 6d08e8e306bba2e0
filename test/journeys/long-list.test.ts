import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { addDays, dateIn } from '#shared/dates.ts'
import { bankCustomers } from '../demo/bank-world.ts'
import { acceptAtBank, agree, tick, waitUntilPaid } from './at-the-bank.ts'
import { type Biller, linkBiller, openWaterworks } from './at-the-biller.ts'
import { sendShopOrder } from './at-the-shop.ts'
import { openStreet, type Street } from './street.ts'

let street: Street
let waterworks: Biller
beforeAll(async () => {
  street = await openStreet()
  waterworks = await openWaterworks(street)
})
afterEach(() => street.endStory())
afterAll(() => street?.close())

/** What the list is narrowed to: at once with scripts, by the button without. */
const narrow = async (
  page: Page,
  { scripts }: { scripts: boolean },
  { search, show, order }: { search?: string; show?: string; order?: string },
) => {
  if (search !== undefined) await page.getByRole('searchbox').fill(search)
  if (show) await page.getByRole('combobox', { name: 'Show' }).selectOption(show)
  if (order) await page.getByRole('combobox', { name: 'Order' }).selectOption(order)
  if (!scripts) await page.getByRole('button', { name: 'Search' }).click()
}

const firstRow = (page: Page) => page.locator('.row-name').first()

describe('a list of more than a hundred claims', () => {
  it.each([
    { scripts: true, person: bankCustomers.haruka, supply: '40-118' },
    { scripts: false, person: bankCustomers.daniel, supply: '40-119' },
  ])(
    'is sorted, searched, filtered and paged, and what was ticked on the way is paid, scripts: $scripts',
    async ({ scripts, person, supply }) => {
      const [{ account, depositMinor }] = person.accounts
      const portalUrl = street.system.urls.portal
      const bill = { customerNumber: supply, secondFact: '231-0002' }
      const soon = addDays(dateIn('Asia/Tokyo', street.system.clock.now()), 2)
      await waterworks.send([
        ...Array.from({ length: 105 }, (_one, at) => ({
          ...bill,
          description: `Meter reading ${at + 1}`,
          yen: 100,
        })),
        { ...bill, description: 'Repair of a leak', yen: 4000, timeLimit: soon },
      ])
      const { page } = await street.visit({ javaScriptEnabled: scripts })
      const shoes = await sendShopOrder(street, {
        shop: 'shop-a',
        description: 'A pair of shoes, size 24',
        yen: 3150,
        timeLimit: addDays(soon, 4),
      })
      await page.goto(shoes.entryUrl)
      await acceptAtBank(page, person)
      await linkBiller(page, { portalUrl, name: waterworks.name, supply: bill })
      await page.getByText('106 bills are on your list now.').waitFor()
      await page.getByRole('link', { name: 'See the list' }).click()
      await page.getByText('107 claims found, 17,650 yen').waitFor()
      await page.goto(`${portalUrl}/claims`)
      await page.getByText('107 claims, 17,650 yen').waitFor()
      await page.getByText('100 of 107 claims on this page').waitFor()
      await page.getByText('One claim is near its time limit.').waitFor()

      // Sorted: the nearest limit first, then the largest amount, then the latest order.
      expect(await firstRow(page).innerText()).toContain(waterworks.name)
      await narrow(page, { scripts }, { order: 'Largest first' })
      await page.waitForURL(/sort=amount/)
      expect(await page.locator('.row').first().innerText()).toContain('Repair of a leak')
      await narrow(page, { scripts }, { order: 'By shop' })
      await page.waitForURL(/sort=shop/)

      // Filtered, and ticked there.
      await narrow(page, { scripts }, { show: 'Time limit near' })
      await page.getByText('1 claim found, 4,000 yen').waitFor()
      await tick(page, waterworks.name)
      if (scripts) await page.getByRole('button', { name: 'Check and pay 4,000 yen' }).waitFor()

      // Searched, and ticked there; the first tick is not shown and not forgotten.
      await narrow(page, { scripts }, { search: 'shoes', show: 'All claims' })
      await page.getByText('1 claim found, 3,150 yen').waitFor()
      await tick(page, 'Shop A Shoes')
      await page.getByText('One of them is not shown here.').waitFor()
      if (scripts) await page.getByRole('button', { name: 'Check and pay 7,150 yen' }).waitFor()

      // Paged, and ticked on the second page.
      await narrow(page, { scripts }, { search: '', order: 'Time limit first' })
      await page.getByText('100 of 107 claims on this page').waitFor()
      expect(await page.getByLabel('Shop A Shoes').isChecked()).toBe(true)
      await page.getByRole('button', { name: 'Next page' }).click()
      await page.getByText('7 of 107 claims on this page').waitFor()
      await page.locator('label.row-name').last().click()
      if (!scripts) await page.getByRole('button', { name: 'Recalculate' }).click()
      await page.getByRole('button', { name: 'Check and pay 7,250 yen' }).click()

      await page.getByText('You pay 3 claims').waitFor()
      await agree(page, { account, password: person.password })
      await waitUntilPaid(page)
      expect(await street.books.balanceOf(account)).toBe(depositMinor - 7250n)
      expect(await street.books.transfersFrom(account)).toHaveLength(2)
      await page.goto(`${portalUrl}/claims`)
      await page.getByText('104 claims, 10,400 yen').waitFor()
    },
  )
})
