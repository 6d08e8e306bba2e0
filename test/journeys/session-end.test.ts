import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { sessions } from '../../bank-portal/sign-in/sessions.table.ts'
import { bankCustomers } from '../demo/bank-world.ts'
import {
  agree,
  fillAgreement,
  paymentIdIn,
  readMain,
  signInByAccount,
  waitUntilPaid,
} from './at-the-bank.ts'
import { askShopStatus } from './at-the-shop.ts'
import { openStreet, type Street } from './street.ts'
import { goToConfirmation } from './to-the-confirmation.ts'

const { haruka, daniel } = bankCustomers

let street: Street
beforeAll(async () => {
  street = await openStreet()
})
afterEach(() => street.endStory())
afterAll(() => street?.close())

/** Six minutes without a click, for everybody. */
const letSessionsEnd = () =>
  street.system.portal.deps.db.update(sessions).set({
    seenAt: sql`${sessions.seenAt} - interval '6 minutes'`,
  })

describe('a session that ended', () => {
  it('before the confirmation was sent: nothing was paid, and after signing in the same payment can be made', async () => {
    const { page, expectRefusal } = await street.visit()
    expectRefusal(401)
    const [{ account, depositMinor }] = haruka.accounts
    const order = await goToConfirmation(street, page, haruka)
    const paymentId = paymentIdIn(page)
    await letSessionsEnd()
    await agree(page, { account, password: haruka.password })
    await page.getByRole('heading', { name: 'You were signed out before this arrived' }).waitFor()
    expect(await readMain(page)).toContain('Nothing was paid or changed by it.')
    expect(await street.books.balanceOf(account)).toBe(depositMinor)
    expect(await askShopStatus(street, 'shop-a', order)).toBe('unsettled')

    await page.getByRole('link', { name: 'Sign in and go on' }).click()
    await signInByAccount(page, haruka)
    await page.getByRole('heading', { name: 'Check and pay' }).waitFor()
    expect(paymentIdIn(page)).toBe(paymentId)
    await agree(page, { account, password: haruka.password })
    await waitUntilPaid(page)
    expect(await street.books.balanceOf(account)).toBe(depositMinor - 3150n)
    expect(await street.books.transfersFrom(account)).toHaveLength(1)
  })

  it('after the payment was made in another tab: signing in shows its result, and no password is asked for it again', async () => {
    const { page, openTab, expectRefusal } = await street.visit()
    expectRefusal(401)
    const [{ account, depositMinor }] = daniel.accounts
    await goToConfirmation(street, page, daniel)
    const paymentId = paymentIdIn(page)
    const other = await openTab()
    await other.goto(page.url())
    await fillAgreement(other, { account, password: daniel.password })
    await agree(page, { account, password: daniel.password })
    await waitUntilPaid(page)

    await letSessionsEnd()
    await other.getByRole('button', { name: 'Pay 3,150 yen' }).click()
    await other.getByRole('link', { name: 'Sign in and go on' }).click()
    await signInByAccount(other, daniel)
    await waitUntilPaid(other)
    expect(paymentIdIn(other)).toBe(paymentId)
    expect(await street.books.balanceOf(account)).toBe(depositMinor - 3150n)
    expect(await street.books.transfersFrom(account)).toHaveLength(1)
  })
})
