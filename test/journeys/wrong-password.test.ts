import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { bankCustomers } from '../demo/bank-world.ts'
import { agree, paymentIdIn, readMain, waitUntilPaid } from './at-the-bank.ts'
import { askShopStatus, type PlacedOrder } from './at-the-shop.ts'
import { openStreet, type Street } from './street.ts'
import { goToConfirmation } from './to-the-confirmation.ts'

const { haruka, daniel } = bankCustomers

let street: Street
beforeAll(async () => {
  street = await openStreet()
})
afterEach(() => street.endStory())
afterAll(() => street?.close())

type Person = typeof haruka | typeof daniel

const expectNothingMoved = async (person: Person, order: PlacedOrder) => {
  const [{ account, depositMinor }] = person.accounts
  expect(await street.books.balanceOf(account)).toBe(depositMinor)
  expect(await street.books.transfersFrom(account)).toEqual([])
  expect(await askShopStatus(street, 'shop-a', order)).toBe('unsettled')
}

describe('a wrong password', () => {
  it('is told with the tries that are left, moves nothing, and the right one then pays the same payment', async () => {
    const { page, expectRefusal } = await street.visit()
    expectRefusal(401)
    const [{ account, depositMinor }] = haruka.accounts
    const order = await goToConfirmation(street, page, haruka)
    const paymentId = paymentIdIn(page)
    await agree(page, { account, password: 'maple-harbour-71' })
    await page.getByRole('heading', { name: 'These details were not accepted' }).waitFor()
    expect(await readMain(page)).toContain(
      '4 tries are left before payments are locked for 30 minutes.',
    )
    await expectNothingMoved(haruka, order)

    await agree(page, { account, password: haruka.password })
    await waitUntilPaid(page)
    expect(paymentIdIn(page)).toBe(paymentId)
    expect(await street.books.balanceOf(account)).toBe(depositMinor - 3150n)
    expect(await street.books.transfersFrom(account)).toHaveLength(1)
  })

  it('typed five times locks payments, for the right password too, and nothing has moved', async () => {
    const { page, expectRefusal } = await street.visit()
    expectRefusal(401)
    expectRefusal(423)
    const [{ account }] = daniel.accounts
    const order = await goToConfirmation(street, page, daniel)
    const confirmation = page.url()
    for (const left of ['4 tries are left', '3 tries are left', '2 tries are left', 'One try is']) {
      await agree(page, { account, password: 'alpine-ferry-30' })
      await page.getByText(left).waitFor()
    }
    await agree(page, { account, password: 'alpine-ferry-30' })
    await page.getByRole('heading', { name: 'Payments are locked' }).waitFor()
    expect(await readMain(page)).toContain('That was the last try')
    await page.goto(confirmation)
    await agree(page, { account, password: daniel.password })
    await page.getByText(/no payment can be confirmed until \d/).waitFor()
    await expectNothingMoved(daniel, order)
    await page.getByRole('link', { name: 'Back to the list' }).click()
    expect(await readMain(page)).toContain(order.orderNumber)
  })
})
