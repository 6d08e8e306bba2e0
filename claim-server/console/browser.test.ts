import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { silentLog } from '#shared/log.ts'
import { type Listening, listen } from '#shared/service-process.ts'
import { launchBrowser, openPage, type OpenPage } from '../../test/support/browser.ts'
import { fillShop } from '../../test/support/console-pages.ts'
import { type FreshDatabase, freshDatabase } from '../../test/support/database.ts'
import { freePort } from '../../test/support/postgres-server.ts'
import { createClaimServer } from '../app.ts'
import { type ConsoleWorld, makeConsoleWorld } from '../testing/console.ts'

let database: FreshDatabase
let browser: Browser
let world: ConsoleWorld
let server: Listening
let url: string
let visitor: OpenPage
let page: Page

beforeAll(async () => {
  database = await freshDatabase('claim-server')
  world = await makeConsoleWorld(database.db)
  await fillShop(world, 'en')
  const port = await freePort()
  url = `http://127.0.0.1:${port}`
  const app = createClaimServer({
    ...world.deps,
    config: { ...world.deps.config, PUBLIC_URL: url },
  })
  server = await listen(app, { host: '127.0.0.1', port, log: silentLog })
  browser = await launchBrowser()
}, 60_000)
afterAll(async () => {
  await browser?.close()
  await server?.close()
  world.close()
  await database.close()
})
beforeEach(async () => {
  visitor = await openPage(browser, { locale: 'en' })
  page = visitor.page
  page.setDefaultTimeout(5000)
})
afterEach(async () => {
  const { complaints } = visitor
  await visitor.close()
  if (complaints.length > 0) throw new Error(`the browser complained: ${complaints.join('; ')}`)
})

const signIn = async () => {
  await page.goto(`${url}/shop/sign-in`)
  await page.getByLabel('Sign-in id').fill(world.login.signInId)
  await page.getByLabel('Password').fill(world.login.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(/\/shop\/orders/)
}

const rows = () => page.locator('tbody tr')

describe('with scripts', { timeout: 30_000 }, () => {
  it('a search narrows the list as it is typed, without a reload; the address and the lists follow', async () => {
    await signIn()
    await page.evaluate('window.stillHere = true')
    expect(await rows().count()).toBe(3)
    await page.getByRole('searchbox').pressSequentially('trail')
    await page.waitForURL(/search=trail/)
    await expect.poll(() => rows().count()).toBe(1)
    expect(await page.evaluate('window.stillHere')).toBe(true)
    expect(await page.getByRole('searchbox').inputValue()).toBe('trail')
    await page.getByRole('link', { name: 'All', exact: true }).click()
    await page.waitForURL(/list=all&search=trail/)
    expect(await rows().count()).toBe(1)
  })

  it('dates and order change the list at once, and a reload keeps them', async () => {
    await signIn()
    await page.goto(`${url}/shop/orders?list=all`)
    await page.getByLabel('Sort by').selectOption('Amount, highest first')
    await page.waitForURL(/sort=-amount/)
    await expect.poll(() => rows().first().textContent()).toContain('14,300 yen')
    await page.getByLabel('From').fill('2020-01-01')
    await page.getByLabel('Until').fill('2020-01-31')
    await page.waitForURL(/until=2020-01-31/)
    await page.getByText('No order found').waitFor()
    await page.reload()
    expect(await page.getByLabel('Until').inputValue()).toBe('2020-01-31')
  })

  it('accounts of a registration come and go without a reload, and what was typed stays', async () => {
    await page.goto(`${url}/shop/sign-up`)
    await page.evaluate('window.stillHere = true')
    await page.getByLabel('Sign-in id').fill('shop-in-browser')
    await page.getByLabel('Password', { exact: true }).fill('green laces and 12 hats')
    await page.getByLabel('Holder').fill('SHOP D BAGS')
    await page.getByLabel('Account number').fill('1111111')
    await page.getByRole('button', { name: 'Another account' }).click()
    await expect.poll(() => page.locator('.account-entry').count()).toBe(2)
    await page.getByLabel('Account number').nth(1).fill('2222222')
    await page.getByRole('button', { name: 'Remove account 1' }).click()
    await expect.poll(() => page.locator('.account-entry').count()).toBe(1)
    expect(await page.getByLabel('Account number').inputValue()).toBe('2222222')
    expect(await page.getByLabel('Password', { exact: true }).inputValue()).toBe(
      'green laces and 12 hats',
    )
    expect(await page.evaluate('window.stillHere')).toBe(true)
  })

  it('the enter key registers and does not add an account', async () => {
    await page.goto(`${url}/shop/sign-up`)
    await page.getByLabel('Sign-in id').fill('x')
    await page.getByLabel('Sign-in id').press('Enter')
    await page.getByText('entries need a correction').waitFor()
    expect(await page.locator('.account-entry').count()).toBe(1)
    visitor.complaints.splice(0) // The browser notes the answer 422.
  })
})
