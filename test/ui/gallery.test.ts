import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchBrowser, openPage } from '../support/browser.ts'
import { startGallery } from './gallery.tsx'
import { galleryPages } from './gallery-pages.tsx'

let gallery: { url: string; close(): void }
let browser: Browser

beforeAll(async () => {
  gallery = await startGallery()
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  gallery?.close()
})

it.each(['en', 'ja'])(
  'every page of the kit fits a phone of 320 px and breaks no rule of the CSP, in %s',
  async (locale) => {
    const viewport = { width: 320, height: 700 }
    const { page, complaints, close } = await openPage(browser, { viewport, locale })
    for (const path of Object.keys(galleryPages)) {
      await page.goto(`${gallery.url}${path}`)
      expect(await page.getAttribute('html', 'lang')).toBe(locale)
      const width = await page.evaluate('document.documentElement.scrollWidth')
      expect([path, width]).toEqual([path, 320])
    }
    expect(complaints).toEqual([])
    await close()
  },
)

it('everything that can be pressed on a phone is at least 44 px high', async () => {
  const { page, close } = await openPage(browser, { viewport: { width: 390, height: 844 } })
  for (const path of ['/list', '/confirm', '/sign-in', '/parts', '/console']) {
    await page.goto(`${gallery.url}${path}`)
    const small =
      await page.evaluate(`[...document.querySelectorAll('button, .button, .input, summary, nav a')]
      .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 44)
      .map((one) => one.outerHTML)`)
    expect([path, small]).toEqual([path, []])
  }
  await close()
})

it('choosing an account on the phone prices it anew and leaves the sheet open', async () => {
  const { page, close } = await openPage(browser, { viewport: { width: 390, height: 844 } })
  await page.goto(`${gallery.url}/list`)
  await page.click('.decision-choose')
  await page.click('.account >> text=Current, Station branch')
  await page.waitForFunction(
    "document.querySelector('.decision-brief').textContent.includes('110')",
  )
  expect(await page.evaluate("document.querySelector('.sheet').matches(':popover-open')")).toBe(
    true,
  )
  await page.click('.sheet-close')
  expect(await page.textContent('.decision-choose-value')).toBe('Current •••• 0926')
  expect(await page.textContent('.decision-actions .is-primary')).toBe('Check and pay 5,360 yen')
  await close()
})

it('a tap anywhere on a row ticks it, and the sum follows', async () => {
  const { page, close } = await openPage(browser, { viewport: { width: 390, height: 844 } })
  await page.goto(`${gallery.url}/list`)
  await page.click('#c1', { position: { x: 250, y: 20 } })
  expect(await page.isChecked('#c1-box')).toBe(true)
  await page.waitForFunction(
    "document.querySelector('.decision-brief').textContent.includes('3 claims')",
  )
  await close()
})

it('menu and language switch work without JavaScript', async () => {
  const { page, close } = await openPage(browser, {
    viewport: { width: 390, height: 844 },
    javaScriptEnabled: false,
  })
  await page.goto(`${gallery.url}/paid`)
  await page.click('summary')
  await page.click('.phone-menu-panel >> text=日本語')
  expect(page.url()).toBe(`${gallery.url}/paid`)
  expect(await page.textContent('h1')).toBe('支払済み')
  await close()
})
