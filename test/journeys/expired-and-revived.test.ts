import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { addDays, dateIn, startOfDay } from '#shared/dates.ts'
import { bankCustomers } from '../demo/bank-world.ts'
import { acceptAtBank, agree, readMain, waitUntilPaid } from './at-the-bank.ts'
import { consoleUrl, giveLogin, signInAtConsole } from './at-the-console.ts'
import { askShopStatus, sendShopOrder } from './at-the-shop.ts'
import { waitForMails } from './in-the-inbox.ts'
import { openStreet, type Street } from './street.ts'

const { daniel } = bankCustomers
const [{ account, depositMinor }] = daniel.accounts
const shopMail = 'orders@shop-a.example'

let street: Street
beforeAll(async () => {
  street = await openStreet()
})
afterEach(() => street.endStory())
afterAll(() => street?.close())

it('an order whose limit has passed is opened again by its shop under the same number, and paid', async () => {
  const { clock, urls } = street.system
  const today = dateIn('Asia/Tokyo', clock.now())
  const limit = addDays(today, 3)
  const { page } = await street.visit({ javaScriptEnabled: false })
  const order = await sendShopOrder(street, {
    shop: 'shop-a',
    description: 'A pair of shoes, size 24',
    yen: 3150,
    timeLimit: limit,
  })
  const { orderNumber } = order
  await page.goto(order.entryUrl)
  await acceptAtBank(page, daniel)

  // Its warning day is today: both are told at once, and the list says it.
  for (const to of [daniel.mailAddress, shopMail])
    await waitForMails(street, to, { orderNumber, count: 2 })
  await page.goto(`${urls.portal}/claims`)
  expect(await readMain(page)).toContain('One claim is near its time limit.')

  // A week on: expired, both told, nothing taken, and nothing to pay.
  clock.moveTo(startOfDay('Asia/Tokyo', addDays(today, 7)))
  await vi.waitFor(
    async () => expect(await askShopStatus(street, 'shop-a', order)).toBe('expired'),
    { timeout: 15_000, interval: 200 },
  )
  for (const to of [daniel.mailAddress, shopMail])
    await waitForMails(street, to, { orderNumber, count: 3 })
  await page.goto(`${urls.portal}/claims`)
  await page.getByRole('heading', { name: 'Nothing to pay' }).waitFor()

  // The shop opens it again, with a new limit.
  const shop = await street.visit({ javaScriptEnabled: false })
  await signInAtConsole(street, shop.page, await giveLogin(street, 'shop-a'))
  await shop.page.goto(`${consoleUrl(street)}/orders/${orderNumber}`)
  await shop.page.getByLabel('New time limit').fill(addDays(today, 20))
  await shop.page.getByRole('button', { name: 'Open the order again' }).click()
  await shop.page.getByText('The order is open again. The customer is told by mail.').waitFor()
  const console = await readMain(shop.page)
  for (const said of ['Opened again by you', 'The time limit passed without payment'])
    expect(console).toContain(said)

  // The customer is told, finds it under its number with its history, and pays.
  const mails = await waitForMails(street, daniel.mailAddress, { orderNumber, count: 4 })
  expect(mails.at(-1)?.subject).toBe(
    `Order ${orderNumber} can be paid again: 3,150 yen to Shop A Shoes`,
  )
  await page.goto(`${urls.portal}/claims/${orderNumber}`)
  expect(await readMain(page)).toContain('The time limit passed')
  await page.goto(`${urls.portal}/payments/new?claim=${orderNumber}`)
  await agree(page, { account, password: daniel.password })
  await waitUntilPaid(page)
  expect(await street.books.balanceOf(account)).toBe(depositMinor - 3150n)
  expect(await askShopStatus(street, 'shop-a', order)).toBe('settled')
})
