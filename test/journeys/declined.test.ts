import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { bankCustomers, bankStaff } from '../demo/bank-world.ts'
import { acceptAtBank, readMain } from './at-the-bank.ts'
import { consoleUrl, giveLogin, signInAtConsole, signInAtDesk } from './at-the-console.ts'
import { askShopStatus, sendShopOrder } from './at-the-shop.ts'
import { waitForMails } from './in-the-inbox.ts'
import { openStreet, type Street } from './street.ts'

const { daniel } = bankCustomers
const [{ account, depositMinor }] = daniel.accounts

let street: Street
beforeAll(async () => {
  street = await openStreet()
})
afterEach(() => street.endStory())
afterAll(() => street?.close())

const acceptTable = async (page: Page) => {
  const order = await sendShopOrder(street, {
    shop: 'shop-c',
    description: 'Side table, oak',
    yen: 8400,
  })
  await page.goto(order.entryUrl)
  await acceptAtBank(page, daniel)
  await page.goto(`${street.system.urls.portal}/claims/${order.orderNumber}`)
  return order
}

describe('a claim that its customer does not want', () => {
  it('is declined with a reason, which the shop reads by mail and in its console', async () => {
    const { page } = await street.visit({ javaScriptEnabled: false })
    const order = await acceptTable(page)
    const { orderNumber } = order
    await page.getByRole('link', { name: 'Decline this claim' }).click()
    await page.getByLabel('The amount is wrong').check()
    await page.getByLabel('In your words').fill('We agreed on 7,400 yen')
    await page.getByRole('button', { name: 'Decline' }).click()
    await page.getByText('Declined. Shop C Furniture is told the reason.').waitFor()
    await page.goto(`${street.system.urls.portal}/claims`)
    await page.getByRole('heading', { name: 'Nothing to pay' }).waitFor()
    expect(await askShopStatus(street, 'shop-c', order)).toBe('declined')
    expect(await street.books.balanceOf(account)).toBe(depositMinor)

    for (const [to, subject] of [
      ['orders@shop-c.example', `Order ${orderNumber} declined by the customer: 8,400 yen`],
      [daniel.mailAddress, `You declined order ${orderNumber}: 8,400 yen to Shop C Furniture`],
    ] as const) {
      const mails = await waitForMails(street, to, { orderNumber, count: 2 })
      const told = mails.find((mail) => mail.subject === subject)
      expect(told?.text).toContain('The amount is wrong: We agreed on 7,400 yen')
    }
    const shop = await street.visit({ javaScriptEnabled: false })
    await signInAtConsole(street, shop.page, await giveLogin(street, 'shop-c'))
    await shop.page.goto(`${consoleUrl(street)}/orders/${orderNumber}`)
    const said = await readMain(shop.page)
    for (const words of ['Declined by the customer', 'We agreed on 7,400 yen'])
      expect(said).toContain(words)
  })

  it('is reported as not theirs, and the bank’s staff find it with its whole story', async () => {
    const { page } = await street.visit()
    const { orderNumber } = await acceptTable(page)
    await page.getByRole('link', { name: 'I don’t know this claim' }).click()
    await page.getByLabel('In your words').fill('I was never in that shop')
    await page.getByRole('button', { name: 'Decline' }).click()
    await page.getByText('Declined and reported.').waitFor()

    const staff = await street.visit()
    await signInAtDesk(street, staff.page, bankStaff.clerk)
    await staff.page.getByRole('link', { name: 'Claims reported as not theirs' }).first().click()
    expect(await readMain(staff.page)).toContain('I was never in that shop')
    await staff.page.getByRole('link', { name: orderNumber }).click()
    const story = await readMain(staff.page)
    for (const words of [
      'Order received from the shop',
      'Accepted by the customer',
      'Declined',
      'Mail “declined” written',
      daniel.name,
    ])
      expect(story).toContain(words)
  })
})
