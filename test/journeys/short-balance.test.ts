import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { bankCustomers } from '../demo/bank-world.ts'
import { acceptAtBank, agree, fillAgreement, readMain, tick, waitUntilPaid } from './at-the-bank.ts'
import { askShopStatus, orderAtShop, sendShopOrder, shoes } from './at-the-shop.ts'
import { openStreet, type Street } from './street.ts'

const { haruka, yuki } = bankCustomers
const [savings, , travel] = haruka.accounts
const [everyday] = yuki.accounts

let street: Street
beforeAll(async () => {
  street = await openStreet()
})
afterEach(() => street.endStory())
afterAll(() => street?.close())

describe('an account that is short', () => {
  it('says by how much, holds nothing, and lets another account pay', async () => {
    const { page } = await street.visit()
    const order = await orderAtShop(street, page, shoes)
    await acceptAtBank(page, haruka)
    await page.goto(`${street.system.urls.portal}/claims`)
    await tick(page, 'Shop A Shoes')
    await page.getByLabel('Travel, Station branch').check()
    await page.locator('.account.is-short', { hasText: 'short by 2,060 yen' }).waitFor()
    await page.getByRole('button', { name: /^Check and pay/ }).click()
    await page.getByRole('heading', { name: 'The balance is short by 2,060 yen' }).waitFor()
    expect(await readMain(page)).toContain('Nothing was paid, and nothing is held')
    expect(await askShopStatus(street, 'shop-a', order)).toBe('unsettled')
    expect(await street.books.balanceOf(travel.account)).toBe(travel.depositMinor)
    expect(await street.books.transfers()).toEqual([])

    await page.getByRole('link', { name: 'Savings' }).click()
    await agree(page, { account: savings.account, password: haruka.password })
    await waitUntilPaid(page)
    expect(await street.books.balanceOf(savings.account)).toBe(savings.depositMinor - 3150n)
    expect(await street.books.balanceOf(travel.account)).toBe(travel.depositMinor)
  })

  it('that became short after the confirmation page is refused whole by the core, and the claim is payable again', async () => {
    const { page, openTab } = await street.visit()
    const sets = [
      await sendShopOrder(street, { shop: 'shop-b', description: 'Wool scarf', yen: 700 }),
      await sendShopOrder(street, { shop: 'shop-b', description: 'Gloves', yen: 900 }),
    ]
    for (const { entryUrl } of sets) {
      await page.goto(entryUrl)
      await acceptAtBank(page, haruka)
    }
    const agreement = { account: travel.account, password: haruka.password }
    const tabs = [page, await openTab()]
    for (const [at, tab] of tabs.entries()) {
      const query = new URLSearchParams({
        claim: sets[at]?.orderNumber ?? '',
        account: travel.account,
      })
      await tab.goto(`${street.system.urls.portal}/payments/new?${query}`)
      await fillAgreement(tab, agreement)
    }
    const [first, second] = tabs
    if (!first || !second) throw new Error('unreachable: there are two tabs')
    await first.getByRole('button', { name: 'Pay 700 yen' }).click()
    await waitUntilPaid(first)
    await second.getByRole('button', { name: 'Pay 900 yen' }).click()
    await second.getByRole('heading', { name: 'Not paid' }).waitFor()
    const said = await readMain(second)
    expect(said).toContain('The balance was short by 400 yen.')
    expect(said).toContain('The claim was not paid. It is open again in your list.')
    expect(await street.books.balanceOf(travel.account)).toBe(500n)
    expect(await askShopStatus(street, 'shop-b', sets[1] ?? { orderNumber: '' })).toBe('unsettled')

    await second.getByRole('link', { name: 'Choose again' }).click()
    await second.getByLabel('Savings, Harbour branch').check()
    await second.getByRole('button', { name: 'Check and pay 1,010 yen' }).click()
    await agree(second, { account: savings.account, password: haruka.password })
    await waitUntilPaid(second)
  })

  it('that is the customer’s only one leaves the claim on the list, in Japanese too', async () => {
    const { page } = await street.visit({ locale: 'ja-JP' })
    const order = await sendShopOrder(street, { shop: 'shop-a', description: '革靴', yen: 3150 })
    await page.goto(order.entryUrl)
    await page.getByRole('link', { name: 'みなと銀行へ進む' }).click()
    await page.getByLabel('支店番号').fill('101')
    await page.getByLabel('口座番号').fill('0062034')
    await page.getByLabel('ログインパスワード').fill(yuki.password)
    await page.getByRole('button', { name: 'ログイン' }).click()
    await page.getByRole('button', { name: 'お支払いを予約する' }).click()
    await page.getByRole('link', { name: '今すぐ支払う' }).click()
    await page.getByRole('heading', { name: '残高が1,950円不足しています' }).waitFor()
    expect(await readMain(page)).toContain('お支払いは行われていません。')
    expect(await street.books.balanceOf(everyday.account)).toBe(everyday.depositMinor)
    await page.getByRole('link', { name: 'ご請求を選び直す' }).click()
    await page.getByRole('heading', { name: 'お支払い待ち' }).waitFor()
    expect(await readMain(page)).toContain(order.orderNumber)
    expect(await askShopStatus(street, 'shop-a', order)).toBe('unsettled')
  })
})
