import { readFile } from 'node:fs/promises'
import { eq, sql } from 'drizzle-orm'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { accountParts } from '#shared/accounts.ts'
import { notices } from '../../claim-server/notices/notices.table.ts'
import { bankCompanies, bankCustomers, bankStaff } from '../demo/bank-world.ts'
import { sendOrder } from '../support/people.ts'
import { acceptAtBank, agree, goToBank, readMain, waitUntilPaid } from './at-the-bank.ts'
import { consoleUrl, signInAtConsole, signInAtDesk } from './at-the-console.ts'
import { waitForMails } from './in-the-inbox.ts'
import { openStreet, type Street, type Visit } from './street.ts'

const { daniel } = bankCustomers
const [own] = daniel.accounts
const { holder, accounts } = bankCompanies.leather
const [takings] = accounts
const login = { signInId: 'tama-leather', password: 'belts and card cases 6' }
const mailAddress = 'shop@tama-leather.example'

let street: Street
let shop: Visit
let apiKey: string
beforeAll(async () => {
  street = await openStreet()
})
afterEach(async () => {
  await street.endStory()
})
afterAll(() => street?.close())

const fillSignUp = async (page: Page, number: string) => {
  await page.getByLabel('Name', { exact: true }).fill(holder)
  await page.getByLabel('Mail address for us').fill(mailAddress)
  await page.getByLabel('Phone').fill('042-555-0119')
  await page.getByLabel('Days to pay').fill('10')
  await page.getByLabel('Days of warning').fill('2')
  await page.getByLabel('Branch number').fill(accountParts(takings.account).branch)
  await page.getByLabel('Type').selectOption('Current')
  await page.getByLabel('Account number').fill(number)
  await page.getByLabel('Holder').fill(holder)
  await page.getByLabel('Sign-in id').fill(login.signInId)
  await page.getByLabel('Password', { exact: true }).fill(login.password)
  await page.getByLabel('Password, once more').fill(login.password)
  await page.getByRole('button', { name: 'Register', exact: true }).click()
}

const openConsole = async (path: string) => {
  shop = await street.visit({ acceptDownloads: true })
  await signInAtConsole(street, shop.page, login)
  await shop.page.goto(consoleUrl(street) + path)
  return shop.page
}

const payAsDaniel = async (page: Page, orderNumber: string) => {
  await page.goto(`${street.system.urls.portal}/payments/new?claim=${orderNumber}`)
  await agree(page, { account: own.account, password: daniel.password })
  await waitUntilPaid(page)
}

describe('a new shop', () => {
  it('registers, the core knowing its account; waits; and is opened by the bank’s staff', async () => {
    shop = await street.visit({ javaScriptEnabled: false })
    shop.expectRefusal(422)
    const { page } = shop
    await page.goto(`${consoleUrl(street)}/sign-up`)
    await fillSignUp(page, '9999999')
    await page.getByText('The bank knows no such account of this holder.').first().waitFor()
    await fillSignUp(page, accountParts(takings.account).number)
    await page.getByRole('heading', { name: 'Your shop is registered' }).waitFor()
    await signInAtConsole(street, page, login)
    expect(await readMain(page)).toContain('Waiting for approval')

    const staff = await street.visit({ javaScriptEnabled: false })
    await signInAtDesk(street, staff.page, bankStaff.approver)
    await staff.page.getByRole('link', { name: 'Shops to approve' }).first().click()
    await staff.page.getByRole('link', { name: holder }).click()
    expect(await readMain(staff.page)).toContain('Branch 101, current, 1100506')
    await staff.page.locator('#field-reason').fill('Papers seen at the branch')
    await staff.page.getByRole('button', { name: 'Approve' }).click()
    await staff.page.getByText('The shop is live.').waitFor()
    await page.goto(`${consoleUrl(street)}/orders`)
    await page.getByRole('heading', { name: 'Nothing is waiting to be paid' }).waitFor()
  })

  it('makes an API key, and its first order is accepted and paid to its account', async () => {
    const before = await street.books.balanceOf(takings.account)
    const page = await openConsole('/settings/api-keys')
    await page.getByLabel('What it is for').fill('web shop')
    await page.getByLabel('Password').fill(login.password)
    await page.getByRole('button', { name: 'Make the key' }).click()
    await page.getByText('Your new API key').waitFor()
    const shown = await page.getByRole('main').innerHTML()
    apiKey = /ck_[a-z0-9]{12}_[\w-]{43}/.exec(shown)?.[0] ?? ''
    expect(apiKey).not.toBe('')
    const order = await sendOrder(street.system.urls.claims, apiKey, {
      description: 'Belt, brown',
      yen: 5600,
    })
    const customer = await street.visit()
    await customer.page.goto(order.entryUrl ?? '')
    await acceptAtBank(customer.page, daniel)
    await payAsDaniel(customer.page, order.orderNumber)
    expect(await street.books.balanceOf(takings.account)).toBe(before + 5600n)
    for (const subject of ['received, not paid yet', 'is paid'])
      expect(
        (await waitForMails(street, mailAddress, { orderNumber: order.orderNumber, count: 2 })).map(
          (mail) => mail.subject,
        ),
      ).toContainEqual(expect.stringContaining(subject))
  })

  it('writes an order by hand: its link as a QR code and by mail, no paper', async () => {
    const page = await openConsole('/orders/new')
    await page.getByLabel('Goods').fill('Card case, stitched by hand')
    await page.getByLabel('Amount').fill('12,000')
    await page.getByRole('button', { name: 'Store and show the link' }).click()
    await page.getByText('The order is stored. Now give your customer the link.').waitFor()
    await page.getByRole('img', { name: /^QR code with the link of order/ }).waitFor()
    await page.getByLabel('Customer’s mail address').fill('guest@mail.example')
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await page.getByText('The link is on its way by mail.').waitFor()
    const orderNumber = /orders\/([0-9A-Z-]+)/.exec(page.url())?.[1] ?? ''
    const [mail] = await waitForMails(street, 'guest@mail.example', { orderNumber, count: 1 })
    const [link = ''] = /http:\/\/\S+\/entry\/\S+/.exec(mail?.text ?? '') ?? []
    const customer = await street.visit()
    await customer.page.goto(link)
    await goToBank(customer.page, daniel)
    await customer.page.getByRole('button', { name: 'Accept order' }).click()
    await customer.page.getByRole('heading', { name: 'Order accepted' }).waitFor()
    await page.reload()
    const said = await readMain(page)
    expect(said).toContain('Accepted by the customer at the bank')
    expect(said).toContain(daniel.name)
  })

  it('inquires: unsettled and settled with the account used, as a file too; and has a mail sent again', async () => {
    const page = await openConsole('/orders')
    expect(await readMain(page)).toContain('Card case, stitched by hand')
    await page.getByRole('link', { name: 'Paid', exact: true }).click()
    await page.getByText('Belt, brown').waitFor()
    expect(await readMain(page)).toContain('•••• 0377')
    const download = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Download CSV' }).click()
    const csv = await readFile(await (await download).path(), 'utf8')
    const orderNumber = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]/.exec(csv)?.[0] ?? ''
    for (const said of ['Belt, brown', '5600', '0377']) expect(csv).toContain(said)
    expect(csv).not.toContain('Card case')

    await page.getByRole('link', { name: orderNumber }).click()
    await page.getByRole('heading', { name: `Order ${orderNumber}` }).waitFor()
    const again = page.getByRole('button', { name: `Send again: Paid, to ${mailAddress}` })
    await again.click()
    await page.getByText('This mail was delivered a few minutes ago.').waitFor()
    const { db } = street.system.claims.deps
    await db
      .update(notices)
      .set({ deliveredAt: sql`now() - interval '10 minutes'` })
      .where(eq(notices.address, mailAddress))
    await again.click()
    await page.getByText('The mail is sent again.').waitFor()
    const mails = await waitForMails(street, mailAddress, { orderNumber, count: 3 })
    const settled = mails.filter((mail) => mail.subject.includes('is paid'))
    expect(settled).toHaveLength(2)
    expect(new Set(settled.map((mail) => mail.messageId)).size).toBe(1)
  })
})
