import type { Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { bankCustomers } from '../demo/bank-world.ts'
import {
  acceptAtBank,
  agree,
  paymentIdIn,
  readMain,
  signInByAccount,
  tick,
  waitUntilPaid,
} from './at-the-bank.ts'
import { orderAtShop, sendShopOrder, shoes } from './at-the-shop.ts'
import { openStreet, type Street } from './street.ts'

const { haruka, daniel } = bankCustomers

let street: Street
beforeAll(async () => {
  street = await openStreet()
})
afterEach(() => street.endStory())
afterAll(() => street?.close())

const toJapanese = (page: Page) => page.getByRole('button', { name: '日本語' }).click()
const toEnglish = (page: Page) => page.getByRole('button', { name: 'English' }).click()

const title = (page: Page, name: string) => page.getByRole('heading', { name, level: 1 }).waitFor()

describe('changing the language', () => {
  it('keeps the order on its way from the shop to the bank, and the question there', async () => {
    const { page, expectRefusal } = await street.visit()
    expectRefusal(401)
    const { orderNumber, entryUrl } = await orderAtShop(street, page, shoes)
    await toJapanese(page)
    await title(page, '銀行でのお支払い')
    expect(page.url()).toBe(entryUrl)
    expect(await readMain(page)).toContain(orderNumber)
    await toEnglish(page)

    await page.getByRole('link', { name: 'Go to Minato Bank' }).click()
    await toJapanese(page)
    await title(page, 'ログイン')
    await toEnglish(page)
    // Also from the page that refused a password.
    await signInByAccount(page, { ...daniel, password: 'alpine-ferry-30' })
    await page.getByText('These details were not accepted').waitFor()
    await toJapanese(page)
    await title(page, 'ログイン')
    await toEnglish(page)
    await signInByAccount(page, daniel)
    await title(page, 'Accept this order?')
    await toJapanese(page)
    await title(page, 'このご注文のお支払いを予約しますか')
    expect(await readMain(page)).toContain(orderNumber)
    await page.getByRole('button', { name: 'お支払いを予約する' }).click()
    await title(page, 'お支払いを予約しました')
    await toEnglish(page)
    await title(page, 'Order accepted')
  })

  it('keeps what is ticked, the payment that is being confirmed, and its result', async () => {
    const { page, expectRefusal } = await street.visit()
    expectRefusal(401)
    const [{ account, depositMinor }] = haruka.accounts
    const order = await sendShopOrder(street, { shop: 'shop-a', description: 'Shoes', yen: 3150 })
    await page.goto(order.entryUrl)
    await acceptAtBank(page, haruka)
    await page.goto(`${street.system.urls.portal}/claims`)
    await tick(page, 'Shop A Shoes')
    await page.getByRole('button', { name: 'Check and pay 3,150 yen' }).waitFor()
    await toJapanese(page)
    await title(page, 'お支払い待ち')
    await page.getByRole('button', { name: '3,150円の確認へ進む' }).click()
    await title(page, 'お支払い内容の確認')
    const paymentId = paymentIdIn(page)
    await toEnglish(page)
    await title(page, 'Check and pay')
    expect(paymentIdIn(page)).toBe(paymentId)

    await agree(page, { account, password: 'maple-harbour-71' })
    await title(page, 'These details were not accepted')
    await toJapanese(page)
    await title(page, 'お支払い内容の確認')
    expect(paymentIdIn(page)).toBe(paymentId)
    await page.getByLabel('口座番号').fill('0014471')
    await page.getByLabel('ログインパスワード').fill(haruka.password)
    await page.getByRole('button', { name: '3,150円を支払う' }).click()
    await title(page, 'お支払いが完了しました')
    await toEnglish(page)
    await waitUntilPaid(page)
    expect(paymentIdIn(page)).toBe(paymentId)
    expect(await street.books.balanceOf(account)).toBe(depositMinor - 3150n)
  })
})

const mostTabs = 40

/** Goes on by the Tab key until the focus is there, as somebody without a mouse does. */
const tabTo = async (page: Page, target: Locator): Promise<void> => {
  for (let tabs = 0; tabs < mostTabs; tabs++) {
    if (await target.evaluate((element) => element === element.ownerDocument.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`${mostTabs} presses of Tab do not lead to ${target}`)
}

describe('a customer without a mouse', () => {
  it('ticks, chooses the account, confirms and pays by Tab, Space, the arrows and Enter', async () => {
    const { page } = await street.visit()
    const [savings] = haruka.accounts
    const before = await street.books.balanceOf(savings.account)
    const order = await sendShopOrder(street, { shop: 'shop-b', description: 'Hat', yen: 2100 })
    await page.goto(order.entryUrl)
    await acceptAtBank(page, haruka)
    await page.goto(`${street.system.urls.portal}/claims`)
    // The first stop of every page leads past its menu.
    await page.keyboard.press('Tab')
    expect(await page.locator(':focus').textContent()).toBe('Skip to the content')
    await page.keyboard.press('Enter')

    await tabTo(page, page.getByLabel('Shop B Hats'))
    await page.keyboard.press('Space')
    await page.getByRole('button', { name: 'Check and pay 2,100 yen' }).waitFor()
    // From Current, at the branch of the hat shop's account and so the cheapest, to Savings at another.
    const savingsCard = page.getByLabel('Savings, Harbour branch')
    await tabTo(page, page.getByLabel('Current, Station branch'))
    for (let presses = 0; presses < haruka.accounts.length; presses++)
      if (!(await savingsCard.isChecked())) await page.keyboard.press('ArrowDown')
    await page.getByRole('button', { name: 'Check and pay 2,210 yen' }).waitFor()
    expect(await savingsCard.isChecked()).toBe(true)
    await tabTo(page, page.getByRole('button', { name: 'Check and pay 2,210 yen' }))
    await page.keyboard.press('Enter')
    await title(page, 'Check and pay')

    await tabTo(page, page.getByLabel('Account number'))
    await page.keyboard.type('0014471')
    await page.keyboard.press('Tab')
    await page.keyboard.type(haruka.password)
    await page.keyboard.press('Enter')
    await waitUntilPaid(page)
    expect(await street.books.balanceOf(savings.account)).toBe(before - 2210n)
  })
})
