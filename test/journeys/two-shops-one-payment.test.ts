import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { bankCompanies, bankCustomers } from '../demo/bank-world.ts'
import { shopsOfTheSeed } from '../support/shops.ts'
import { acceptAtBank, agree, paymentIdIn, readMain, tick, waitUntilPaid } from './at-the-bank.ts'
import { hat, orderAtShop, shoes } from './at-the-shop.ts'
import { readMail, waitForMails } from './in-the-inbox.ts'
import { openStreet, type Street, type Visit } from './street.ts'

const shopAccounts = {
  shoes: bankCompanies.shoes.accounts[0].account,
  hats: bankCompanies.hats.accounts[0].account,
}
const feeAccount = '0901-101-1-9990001'

let street: Street
beforeAll(async () => {
  street = await openStreet()
})
afterEach(() => street.endStory())
afterAll(() => street?.close())

/** Ticks both claims; the sum follows by itself with scripts, and by a button without. */
const tickBoth = async (page: Page, { scripts }: { scripts: boolean }) => {
  if (scripts) await page.evaluate('window.loadedOnce = true')
  await tick(page, 'Shop A Shoes')
  if (scripts) await page.getByRole('button', { name: 'Check and pay 3,150 yen' }).waitFor()
  await tick(page, 'Shop B Hats')
  if (!scripts) await page.getByRole('button', { name: 'Recalculate' }).click()
  await page.getByRole('button', { name: 'Check and pay 5,360 yen' }).waitFor()
  if (scripts) expect(await page.evaluate('window.loadedOnce')).toBe(true)
}

const readShopMails = async (visit: Visit, orderNumbers: { shoes: string; hats: string }) => {
  for (const shop of ['shoes', 'hats'] as const) {
    const to = shopsOfTheSeed[shop].mailAddress
    const mails = await waitForMails(street, to, { orderNumber: orderNumbers[shop], count: 2 })
    const [transfer] = (await street.books.transfers()).filter((one) =>
      mails.some((mail) => mail.text.includes(one.transferId)),
    )
    expect(transfer?.to).toBe(shopAccounts[shop])
    const subject = new RegExp(orderNumbers[shop])
    const { text, html } = await readMail(street, visit, { to, subject })
    for (const part of [text, html]) expect(part).toContain(orderNumbers[shop])
    expect(text).toContain(transfer?.transferId)
  }
}

describe('two shops’ orders, accepted one after the other and paid later together', () => {
  it.each([
    { scripts: true, person: bankCustomers.haruka, last4: '4471' },
    { scripts: false, person: bankCustomers.daniel, last4: '0377' },
  ])(
    'are settled by one payment that both shops and the customer are told of, scripts: $scripts',
    async ({ scripts, person, last4 }) => {
      const { account, depositMinor } = person.accounts[0]
      const before = {
        shoes: await street.books.balanceOf(shopAccounts.shoes),
        hats: await street.books.balanceOf(shopAccounts.hats),
        fees: await street.books.balanceOf(feeAccount),
      }
      const customer = await street.visit({ javaScriptEnabled: scripts })
      const { page } = customer

      // The first order, at Shop A: accepted, to be paid later, and back at the shop.
      const first = await orderAtShop(street, page, shoes)
      await acceptAtBank(page, person)
      await page.getByRole('link', { name: 'Pay later' }).click()
      await page.getByRole('heading', { name: 'Your order is on your list' }).waitFor()
      expect(await readMain(page)).toContain('Nothing is paid yet.')
      await page.getByRole('link', { name: 'Back to the shop' }).click()
      await page.getByRole('heading', { name: 'Your order waits for your payment' }).waitFor()
      const orderAtShopA = page.url()

      // The second, at Shop B: the customer is still signed in and is not asked again.
      const second = await orderAtShop(street, page, hat)
      await acceptAtBank(page, person)
      await page.getByRole('link', { name: 'Pay later' }).click()
      await page.getByRole('link', { name: 'To the list' }).click()

      // To pay: both together.
      await page.getByRole('heading', { name: 'To pay' }).waitFor()
      expect(await readMain(page)).toContain('2 claims, 5,250 yen from 2 shops and billers')
      await tickBoth(page, { scripts })
      await page.getByRole('button', { name: 'Check and pay 5,360 yen' }).click()
      await page.getByRole('heading', { name: 'Check and pay' }).waitFor()
      const confirmation = await readMain(page)
      for (const said of [first.orderNumber, second.orderNumber, 'Shop A Shoes', 'Shop B Hats'])
        expect(confirmation).toContain(said)
      const paymentId = paymentIdIn(page)
      expect(await street.books.transfersFrom(account)).toEqual([])
      await agree(page, { account, password: person.password })
      await waitUntilPaid(page)
      expect(paymentIdIn(page)).toBe(paymentId)
      expect(await readMain(page)).toContain('Nothing is left to pay.')

      // What the core booked: two transfers, one fee, and not a yen more.
      const booked = await street.books.transfersFrom(account)
      expect(booked).toHaveLength(2)
      expect(booked.map(({ lines }) => lines)).toEqual(
        expect.arrayContaining([
          [
            [account, -3150n],
            [shopAccounts.shoes, 3150n],
          ],
          [
            [account, -2100n],
            [shopAccounts.hats, 2100n],
            [account, -110n],
            [feeAccount, 110n],
          ],
        ]),
      )
      expect(new Set(booked.map((one) => one.paymentId))).toEqual(new Set([paymentId]))
      expect(await street.books.balanceOf(account)).toBe(depositMinor - 5360n)
      expect(await street.books.balanceOf(shopAccounts.shoes)).toBe(before.shoes + 3150n)
      expect(await street.books.balanceOf(shopAccounts.hats)).toBe(before.hats + 2100n)
      expect(await street.books.balanceOf(feeAccount)).toBe(before.fees + 110n)

      // The settled list, and the record of one transfer for the drawer.
      await page.getByRole('link', { name: 'Finish' }).click()
      await page.getByRole('navigation').getByRole('link', { name: 'Paid' }).click()
      const paid = await readMain(page)
      expect(paid).toContain('2 claims, 5,250 yen')
      expect(paid).toContain(second.orderNumber)
      await page.getByRole('link', { name: 'Shop A Shoes' }).click()
      await page.getByText('Payment record').first().waitFor()
      const record = await readMain(page)
      const toShoes = booked.find((one) => one.to === shopAccounts.shoes)
      for (const said of [first.orderNumber, toShoes?.transferId ?? '', person.name, last4])
        expect(record).toContain(said)

      // The shop's own page knows it too.
      await page.goto(orderAtShopA)
      await page.getByRole('heading', { name: 'Paid. Thank you' }).waitFor()

      // Reserved and paid: two mails for each shop, four for the customer, each part by part.
      const reader = await street.visit()
      await readShopMails(reader, { shoes: first.orderNumber, hats: second.orderNumber })
      for (const { orderNumber } of [first, second]) {
        const mails = await waitForMails(street, person.mailAddress, { orderNumber, count: 2 })
        expect(mails.filter((mail) => /reserved/.test(mail.subject))).toHaveLength(1)
        const settled = mails.find((mail) => mail.subject.startsWith('Paid: '))
        expect(settled?.text).toContain('has paid this order')
        expect(settled?.html).toContain(orderNumber)
      }
    },
  )
})
