import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { bankCustomers } from '../demo/bank-world.ts'
import { acceptAtBank, goToBank, signInByAccount } from './at-the-bank.ts'
import { askShopStatus, orderAtShop, shoes } from './at-the-shop.ts'
import { waitForMails } from './in-the-inbox.ts'
import { openStreet, type Street } from './street.ts'

const { haruka, daniel } = bankCustomers

let street: Street
beforeAll(async () => {
  street = await openStreet()
})
afterEach(() => street.endStory())
afterAll(() => street?.close())

const notOpen = { name: 'This order is not open any more' }

/** Nothing of the order itself: neither what, nor how much, nor whose. */
const expectNothingShown = async (page: Page) => {
  const text = await page.locator('body').innerText()
  for (const secret of ['3,150', 'Leather walking shoes', 'Haruka', 'haruka'])
    expect(text).not.toContain(secret)
}

describe('a second customer with somebody else’s entry link', () => {
  it('that was used finds an order that is not open any more, and nothing of what it was', async () => {
    const { page } = await street.visit()
    const order = await orderAtShop(street, page, shoes)
    await acceptAtBank(page, haruka)

    const second = await street.visit()
    second.expectRefusal(410)
    await second.page.goto(order.entryUrl)
    await second.page.getByRole('heading', notOpen).waitFor()
    await expectNothingShown(second.page)
    // The same at the bank, signed in, by the address that the link leads to.
    const token = new URL(order.entryUrl).pathname.split('/').at(-1)
    await second.page.goto(`${street.system.urls.portal}/entry/${token}`)
    await signInByAccount(second.page, daniel)
    await second.page.getByRole('heading', notOpen).waitFor()
    await expectNothingShown(second.page)
    expect(street.inbox.mails({ to: daniel.mailAddress })).toEqual([])
  })

  it('that both hold open: the order belongs to whoever accepts first, and to nobody else', async () => {
    const { page } = await street.visit()
    const order = await orderAtShop(street, page, shoes)
    await goToBank(page, haruka)
    const second = await street.visit()
    second.expectRefusal(410)
    await second.page.goto(order.entryUrl)
    await goToBank(second.page, daniel)
    // Looking at the question has bound nothing.
    expect(await askShopStatus(street, 'shop-a', order)).toBe('provisional')

    await page.getByRole('button', { name: 'Accept order' }).click()
    await page.getByRole('heading', { name: 'Order accepted' }).waitFor()
    await second.page.getByRole('button', { name: 'Accept order' }).click()
    await second.page.getByRole('heading', notOpen).waitFor()
    await second.page.getByRole('link', { name: 'To the list' }).click()
    await second.page.getByRole('heading', { name: 'Nothing to pay' }).waitFor()
    const { orderNumber } = order
    await waitForMails(street, haruka.mailAddress, { orderNumber, count: 1 })
    await waitForMails(street, 'orders@shop-a.example', { orderNumber, count: 1 })
    expect(street.inbox.mails({ to: daniel.mailAddress })).toEqual([])
  })
})
