import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { silentLog } from '#shared/log.ts'
import { type Listening, listen } from '#shared/service-process.ts'
import { launchBrowser, openPage, type OpenPage } from '../test/support/browser.ts'
import { type FreshDatabase, freshDatabase } from '../test/support/database.ts'
import { openPortal, type TestPortal } from '../test/support/portal.ts'
import { current, harukaId } from '../test/support/portal-pages.ts'
import { freePort } from '../test/support/postgres-server.ts'

let database: FreshDatabase
let browser: Browser
let portal: TestPortal
let server: Listening
let url: string
let visitor: OpenPage
let page: Page
beforeAll(async () => {
  database = await freshDatabase('bank-portal')
  browser = await launchBrowser()
}, 60_000)
afterAll(async () => {
  await browser.close()
  await database.close()
})
beforeEach(async () => {
  const port = await freePort()
  url = `http://127.0.0.1:${port}`
  portal = await openPortal({ db: database.db, config: { publicUrl: url } })
  server = await listen(portal.app, { host: '127.0.0.1', port, log: silentLog })
})
afterEach(async () => {
  const { complaints } = visitor
  await visitor.close()
  if (complaints.length > 0) throw new Error(`the browser complained: ${complaints.join('; ')}`)
  await server.close()
})

const order = (shop: string, amountMinor: bigint, days: number, isNew = false) =>
  portal.mocks.claimServer.sendOrder({
    shop,
    description: 'Something from the shop',
    amountMinor,
    days,
    isNew,
    customerId: harukaId,
  }).orderNumber

const signIn = async (options: Parameters<typeof openPage>[1] = {}) => {
  visitor = await openPage(browser, { locale: 'en', ...options })
  page = visitor.page
  page.setDefaultTimeout(5000)
  await page.goto(`${url}/sign-in`)
  await page.getByLabel('Branch number').fill('101')
  await page.getByLabel('Account number').fill('0014471')
  await page.getByLabel('Password').fill('maple-harbour-17')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: /Good day/ }).waitFor()
}

const agree = async () => {
  await page.getByLabel('Account number').fill('0014471')
  await page.getByLabel('Password').fill('maple-harbour-17')
  await page.getByRole('button', { name: /^Pay / }).click()
}
const mark = () => page.evaluate('window.stillHere = true')
const isStillHere = () => page.evaluate('window.stillHere')

describe('with scripts', { timeout: 30_000 }, () => {
  it('the list is filtered in place, and ticks outlive the filter and the next page', async () => {
    const shoes = order('Shop A Shoes', 3150n, 1)
    order('Minato Waterworks', 5000n, 20, true)
    for (let count = 0; count < 110; count++) order('Shop B Hats', 100n, 30)
    await signIn()
    await page.goto(`${url}/claims`)
    await mark()
    await page.locator('label.row-name', { hasText: 'Shop A Shoes' }).click()
    await page.getByRole('button', { name: 'Check and pay 3,150 yen' }).waitFor()
    await page.getByRole('combobox', { name: 'Show' }).selectOption('new')
    await page.getByText('1 claim found, 5,000 yen').waitFor()
    await page.locator('label.row-name', { hasText: 'Minato Waterworks' }).click()
    await page.getByRole('button', { name: 'Check and pay 8,150 yen' }).waitFor()
    expect(await isStillHere()).toBe(true)
    await page.getByRole('combobox', { name: 'Show' }).selectOption('')
    await page.getByText('100 of 112 claims on this page').waitFor()
    await page.getByRole('button', { name: 'Next page' }).click()
    await page.getByText('12 of 112 claims on this page').waitFor()
    await page.locator('label.row-name').first().click()
    await page.getByRole('button', { name: 'Check and pay 8,360 yen' }).waitFor()
    expect(page.url()).toContain(`claim=${shoes}`)
    expect(page.url()).toContain('cursor=')
    await page.reload()
    await page.getByText('2 of them are not shown here').waitFor()
    await page.getByRole('button', { name: 'Check and pay 8,360 yen' }).click()
    await page.getByText('You pay 3 claims').waitFor()
  })

  it('accounts chosen claim by claim are priced without a reload, and paid by one password', async () => {
    const shoes = order('Shop A Shoes', 3150n, 2)
    const hat = order('Shop B Hats', 2100n, 4)
    await signIn()
    await page.goto(`${url}/payments/new?claim=${shoes}&claim=${hat}`)
    await page.getByRole('link', { name: 'Pay from several accounts' }).click()
    await mark()
    await page.getByLabel(/Shop B Hats/).selectOption(current)
    await page.getByText('130,551 yen').waitFor()
    expect(await isStillHere()).toBe(true)
    await page.getByRole('button', { name: 'Check and pay 5,250 yen' }).click()
    await agree()
    await page.getByRole('heading', { name: 'Paid', exact: true }).waitFor()
    await page.getByText('2 claims paid').waitFor()
  })

  it('a run in doubt turns into its results by itself', async () => {
    const shoes = order('Shop A Shoes', 3150n, 2)
    const hat = order('Shop B Hats', 2100n, 4)
    portal.mocks.faults.core.set('answer lost', { calls: ['executePayment'], times: 1 })
    await signIn()
    await page.goto(`${url}/payments/new?claim=${shoes}&claim=${hat}&from-${hat}=${current}`)
    await agree()
    await page.getByRole('heading', { name: 'Your bank is executing the payments' }).waitFor()
    await portal.mocks.claimServer.resolve()
    await page.getByText('2 claims paid').waitFor()
    expect(await page.locator('[hx-trigger="every 2s"]').count()).toBe(0)
  })

  it('the history is narrowed to a shop in place, with its address', async () => {
    const shoes = order('Shop A Shoes', 3150n, 2)
    const hat = order('Shop B Hats', 2100n, 4)
    await signIn()
    await page.goto(`${url}/payments/new?claim=${shoes}&claim=${hat}`)
    await agree()
    await page.getByRole('heading', { name: 'Paid', exact: true }).waitFor()
    await page.goto(`${url}/paid`)
    await mark()
    await page.getByRole('combobox', { name: 'Shop or biller' }).selectOption('Shop B Hats')
    await page.getByText('1 claim, 2,100 yen').waitFor()
    expect(await isStillHere()).toBe(true)
    expect(page.url()).toContain('shop=')
    const file = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Download as CSV' }).click()
    expect((await file).suggestedFilename()).toBe('paid.csv')
  })
})

describe('without scripts', { timeout: 30_000 }, () => {
  it('ticks go through search, filter and paging, and accounts are chosen claim by claim', async () => {
    order('Shop A Shoes', 3150n, 1)
    order('Shop B Hats', 2100n, 4)
    await signIn({ javaScriptEnabled: false })
    await page.goto(`${url}/claims`)
    await page.locator('label.row-name', { hasText: 'Shop A Shoes' }).click()
    await page.getByRole('searchbox').fill('hats')
    await page.getByRole('button', { name: 'Search' }).click()
    await page.getByText('One of them is not shown here').waitFor()
    await page.locator('label.row-name', { hasText: 'Shop B Hats' }).click()
    await page.getByRole('searchbox').fill('')
    await page.getByRole('combobox', { name: 'Show' }).selectOption('payable')
    await page.getByRole('button', { name: 'Search' }).click()
    await page.getByRole('button', { name: 'Check and pay 5,360 yen' }).click()
    await page.getByRole('link', { name: 'Pay from several accounts' }).click()
    await page.getByLabel(/Shop B Hats/).selectOption(current)
    await page.getByRole('button', { name: 'Recalculate' }).click()
    await page.getByRole('button', { name: 'Check and pay 5,250 yen' }).click()
    await agree()
    await page.getByText('2 claims paid').waitFor()
    expect(visitor.complaints).toEqual([])
  })

  it('a biller is linked and its bill paid', async () => {
    portal.mocks.claimServer.sendBill({
      shop: 'Minato Waterworks',
      customerNumber: '40-118',
      secondFact: '4760',
      description: 'October and November',
      amountMinor: 5000n,
    })
    await signIn({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } })
    await page.goto(`${url}/billers`)
    await page.getByRole('link', { name: 'Minato Waterworks' }).click()
    await page.getByLabel('Customer number').fill('40-118')
    await page.getByLabel('Check number on the bill').fill('4760')
    await page.getByRole('button', { name: 'Link this biller' }).click()
    await page.getByRole('link', { name: 'See the list' }).click()
    await page.locator('label.row-name', { hasText: 'Minato Waterworks' }).click()
    await page.getByRole('button', { name: 'Check and pay' }).click()
    await agree()
    await page.getByRole('heading', { name: 'Paid', exact: true }).waitFor()
    expect(visitor.complaints).toEqual([])
  })
})
