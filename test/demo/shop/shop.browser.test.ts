import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser, openPage } from '../../support/browser.ts'
import { haruka, type ShopsUnderTest, startShopsUnderTest } from './shop-under-test.ts'

let shops: ShopsUnderTest
let browser: Browser

beforeAll(async () => {
  shops = await startShopsUnderTest()
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  await shops.stop()
})

test.each([true, false])(
  'a browser (JavaScript %s) is let through from checkout to the entry screen on another origin',
  async (javaScriptEnabled) => {
    const { page, complaints, close } = await openPage(browser, {
      javaScriptEnabled,
      locale: 'en-GB',
    })
    await page.goto(`${shops.url}/shop-c/goods/oak-side-table`)
    await page.getByRole('button', { name: 'Add to basket' }).click()
    await page.getByRole('link', { name: 'To checkout' }).click()
    await page.getByLabel('Name').fill(haruka.name)
    await page.getByLabel('Address').fill(haruka.address)
    await page.getByLabel('Phone').fill(haruka.phone)
    await page.getByRole('button', { name: 'Place order, 8,400 yen' }).click()
    expect(page.url()).toBe(shops.claims.orders().at(-1)?.entryUrl)
    await page.goto(shops.claims.received().at(-1)?.returnUrl ?? '')
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toMatch(/One step left/)
    expect(await page.textContent('main')).toContain(haruka.address)
    expect(complaints).toEqual([])
    await close()
  },
)

test('no page is wider than a phone', async () => {
  const { page, close } = await openPage(browser, { viewport: { width: 360, height: 780 } })
  for (const path of ['', '/shop-a', '/shop-b/goods/felt-hat', '/shop-c/about', '/shop-c/basket']) {
    for (const language of ['en', 'ja']) {
      await page.setExtraHTTPHeaders({ 'accept-language': language })
      await page.goto(shops.url + path)
      const width = await page.evaluate('document.documentElement.scrollWidth')
      expect(width, `${path} in ${language}`).toBeLessThanOrEqual(360)
    }
  }
  await close()
})
