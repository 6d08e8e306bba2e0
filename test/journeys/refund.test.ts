import { eq } from 'drizzle-orm'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { NoAnswer, type ServiceClient } from '#shared/service-client.ts'
import { claims } from '../../claim-server/claims/claims.table.ts'
import { orders } from '../../claim-server/orders/orders.table.ts'
import { bankCompanies, bankCustomers, bankStaff } from '../demo/bank-world.ts'
import { agree, readMain } from './at-the-bank.ts'
import { signInAtDesk } from './at-the-console.ts'
import { waitForMails } from './in-the-inbox.ts'
import { openStreet, type Street } from './street.ts'
import { goToConfirmation } from './to-the-confirmation.ts'

const { haruka } = bankCustomers
const { clerk, approver, secondApprover } = bankStaff
const [{ account }] = haruka.accounts
const [{ account: shopAccount }] = bankCompanies.shoes.accounts

// Receipts that reach nobody: set while the claim server is to know nothing of a payment.
let isHeldBack = false
const withoutReceipts =
  (call: ServiceClient): ServiceClient =>
  (contract, sent, context) =>
    isHeldBack && ['completePayment', 'findReceipts'].includes(contract.name)
      ? Promise.reject(new NoAnswer(contract.name, 'held back'))
      : call(contract, sent, context)

let street: Street
beforeAll(async () => {
  street = await openStreet({
    wrap: {
      portal: (deps) => ({ ...deps, callClaimServer: withoutReceipts(deps.callClaimServer) }),
      claims: (deps) => ({ ...deps, callCore: withoutReceipts(deps.callCore) }),
    },
  })
})
afterEach(() => street.endStory())
afterAll(() => street?.close())

const balances = async () => ({
  customer: await street.books.balanceOf(account),
  shop: await street.books.balanceOf(shopAccount),
})

/** As after a restored backup: the claim has expired when the receipt of its payment comes. */
const loseClaim = async (orderNumber: string) => {
  const { db } = street.system.claims.deps
  const [order] = await db.select().from(orders).where(eq(orders.orderNumber, orderNumber))
  await db
    .update(claims)
    .set({ status: 'expired', paymentId: null, payingSince: null })
    .where(eq(claims.orderId, order?.id ?? ''))
}

/** Pays for shoes too late, and returns once the customer is told so. */
const payLate = async (page: Page): Promise<string> => {
  const { orderNumber } = await goToConfirmation(street, page, haruka)
  isHeldBack = true
  await agree(page, { account, password: haruka.password })
  await page.getByRole('heading', { name: 'Your bank is executing the payment' }).waitFor()
  await loseClaim(orderNumber)
  isHeldBack = false
  await page.getByRole('heading', { name: 'Received, but the claim was no longer open' }).waitFor()
  expect(await readMain(page)).toContain('Staff are preparing a refund.')
  return orderNumber
}

type StaffLogin = Parameters<typeof signInAtDesk>[2]

const openCase = async (page: Page, member: StaffLogin, list = '') => {
  await signInAtDesk(street, page, member)
  await page.goto(`${street.system.urls.portal}/staff/exceptions${list}`)
  await page.getByRole('link', { name: 'paid late' }).click()
  await page.getByRole('heading', { name: 'Case: paid late' }).waitFor()
}

const approve = async (page: Page, [own, second]: [string, StaffLogin]) => {
  await page.getByLabel('Your password').fill(own)
  await page.getByLabel('Staff id of the second approver').fill(second.staffId)
  await page.getByLabel('Password of the second approver').fill(second.password)
  await page.getByRole('button', { name: 'Pay back 3,150 yen' }).click()
}

describe('what was paid too late', () => {
  it('goes back to the yen once two different approvers agree, each by their own password, and all are told', async () => {
    const customer = await street.visit()
    const before = await balances()
    const orderNumber = await payLate(customer.page)
    expect(await balances()).toEqual({
      customer: before.customer - 3150n,
      shop: before.shop + 3150n,
    })
    const late = await balances()

    // A clerk reads the case and can do no more.
    const reader = await street.visit()
    await openCase(reader.page, clerk)
    await reader.page.getByText('Two approvers pay this back').waitFor()
    expect(await reader.page.getByRole('button', { name: /^Pay back/ }).count()).toBe(0)

    // Neither one person twice, nor a clerk, nor a wrong password of either moves a yen.
    const desk = await street.visit()
    for (const status of [401, 422]) desk.expectRefusal(status)
    const { page } = desk
    await openCase(page, approver)
    const form = await readMain(page)
    for (const said of ['Rie Hayashi (you)', 'Haruka Sato', 'Shop A Shoes', 'free of charge'])
      expect(form).toContain(said)
    await approve(page, [approver.password, approver])
    await page.getByRole('link', { name: 'must come from somebody else' }).waitFor()
    for (const refused of [
      [approver.password, clerk],
      ['wrong', secondApprover],
      [approver.password, { ...secondApprover, password: 'wrong' }],
    ] satisfies Parameters<typeof approve>[1][]) {
      await page.goto(page.url().replace(/\/refunds$/, ''))
      await approve(page, refused)
      await page.getByText('The approval was not accepted').waitFor()
      // Typed again each time: the page gives no password back.
      expect(await page.getByLabel('Your password').inputValue()).toBe('')
    }
    expect(await balances()).toEqual(late)

    await approve(page, [approver.password, secondApprover])
    await page.getByRole('heading', { name: 'Paid back' }).waitFor()
    expect(await balances()).toEqual(before)
    expect(await street.books.transfersFrom(shopAccount)).toMatchObject([
      { to: account, amountMinor: 3150n, feeMinor: 0n },
    ])

    // The customer's page, the mails and the second approver's desk say the same.
    await customer.page.reload()
    expect(await readMain(customer.page)).toContain('The amount was paid back to your account.')
    for (const [to, subjects] of [
      [haruka.mailAddress, ['is being checked', 'Refund: 3,150 yen from Shop A Shoes']],
      ['orders@shop-a.example', ['but the order was not open', 'paid back to your customer']],
    ] as const) {
      const [, checked, refunded] = await waitForMails(street, to, { orderNumber, count: 3 })
      expect(checked?.subject).toContain(subjects[0])
      expect(refunded?.subject).toContain(subjects[1])
    }
    const second = await street.visit()
    await openCase(second.page, secondApprover, '?show=all')
    await second.page.getByText('the case is closed').waitFor()
    await second.page.getByRole('link', { name: 'The refund' }).click()
    await second.page.getByRole('heading', { name: 'Paid back' }).waitFor()
    expect(await readMain(second.page)).toContain('3,150')
  })
})
