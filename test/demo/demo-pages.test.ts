import type { Page, Response } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openStreet, type Street } from '../journeys/street.ts'
import { checkMarkup } from '../pages/check-source.ts'
import { contrast, loadAxe, runAxe } from '../pages/run-axe.ts'
import { acceptOrder, signIn } from '../support/people.ts'
import { bankCustomers } from './bank-world.ts'

let street: Street
beforeAll(async () => {
  street = await openStreet()
})
afterEach(() => street.endStory())
afterAll(() => street?.close())

/** Looks at every page that a visitor comes to: its source, and what it is to a screen reader and to weak eyes. */
const createInspector = async (page: Page) => {
  await loadAxe(page)
  const faults: string[] = []
  let last: Response | undefined
  page.on('response', (response) => {
    const isDocument = response.request().resourceType() === 'document'
    const isMain = response.frame() === page.mainFrame()
    if (isDocument && isMain && (response.status() < 300 || response.status() > 399))
      last = response
  })
  return {
    faults,
    async inspect(name: string) {
      await page.locator('h1').first().waitFor()
      await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
      const light = await runAxe(page)
      await page.emulateMedia({ colorScheme: 'dark' })
      const dark = await runAxe(page, contrast)
      const source = await checkMarkup((await last?.text()) ?? '')
      const found = [...source, ...light, ...dark.map((one) => `dark ${one}`)]
      faults.push(...found.map((one) => `${name}: ${one}`))
    },
  }
}

const press = (page: Page, selector: string) => page.locator(selector).first().click()

const orderShoeCare = async (page: Page, inspect: (name: string) => Promise<void>) => {
  await page.goto(street.shops.url)
  await inspect('shops')
  await page.goto(`${street.shops.url}/shop-a`)
  await inspect('shelf')
  await page.goto(`${street.shops.url}/shop-a/goods/leather-walking-shoes`)
  await inspect('good')
  await page.goto(`${street.shops.url}/shop-a/goods/shoe-care-set`)
  await press(page, 'form.add button')
  await inspect('basket')
  await press(page, 'a[href$="/checkout"]')
  await inspect('checkout')
  await press(page, 'form.checkout button')
  await inspect('checkout with mistakes')
  await page.locator('[name=name]').fill('佐藤 遥')
  await page.locator('[name=address]').fill('横浜市中区山下町12-3')
  await page.locator('[name=phone]').fill('045-555-0119')
  await press(page, 'form.checkout button')
  await page.waitForURL(/\/entry\//)
}

describe('every page of the demo’s shops and of its inbox', () => {
  it.each([
    { locale: 'en-GB', person: bankCustomers.haruka },
    { locale: 'ja-JP', person: bankCustomers.kenji },
  ])(
    'is valid HTML and breaks no rule of accessibility, in light and in dark, $locale',
    async ({ locale, person }) => {
      const { page, expectRefusal } = await street.visit({ locale })
      for (const status of [410, 422]) expectRefusal(status)
      const { inspect, faults } = await createInspector(page)

      await orderShoeCare(page, inspect)
      const entryUrl = page.url()
      await acceptOrder(await signIn(street.system.urls.portal, person), { entryUrl })
      await page.reload()
      await press(page, `a[href^="${street.shops.url}"]`)
      await inspect('order at the shop')
      await page.goto(`${street.shops.url}/shop-a/orders`)
      await inspect('orders at the shop')
      await expect.poll(() => street.inbox.mails({ to: person.mailAddress }).length).toBe(1)
      await page.goto(street.inbox.url)
      await inspect('inbox')
      await press(page, '.rows a')
      await inspect('mail')
      await page.goto(`${street.inbox.url}/desk`)
      await inspect('desk')

      expect(faults).toEqual([])
    },
    120_000,
  )
})
