import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { addDays, dateIn, endOfDay, startOfDay } from '#shared/dates.ts'
import { bankCustomers } from '../demo/bank-world.ts'
import { acceptAtBank, agree, fillAgreement, readMain, waitUntilPaid } from './at-the-bank.ts'
import { askShopStatus, orderAtShop, shoes } from './at-the-shop.ts'
import { waitForMails } from './in-the-inbox.ts'
import { openStreet, type Street } from './street.ts'

const { haruka } = bankCustomers
const [{ account, depositMinor }] = haruka.accounts
const timeZone = 'Asia/Tokyo'

let street: Street
beforeAll(async () => {
  street = await openStreet()
})
afterEach(() => street.endStory())
afterAll(() => street?.close())

const limitOf = async (orderNumber: string): Promise<string> => {
  const { apiKey } = street.shops.keys['shop-a']
  const response = await fetch(`${street.system.urls.claims}/v1/orders/${orderNumber}`, {
    headers: { authorization: `Bearer ${apiKey}` },
  })
  return ((await response.json()) as { timeLimit: string }).timeLimit
}

const today = () => dateIn(timeZone, street.system.clock.now())

describe('the time limit', () => {
  it('lets a customer pay until the last minute of its day', async () => {
    const { page } = await street.visit()
    const order = await orderAtShop(street, page, shoes)
    await acceptAtBank(page, haruka)
    const limit = await limitOf(order.orderNumber)
    street.system.clock.moveTo(new Date(endOfDay(timeZone, limit).getTime() - 60_000))
    await page.goto(`${street.system.urls.portal}/payments/new?claim=${order.orderNumber}`)
    await agree(page, { account, password: haruka.password })
    await waitUntilPaid(page)
    expect(today()).toBe(limit)
    expect(await askShopStatus(street, 'shop-a', order)).toBe('settled')
    expect(await street.books.balanceOf(account)).toBe(depositMinor - 3150n)
  })

  it('is warned of before, and once it has passed the claim can’t be paid: both are told, nothing is taken', async () => {
    const { page, openTab, expectRefusal } = await street.visit()
    expectRefusal(409)
    const order = await orderAtShop(street, page, shoes)
    const { orderNumber } = order
    await acceptAtBank(page, haruka)
    const limit = await limitOf(orderNumber)
    const people = [haruka.mailAddress, 'orders@shop-a.example']
    const before = await street.books.balanceOf(account)

    for (const to of people) await waitForMails(street, to, { orderNumber, count: 1 })

    // Three days before, both are warned; the list and the sign-in say it on the day itself.
    street.system.clock.moveTo(startOfDay(timeZone, addDays(limit, -3)))
    for (const to of people) {
      const [, warning] = await waitForMails(street, to, { orderNumber, count: 2 })
      expect(warning?.text).toContain('not paid yet')
    }
    street.system.clock.moveTo(startOfDay(timeZone, limit))
    await page.goto(`${street.system.urls.portal}/claims`)
    await page.getByText('One claim reaches its time limit today.').waitFor()
    expect(await readMain(page)).toContain('today, until midnight')
    const forgotten = await openTab()
    await forgotten.goto(`${street.system.urls.portal}/payments/new?claim=${orderNumber}`)
    await fillAgreement(forgotten, { account, password: haruka.password })

    // Ten minutes past midnight: expired, and a confirmation that was left open pays nothing.
    street.system.clock.moveTo(new Date(endOfDay(timeZone, limit).getTime() + 10 * 60_000))
    await vi.waitFor(
      async () => expect(await askShopStatus(street, 'shop-a', order)).toBe('expired'),
      { timeout: 15_000, interval: 200 },
    )
    await forgotten.getByRole('button', { name: 'Pay 3,150 yen' }).click()
    await forgotten.getByRole('heading', { name: 'These claims can’t be paid now' }).waitFor()
    expect(await readMain(forgotten)).toContain('Nothing was paid by this.')
    expect(await street.books.balanceOf(account)).toBe(before)
    expect(await street.books.transfersFrom(account)).toHaveLength(1)
    for (const to of people) {
      const [, , expiry] = await waitForMails(street, to, { orderNumber, count: 3 })
      expect(expiry?.subject).toContain(`Order ${orderNumber} has expired`)
    }

    await page.goto(`${street.system.urls.portal}/claims`)
    await page.getByRole('heading', { name: 'Nothing to pay' }).waitFor()
    await page.goto(`${street.system.urls.portal}/claims/${orderNumber}`)
    const claim = await readMain(page)
    expect(claim).toContain('This claim can’t be paid now.')
    expect(claim).toContain('The time limit passed')
    await page.goto(`${street.shops.url}/shop-a/orders`)
    await page.getByRole('link').filter({ hasText: 'Leather walking shoes' }).first().click()
    await page.getByRole('heading', { name: 'The time to pay has passed' }).waitFor()
  })
})
