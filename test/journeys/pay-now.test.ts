import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { bankCompanies, bankCustomers } from '../demo/bank-world.ts'
import { shopsOfTheSeed } from '../support/shops.ts'
import { acceptAtBank, agree, readMain, waitUntilPaid } from './at-the-bank.ts'
import { askShopStatus, orderAtShop, shoes } from './at-the-shop.ts'
import { waitForMails } from './in-the-inbox.ts'
import { openStreet, type Street } from './street.ts'

const { haruka } = bankCustomers
const [{ account, depositMinor }] = haruka.accounts
const shopAccount = bankCompanies.shoes.accounts[0].account

let street: Street
beforeAll(async () => {
  street = await openStreet()
})
afterEach(() => street.endStory())
afterAll(() => street?.close())

describe('an order paid at once, straight after its acceptance', () => {
  it('is settled before the customer is back at the shop, by one transfer', async () => {
    const { page } = await street.visit()
    const order = await orderAtShop(street, page, shoes)
    await acceptAtBank(page, haruka)
    expect(await askShopStatus(street, 'shop-a', order)).toBe('unsettled')
    await page.getByRole('link', { name: 'Pay now' }).click()
    await page.getByRole('heading', { name: 'Check and pay' }).waitFor()
    expect(await readMain(page)).toContain(order.orderNumber)
    await agree(page, { account, password: haruka.password })
    await waitUntilPaid(page)
    expect(await readMain(page)).toContain('Balance now 355,750 yen')
    expect(await askShopStatus(street, 'shop-a', order)).toBe('settled')

    const booked = await street.books.transfersFrom(account)
    expect(booked.map(({ lines }) => lines)).toEqual([
      [
        [account, -3150n],
        [shopAccount, 3150n],
      ],
    ])
    expect(await street.books.balanceOf(account)).toBe(depositMinor - 3150n)

    const mails = await waitForMails(street, shopsOfTheSeed.shoes.mailAddress, {
      orderNumber: order.orderNumber,
      count: 2,
    })
    const textsBySubject = Object.fromEntries(mails.map(({ subject, text }) => [subject, text]))
    expect(textsBySubject).toEqual({
      [`Order ${order.orderNumber} received, not paid yet: 3,150 yen`]: expect.any(String),
      [`Order ${order.orderNumber} is paid: 3,150 yen`]: expect.stringContaining(
        booked[0]?.transferId ?? 'no transfer',
      ),
    })
    await waitForMails(street, haruka.mailAddress, { orderNumber: order.orderNumber, count: 2 })
  })

  it('opening its entry link again leads its own customer to what became of it, and pays nothing', async () => {
    const { page, expectRefusal } = await street.visit()
    expectRefusal(410)
    const order = await orderAtShop(street, page, shoes)
    await acceptAtBank(page, haruka)
    await page.goto(order.entryUrl)
    await page.getByRole('heading', { name: 'This order is not open any more' }).waitFor()
    await page.getByRole('link', { name: 'Back to the shop' }).click()
    await page.getByRole('heading', { name: 'Your order waits for your payment' }).waitFor()
    expect(await street.books.transfersFrom(account)).toHaveLength(1)
  })
})
