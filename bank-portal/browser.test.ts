import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { silentLog } from '#shared/log.ts'
import { type Listening, listen } from '#shared/service-process.ts'
import { launchBrowser, openPage, type OpenPage } from '../test/support/browser.ts'
import { type FreshDatabase, freshDatabase } from '../test/support/database.ts'
import { openPortal, type TestPortal } from '../test/support/portal.ts'
import { harukaId } from '../test/support/portal-pages.ts'
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
  await visitor.close()
  await server.close()
})

const order = (shop: string, amountMinor: bigint, days: number) =>
  portal.mocks.claimServer.sendOrder({
    shop,
    description: 'Something from the shop',
    amountMinor,
    days,
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
}

/** The whole row is the box's label. */
const tick = (shop: string) => page.locator('label.row-name', { hasText: shop }).click()

const agree = async () => {
  await page.getByLabel('Account number').fill('0014471')
  await page.getByLabel('Password').fill('maple-harbour-17')
  await page.getByRole('button', { name: /^Pay / }).click()
}

describe('with scripts', { timeout: 30_000 }, () => {
  it('ticking reprices every account without a reload, and a reload keeps what was ticked', async () => {
    const shoes = order('Shop A Shoes', 3150n, 2)
    order('Shop B Hats', 2100n, 4)
    await signIn()
    await page.goto(`${url}/claims`)
    await page.evaluate('window.stillHere = true')
    await tick('Shop A Shoes')
    await page.getByRole('button', { name: 'Check and pay 3,150 yen' }).waitFor()
    await tick('Shop B Hats')
    await page.getByRole('button', { name: 'Check and pay 5,360 yen' }).waitFor()
    await page.getByLabel('Current, Station branch').check()
    await page.waitForURL(/account=0901-202-2-0020926/)
    expect(await page.evaluate('window.stillHere')).toBe(true)
    await page.reload()
    expect(await page.getByLabel('Shop A Shoes').isChecked()).toBe(true)
    expect(await page.getByLabel('Current, Station branch').isChecked()).toBe(true)
    expect(page.url()).toContain(`claim=${shoes}`)
    await page.getByRole('button', { name: 'Check and pay 5,360 yen' }).click()
    await page.getByRole('heading', { name: 'Check and pay' }).waitFor()
    expect(visitor.complaints).toEqual([])
  })

  it('the account that is best follows the ticks, until the customer chooses one', async () => {
    order('Shop A Shoes', 3150n, 2)
    order('Shop B Hats', 2100n, 4)
    await signIn()
    await page.goto(`${url}/claims`)
    const [savings, current] = ['Savings, Harbour branch', 'Current, Station branch'].map((name) =>
      page.getByRole('radio', { name }),
    )
    await tick('Shop B Hats')
    await page.getByRole('button', { name: 'Check and pay 2,100 yen' }).waitFor()
    expect(await current?.isChecked()).toBe(true)
    await tick('Shop B Hats')
    await tick('Shop A Shoes')
    await page.getByRole('button', { name: 'Check and pay 3,150 yen' }).waitFor()
    expect(await savings?.isChecked()).toBe(true)
    await current?.check()
    await page.getByRole('button', { name: 'Check and pay 3,260 yen' }).waitFor()
    await tick('Shop B Hats')
    await page.getByRole('button', { name: 'Check and pay 5,360 yen' }).waitFor()
    expect(await current?.isChecked()).toBe(true)
    expect(visitor.complaints).toEqual([])
  })

  it('searching narrows the list while typing and forgets no tick', async () => {
    order('Shop A Shoes', 3150n, 2)
    order('Shop B Hats', 2100n, 4)
    await signIn()
    await page.goto(`${url}/claims`)
    await tick('Shop A Shoes')
    await page.getByRole('button', { name: 'Check and pay 3,150 yen' }).waitFor()
    await page.getByRole('searchbox').fill('hats')
    await page.getByText('1 claim found').waitFor()
    expect(await page.getByLabel('Shop A Shoes').count()).toBe(0)
    await tick('Shop B Hats')
    await page.getByRole('button', { name: 'Check and pay 5,360 yen' }).waitFor()
    await page.getByRole('searchbox').fill('')
    await page.getByLabel('Shop A Shoes').waitFor()
    expect(await page.getByLabel('Shop A Shoes').isChecked()).toBe(true)
    expect(await page.getByLabel('Shop B Hats').isChecked()).toBe(true)
    await page.getByRole('combobox', { name: 'Order' }).selectOption('amount')
    await page.waitForURL(/sort=amount/)
    expect(await page.getByLabel('Shop B Hats').isChecked()).toBe(true)
    expect(visitor.complaints).toEqual([])
  })

  it('a search that hides a tick says so beside the list, until it shows it again', async () => {
    order('Shop A Shoes', 3150n, 2)
    order('Shop B Hats', 2100n, 4)
    await signIn()
    await page.goto(`${url}/claims`)
    await tick('Shop A Shoes')
    await page.getByRole('button', { name: 'Check and pay 3,150 yen' }).waitFor()
    await tick('Shop B Hats')
    await page.getByRole('button', { name: 'Check and pay 5,360 yen' }).waitFor()
    const said = page.getByText('One of them is not shown here.')
    expect(await said.count()).toBe(0)
    await page.getByRole('searchbox').fill('hats')
    await said.waitFor()
    await page.getByRole('searchbox').fill('')
    await said.waitFor({ state: 'detached' })
    expect(await page.getByLabel('Shop A Shoes').isChecked()).toBe(true)
    await page.getByRole('button', { name: 'Check and pay 5,360 yen' }).waitFor()
    expect(visitor.complaints).toEqual([])
  })

  it('a tick while the list can’t be reached leads to a page that leads back to the list', async () => {
    order('Shop A Shoes', 3150n, 2)
    await signIn()
    await page.goto(`${url}/claims`)
    portal.mocks.faults.claimServer.set('not reachable')
    await tick('Shop A Shoes')
    const again = page.getByRole('link', { name: 'Try again' })
    await again.waitFor()
    portal.mocks.faults.claimServer.clear()
    await again.click()
    await page.getByRole('heading', { name: 'To pay' }).waitFor()
    await page.getByRole('link', { name: 'Accounts' }).first().waitFor()
    // The browser reports the 503 of the fragment itself.
    expect(visitor.complaints).toHaveLength(1)
  })

  it('a payment in doubt turns into its result by itself', async () => {
    const shoes = order('Shop A Shoes', 3150n, 2)
    portal.mocks.faults.core.set('answer lost', { calls: ['executePayment'] })
    await signIn()
    await page.goto(`${url}/payments/new?claim=${shoes}`)
    await agree()
    await page.getByRole('heading', { name: 'Your bank is executing the payment' }).waitFor()
    await portal.mocks.claimServer.resolve()
    await page.getByRole('heading', { name: 'Paid', exact: true }).waitFor()
    await page.getByText('Balance now').waitFor()
    expect(await page.locator('[hx-trigger="every 2s"]').count()).toBe(0)
    expect(visitor.complaints).toEqual([])
  })

  it('a double click is one payment', async () => {
    const shoes = order('Shop A Shoes', 3150n, 2)
    await signIn()
    await page.goto(`${url}/payments/new?claim=${shoes}`)
    await page.getByLabel('Account number').fill('0014471')
    await page.getByLabel('Password').fill('maple-harbour-17')
    await page.getByRole('button', { name: /^Pay / }).dblclick()
    await page.getByRole('heading', { name: 'Paid', exact: true }).waitFor()
    expect(portal.mocks.core.receipts.size).toBe(1)
    expect(portal.mocks.core.accounts.get('0901-101-1-0014471')?.balanceMinor).toBe(355_750n)
    expect(visitor.complaints).toEqual([])
  })

  it('on a phone a row is ticked by a tap anywhere, and the account chosen from the bar at the thumb', async () => {
    order('Shop A Shoes', 3150n, 2)
    await signIn({ viewport: { width: 390, height: 844 } })
    await page.goto(`${url}/claims`)
    await page.locator('.row', { hasText: 'Shop A Shoes' }).click({ position: { x: 250, y: 15 } })
    await page.getByRole('button', { name: 'Check and pay 3,150 yen' }).waitFor()
    await page.getByRole('button', { name: /Savings •••• 4471/ }).click()
    await page.getByLabel('Travel, Station branch').check()
    await page.getByRole('button', { name: 'Use this account' }).click()
    await page.locator('.decision-brief', { hasText: 'short by 2,060 yen' }).waitFor()
    await page.getByRole('button', { name: /Travel •••• 3310/ }).waitFor()
    expect(visitor.complaints).toEqual([])
  })

  it('a fragment after the session’s end leads to the sign-in and back', async () => {
    order('Shop A Shoes', 3150n, 2)
    await signIn()
    await page.goto(`${url}/claims`)
    await page.context().clearCookies({ name: 'portal-session' })
    await tick('Shop A Shoes')
    await page.waitForURL(/\/sign-in\?next=%2Fclaims/)
    // The browser reports the 401 of the fragment itself.
    expect(visitor.complaints).toHaveLength(1)
  })
})

describe('without scripts', { timeout: 30_000 }, () => {
  it('the menu of a phone opens, and the language is changed in it', async () => {
    await signIn({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } })
    await page.goto(`${url}/paid`)
    await page.locator('summary').click()
    await page.locator('.phone-menu-panel').getByRole('button', { name: '日本語' }).click()
    await page.getByRole('heading', { name: 'お支払い済み' }).waitFor()
    expect(page.url()).toBe(`${url}/paid`)
  })

  it('a customer ticks, recalculates, and pays', async () => {
    order('Shop A Shoes', 3150n, 2)
    order('Shop B Hats', 2100n, 4)
    await signIn({ javaScriptEnabled: false })
    await page.goto(`${url}/claims`)
    await tick('Shop A Shoes')
    await tick('Shop B Hats')
    await page.getByLabel('Current, Station branch').check()
    await page.getByRole('button', { name: 'Recalculate' }).click()
    await page.getByRole('button', { name: 'Check and pay 5,360 yen' }).click()
    await page.getByLabel('Account number').fill('0020926')
    await page.getByLabel('Password').fill('maple-harbour-17')
    await page.getByRole('button', { name: 'Pay 5,360 yen' }).click()
    await page.getByRole('heading', { name: 'Paid', exact: true }).waitFor()
    expect(visitor.complaints).toEqual([])
  })

  it('a payment in doubt turns into its result by reloading itself', async () => {
    const shoes = order('Shop A Shoes', 3150n, 2)
    portal.mocks.faults.core.set('answer lost', { calls: ['executePayment'] })
    await signIn({ javaScriptEnabled: false })
    await page.goto(`${url}/payments/new?claim=${shoes}`)
    await agree()
    await page.getByRole('heading', { name: 'Your bank is executing the payment' }).waitFor()
    await portal.mocks.claimServer.resolve()
    await page.getByRole('heading', { name: 'Paid', exact: true }).waitFor()
    expect(visitor.complaints).toEqual([])
  })
})
