import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { NoAnswer, type ServiceClient } from '#shared/service-client.ts'
import { bankCustomers } from '../demo/bank-world.ts'
import { agree, paymentIdIn, readMain, waitUntilPaid } from './at-the-bank.ts'
import { askShopStatus, type PlacedOrder } from './at-the-shop.ts'
import { waitForMails } from './in-the-inbox.ts'
import { openStreet, type Street } from './street.ts'
import { goToConfirmation as goToConfirmationOfShoes } from './to-the-confirmation.ts'

const { haruka, daniel } = bankCustomers

/** A line to the core that can be cut before a call arrives, or after it took effect. */
const createLine = () => {
  const silent = new Set<string>()
  const deaf = new Set<string>()
  const asked: string[] = []
  return {
    /** Calls that never arrive. */
    silent,
    /** Calls that take effect and are never answered. */
    deaf,
    /** The calls that arrived, by name. */
    asked,
    over:
      (call: ServiceClient): ServiceClient =>
      async (contract, sent, context) => {
        if (silent.has(contract.name)) throw new NoAnswer(contract.name, 'not reachable')
        asked.push(contract.name)
        const reply = await call(contract, sent, context)
        if (deaf.has(contract.name)) throw new NoAnswer(contract.name, 'the connection broke')
        return reply
      },
  }
}

const fromPortal = createLine()
const fromClaims = createLine()
let street: Street
beforeAll(async () => {
  street = await openStreet({
    wrap: {
      portal: (deps) => ({ ...deps, callCore: fromPortal.over(deps.callCore) }),
      claims: (deps) => ({ ...deps, callCore: fromClaims.over(deps.callCore) }),
    },
  })
})
afterEach(() => {
  for (const line of [fromPortal, fromClaims]) {
    line.silent.clear()
    line.deaf.clear()
  }
  return street.endStory()
})
afterAll(() => street?.close())

type Person = typeof haruka | typeof daniel

/** On to the confirmation page; from there on the calls are counted. */
const goToConfirmation = async (page: Page, person: Person): Promise<PlacedOrder> => {
  const order = await goToConfirmationOfShoes(street, page, person)
  fromPortal.asked.length = 0
  fromClaims.asked.length = 0
  return order
}

const timesAsked = (name: string) => fromPortal.asked.filter((one) => one === name).length

describe('the core not answering', () => {
  it('before anything is held: nothing was paid, and trying again pays the same payment once', async () => {
    const { page, expectRefusal } = await street.visit()
    expectRefusal(503)
    const [{ account, depositMinor }] = haruka.accounts
    const order = await goToConfirmation(page, haruka)
    const paymentId = paymentIdIn(page)
    fromPortal.silent.add('authoriseRun')
    await agree(page, { account, password: haruka.password })
    await page.getByRole('heading', { name: 'Not possible at the moment' }).waitFor()
    expect(await readMain(page)).toContain('Nothing was paid.')
    expect(await street.books.transfers()).toEqual([])
    expect(await askShopStatus(street, 'shop-a', order)).toBe('unsettled')

    fromPortal.silent.clear()
    await page.getByRole('link', { name: 'Try again' }).click()
    await agree(page, { account, password: haruka.password })
    await waitUntilPaid(page)
    expect(paymentIdIn(page)).toBe(paymentId)
    expect(await street.books.balanceOf(account)).toBe(depositMinor - 3150n)
    expect(timesAsked('executePayment')).toBe(1)
  })

  it('after it executed: in doubt at first, then paid by itself, once, with nothing asked of the customer', async () => {
    const { page } = await street.visit()
    const [{ account, depositMinor }] = daniel.accounts
    const order = await goToConfirmation(page, daniel)
    fromPortal.deaf.add('executePayment')
    fromClaims.silent.add('findReceipts')
    await agree(page, { account, password: daniel.password })
    await page.getByRole('heading', { name: 'Your bank is executing the payment' }).waitFor()
    await page.evaluate('window.loadedOnce = true')

    // Five seconds of the business clock later it is in doubt; the page says so without a reload.
    street.system.clock.advance({ minutes: 0.2 })
    const doubt = 'We are checking whether the payment was executed'
    await page.getByRole('heading', { name: doubt }).waitFor()
    expect(await readMain(page)).toContain('Do not pay again')
    expect(await askShopStatus(street, 'shop-a', order)).toBe('paying')

    // The list does not offer the claim while it is held.
    const other = await street.visit()
    await other.page.goto(`${street.system.urls.portal}/sign-in?by=user&next=%2Fclaims`)
    await other.page.getByLabel('User id').fill(daniel.userId)
    await other.page.getByLabel('Password').fill(daniel.password)
    await other.page.getByRole('button', { name: 'Sign in' }).click()
    await other.page.getByText('payment in progress since').waitFor()
    expect(await other.page.getByRole('checkbox').count()).toBe(0)

    // The core can be asked again: the claim server finds the receipt and settles.
    fromClaims.silent.clear()
    await waitUntilPaid(page)
    expect(await page.evaluate('window.loadedOnce')).toBe(true)
    await page.getByText('Balance now').waitFor()
    expect(await askShopStatus(street, 'shop-a', order)).toBe('settled')
    expect(await street.books.balanceOf(account)).toBe(depositMinor - 3150n)
    expect(await street.books.transfersFrom(account)).toHaveLength(1)
    expect(timesAsked('authoriseRun')).toBe(1)
    expect(timesAsked('executePayment')).toBe(1)
    expect(fromClaims.asked).not.toContain('voidPayment')
    await waitForMails(street, daniel.mailAddress, { orderNumber: order.orderNumber, count: 2 })
  })

  it('and the customer gone: the claim is settled and both are told all the same', async () => {
    const { page } = await street.visit()
    const [{ account }] = haruka.accounts
    const order = await goToConfirmation(page, haruka)
    fromPortal.deaf.add('executePayment')
    fromClaims.silent.add('findReceipts')
    await agree(page, { account, password: haruka.password })
    await page.getByRole('heading', { name: 'Your bank is executing the payment' }).waitFor()
    const status = page.url()
    await page.close()
    fromClaims.silent.clear()
    const { orderNumber } = order
    await waitForMails(street, haruka.mailAddress, { orderNumber, count: 2 })
    await waitForMails(street, 'orders@shop-a.example', { orderNumber, count: 2 })

    // The result is the same on another device.
    const device = await street.visit()
    await device.page.goto(status)
    await device.page.getByRole('link', { name: 'Sign in with your user id' }).click()
    await device.page.getByLabel('User id').fill(haruka.userId)
    await device.page.getByLabel('Password').fill(haruka.password)
    await device.page.getByRole('button', { name: 'Sign in' }).click()
    await waitUntilPaid(device.page)
    expect(device.page.url()).toBe(status)
  })
})
