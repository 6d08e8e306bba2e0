import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addDays, dateIn } from '#shared/dates.ts'
import { bankCompanies, bankCustomers } from '../demo/bank-world.ts'
import { acceptAtBank, agree, paymentIdIn, readMain, tick, waitUntilPaid } from './at-the-bank.ts'
import { askShopStatus, type PlacedOrder, sendShopOrder } from './at-the-shop.ts'
import { waitForMails } from './in-the-inbox.ts'
import { openStreet, type Street } from './street.ts'

const { haruka } = bankCustomers
const [savings, current, travel] = haruka.accounts
const shoeShop = bankCompanies.shoes.accounts[0].account
const hatShop = bankCompanies.hats.accounts[0].account

let street: Street
let page: Page
let portalUrl: string
beforeAll(async () => {
  street = await openStreet()
  portalUrl = street.system.urls.portal
})
beforeEach(async () => {
  page = (await street.visit()).page
})
afterEach(() => street.endStory())
afterAll(() => street?.close())

/** Orders that Haruka accepts, one after the other. */
const accept = async (
  orders: readonly Parameters<typeof sendShopOrder>[1][],
): Promise<PlacedOrder[]> => {
  const placed: PlacedOrder[] = []
  for (const order of orders) {
    const one = await sendShopOrder(street, order)
    await page.goto(one.entryUrl)
    await acceptAtBank(page, haruka)
    placed.push(one)
  }
  return placed
}

const card = (name: string) => page.locator('.account', { hasText: name })
const radio = (name: string) => page.getByRole('radio', { name })
const balances = () =>
  Promise.all([savings, current, travel].map(({ account }) => street.books.balanceOf(account)))

describe('the accounts of a customer', () => {
  it('are ranked by fee as boxes are ticked: the best that can pay is chosen, and the payee’s holder is shown', async () => {
    await accept([{ shop: 'shop-b', description: 'Felt hat', yen: 2100 }])
    await page.goto(`${portalUrl}/claims`)
    expect(await radio('Savings').isChecked()).toBe(true)
    await tick(page, 'Shop B Hats')
    await page.getByRole('button', { name: 'Check and pay 2,100 yen' }).waitFor()
    // Both the current and the travel account are with the hat shop's branch; only one can pay.
    expect(await card('Travel').innerText()).toContain('short by 900 yen')
    expect(await card('Current').innerText()).toContain('lowest fee')
    expect(await card('Current').innerText()).toContain('130,551 yen')
    expect(await card('Savings').innerText()).toContain('356,690 yen')
    expect(await page.locator('.account').last().innerText()).toContain('Savings')
    expect(await radio('Current').isChecked()).toBe(true)
    await page.getByRole('button', { name: 'Check and pay 2,100 yen' }).click()
    expect(await readMain(page)).toContain(bankCompanies.hats.holder)
    await agree(page, { account: current.account, password: haruka.password })
    await waitUntilPaid(page)
    expect(await street.books.balanceOf(current.account)).toBe(current.depositMinor - 2100n)
  })

  it('pay as the customer chose in the member menu: which of them, and which first', async () => {
    await accept([{ shop: 'shop-b', description: 'Straw hat', yen: 900 }])
    await page.goto(`${portalUrl}/accounts/choices`)
    await page.getByRole('checkbox', { name: /^Travel/ }).uncheck()
    await page.getByRole('radio', { name: /^Savings/ }).check()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.goto(`${portalUrl}/claims`)
    expect(await page.locator('.account').count()).toBe(2)
    await tick(page, 'Shop B Hats')
    // The chosen default costs more than the other account, and stays chosen.
    await page.getByRole('button', { name: 'Check and pay 1,010 yen' }).waitFor()
    expect(await radio('Savings').isChecked()).toBe(true)
    await page.goto(`${portalUrl}/accounts/choices`)
    await page.getByRole('checkbox', { name: /^Travel/ }).check()
    await page.getByRole('radio', { name: 'None' }).check()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.goto(`${portalUrl}/claims`)
    await tick(page, 'Shop B Hats')
    await page.getByRole('button', { name: 'Check and pay 900 yen' }).waitFor()
    expect(await page.locator('.account').count()).toBe(3)
    const [, , before] = await balances()
    await radio('Travel').check()
    await page.getByRole('button', { name: 'Check and pay 900 yen' }).click()
    await agree(page, { account: travel.account, password: haruka.password })
    await waitUntilPaid(page)
    expect(await street.books.balanceOf(travel.account)).toBe((before ?? 0n) - 900n)
  })

  it('pay one run together: one confirmation and password, a payment and a result for each', async () => {
    const [shoes, hat] = await accept([
      { shop: 'shop-a', description: 'A pair of shoes', yen: 3150 },
      { shop: 'shop-b', description: 'Felt hat', yen: 2100 },
    ])
    const [savingsBefore = 0n, currentBefore = 0n] = await balances()
    await page.goto(`${portalUrl}/claims`)
    await tick(page, 'Shop A Shoes')
    await tick(page, 'Shop B Hats')
    await page.getByRole('button', { name: 'Check and pay 5,360 yen' }).click()
    await page.getByRole('link', { name: 'Pay from several accounts' }).click()
    await page.getByLabel(/Shop A Shoes/).selectOption(savings.account)
    await page.getByLabel(/Shop B Hats/).selectOption(current.account)
    await page.getByRole('button', { name: 'Check and pay 5,250 yen' }).click()
    await page.getByText('You pay 2 claims from 2 accounts').waitFor()
    await agree(page, { account: savings.account, password: haruka.password })
    await page.getByText('2 claims paid. The shops are told.').waitFor()
    expect(await street.books.balanceOf(savings.account)).toBe(savingsBefore - 3150n)
    expect(await street.books.balanceOf(current.account)).toBe(currentBefore - 2100n)
    const [toShoes, toHats] = [
      (await street.books.transfersFrom(savings.account)).at(-1),
      (await street.books.transfersFrom(current.account)).at(-1),
    ]
    expect([toShoes?.to, toHats?.to]).toEqual([shoeShop, hatShop])
    expect(toShoes?.paymentId).not.toBe(toHats?.paymentId)
    for (const [shop, order] of [
      ['shop-a', shoes],
      ['shop-b', hat],
    ] as const)
      expect(await askShopStatus(street, shop, order ?? { orderNumber: '' })).toBe('settled')
  })
})

describe('a group', () => {
  it('of two claims of one shop is one transfer and one fee, named on the record and in the shop’s mail', async () => {
    const orders = await accept([
      { shop: 'shop-a', description: 'Walking shoes', yen: 3150 },
      { shop: 'shop-a', description: 'Laces', yen: 300 },
    ])
    const query = new URLSearchParams(orders.map(({ orderNumber }) => ['claim', orderNumber]))
    await page.goto(`${portalUrl}/payments/new?${query}&account=${current.account}`)
    expect(await readMain(page)).toContain('One transfer for 2 claims, which saves 110 yen')
    const paymentId = paymentIdIn(page)
    await agree(page, { account: current.account, password: haruka.password })
    await waitUntilPaid(page)
    const booked = (await street.books.transfers()).filter((one) => one.paymentId === paymentId)
    expect(booked).toMatchObject([{ amountMinor: 3450n, feeMinor: 110n, to: shoeShop }])

    await page.goto(`${portalUrl}/paid/${orders[0]?.orderNumber}`)
    const record = await readMain(page)
    const [groupNumber = ''] = /G-[0-9A-Z-]+/.exec(record) ?? []
    expect(groupNumber).not.toBe('')
    expect(record).toContain('Laces')
    for (const { orderNumber } of orders) {
      const mails = await waitForMails(street, 'orders@shop-a.example', { orderNumber, count: 2 })
      const paid = mails.find((mail) => mail.subject.includes('is paid'))
      expect(paid?.text).toContain(groupNumber)
      expect(paid?.text).toContain('2 orders, 3,450 yen')
    }
  })
})

describe('a basket that the balance can’t pay', () => {
  it('names what broke it, and the part that fits is paid by one more click', async () => {
    const today = dateIn('Asia/Tokyo', street.system.clock.now())
    const before = await street.books.balanceOf(travel.account)
    const [scarf, gloves, ribbon] = await accept([
      { shop: 'shop-b', description: 'Scarf', yen: 150, timeLimit: addDays(today, 5) },
      { shop: 'shop-b', description: 'Gloves', yen: 900, timeLimit: addDays(today, 6) },
      { shop: 'shop-b', description: 'Ribbon', yen: 100, timeLimit: addDays(today, 7) },
    ])
    const numbers = [scarf, gloves, ribbon].map((one) => one?.orderNumber ?? '')
    const query = new URLSearchParams(numbers.map((number) => ['claim', number]))
    await page.goto(`${portalUrl}/payments/new?${query}&account=${travel.account}`)
    const said = await readMain(page)
    expect(said).toContain('Nothing was paid, and nothing is held')
    expect(said).toContain('The balance is enough for 2 of 3 claims')
    expect(said).toContain('the first it can’t pay is Shop B Hats: Gloves, 900 yen')
    await page.getByRole('link', { name: 'Check and pay 2 claims, 250 yen' }).click()
    await agree(page, { account: travel.account, password: haruka.password })
    await waitUntilPaid(page)
    expect(await street.books.balanceOf(travel.account)).toBe(before - 250n)
    const statuses = await Promise.all(
      numbers.map((orderNumber) => askShopStatus(street, 'shop-b', { orderNumber })),
    )
    expect(statuses).toEqual(['settled', 'unsettled', 'settled'])
  })
})
