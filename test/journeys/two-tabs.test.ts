import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { ServiceClient } from '#shared/service-client.ts'
import { bankCustomers } from '../demo/bank-world.ts'
import { fillAgreement, paymentIdIn, waitUntilPaid } from './at-the-bank.ts'
import type { PlacedOrder } from './at-the-shop.ts'
import { waitForMails } from './in-the-inbox.ts'
import { openStreet, type Street } from './street.ts'
import { acceptShoes } from './to-the-confirmation.ts'

const { haruka, daniel } = bankCustomers

/** Lets calls of that name go on only when two of them have come: they really meet. */
const createMeeting = () => {
  let name: string | undefined
  let waiting: (() => void)[] = []
  return {
    at: (call: string) => {
      name = call
    },
    over:
      (call: ServiceClient): ServiceClient =>
      async (contract, sent, context) => {
        if (contract.name === name) {
          await new Promise<void>((go) => {
            waiting.push(go)
            if (waiting.length < 2) return
            for (const one of waiting) one()
            waiting = []
            name = undefined
          })
        }
        return call(contract, sent, context)
      },
  }
}

const meeting = createMeeting()
let street: Street
beforeAll(async () => {
  street = await openStreet({
    wrap: {
      portal: (deps) => ({ ...deps, callClaimServer: meeting.over(deps.callClaimServer) }),
    },
  })
})
afterEach(() => street.endStory())
afterAll(() => street?.close())

type Person = typeof haruka | typeof daniel

/** The confirmation page of the claim in that tab, filled in. Without an id it makes one of its own. */
const openConfirmation = async (
  tab: Page,
  { order, person, id }: { order: PlacedOrder; person: Person; id?: string },
) => {
  const [{ account }] = person.accounts
  const query = new URLSearchParams({ claim: order.orderNumber, account, ...(id ? { id } : {}) })
  await tab.goto(`${street.system.urls.portal}/payments/new?${query}`)
  await fillAgreement(tab, { account, password: person.password })
  return paymentIdIn(tab)
}

const pressPay = (tab: Page) => tab.getByRole('button', { name: 'Pay 3,150 yen' }).click()

/** Tells afterwards whether the account paid these shoes once, and nothing else. */
const watchAccount = async ({ accounts: [{ account }] }: Person) => {
  const before = {
    balance: await street.books.balanceOf(account),
    transfers: await street.books.transfersFrom(account),
  }
  return async ({ orderNumber }: PlacedOrder) => {
    const transfers = await street.books.transfersFrom(account)
    expect(transfers).toHaveLength(before.transfers.length + 1)
    expect(await street.books.balanceOf(account)).toBe(before.balance - 3150n)
    await waitForMails(street, 'orders@shop-a.example', { orderNumber, count: 2 })
    return transfers.at(-1)
  }
}

const lostClaim =
  /Not paid: a claim is not free any more|This claim is being paid in another window/

/** The loser's page leads to the payment that won, over the payment record when it is settled. */
const followToWinner = async (tab: Page) => {
  await tab.getByRole('heading', { name: lostClaim }).waitFor()
  expect(await tab.getByRole('main').innerText()).toContain('Nothing was paid by this confirmation')
  await tab.getByRole('link', { name: /To that payment|To its payment record/ }).click()
  const whole = tab.getByRole('link', { name: 'See the whole payment' })
  const paid = tab.getByRole('heading', { name: 'Paid', exact: true })
  await whole.or(paid).waitFor()
  if (await whole.isVisible()) await whole.click()
}

describe('two tabs that confirm', () => {
  it('the same payment at the same moment move the money once, and both show its result', async () => {
    const { page, openTab } = await street.visit()
    const expectPaidOnce = await watchAccount(haruka)
    const order = await acceptShoes(street, page, haruka)
    const id = await openConfirmation(page, { order, person: haruka })
    const other = await openTab()
    expect(await openConfirmation(other, { order, person: haruka, id })).toBe(id)
    meeting.at('reserveRun')
    await Promise.all([page, other].map(pressPay))
    for (const tab of [page, other]) {
      await waitUntilPaid(tab)
      expect(paymentIdIn(tab)).toBe(id)
    }
    await expectPaidOnce(order)
  })

  it('the same claim by two payments at the same moment move the money once, and the loser is led to the winner', async () => {
    const { page, openTab, expectRefusal } = await street.visit()
    expectRefusal(409)
    const expectPaidOnce = await watchAccount(daniel)
    const order = await acceptShoes(street, page, daniel)
    const other = await openTab()
    const ids = [
      await openConfirmation(page, { order, person: daniel }),
      await openConfirmation(other, { order, person: daniel }),
    ]
    expect(ids[0]).not.toBe(ids[1])
    meeting.at('reserveRun')
    await Promise.all([page, other].map(pressPay))
    const decided = /^Paid$|another window|not free/
    await Promise.all(
      [page, other].map((tab) => tab.getByRole('heading', { name: decided }).waitFor()),
    )
    const transfer = await expectPaidOnce(order)
    const loser = transfer?.paymentId === ids[0] ? other : page
    await followToWinner(loser)
    await waitUntilPaid(loser)
    expect(paymentIdIn(loser)).toBe(transfer?.paymentId)
  })

  it('the same claim one after the other: the second is led to the payment that settled it', async () => {
    const { page, openTab, expectRefusal } = await street.visit()
    expectRefusal(409)
    const expectPaidOnce = await watchAccount(haruka)
    const order = await acceptShoes(street, page, haruka)
    const first = await openConfirmation(page, { order, person: haruka })
    const other = await openTab()
    await openConfirmation(other, { order, person: haruka })
    await pressPay(page)
    await waitUntilPaid(page)
    await pressPay(other)
    await followToWinner(other)
    await waitUntilPaid(other)
    expect(paymentIdIn(other)).toBe(first)
    // Opened once more, the confirmation of a paid payment shows its result instead of its form.
    await page.goBack()
    await page.reload()
    await waitUntilPaid(page)
    await expectPaidOnce(order)
  })
})
