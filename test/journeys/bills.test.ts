import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { bankCustomers } from '../demo/bank-world.ts'
import { agree, readMain, signInByAccount, waitUntilPaid } from './at-the-bank.ts'
import { type Biller, linkBiller, openWaterworks } from './at-the-biller.ts'
import { waitForMails } from './in-the-inbox.ts'
import { openStreet, type Street } from './street.ts'

const { daniel } = bankCustomers
const [{ account, depositMinor }] = daniel.accounts
const supply = { customerNumber: '23-551', secondFact: '231-0023' }
const stranger = { customerNumber: '23-552', secondFact: '231-0024' }

let street: Street
let waterworks: Biller
beforeAll(async () => {
  street = await openStreet()
  waterworks = await openWaterworks(street)
})
afterEach(() => street.endStory())
afterAll(() => street?.close())

const receivedIn = (results: Awaited<ReturnType<Biller['send']>>['results'], at: number) => {
  const result = results[at]
  if (!result || !('orderNumber' in result)) throw new Error(`row ${at} was not received`)
  return result.orderNumber
}

describe('utility bills, without scripts', () => {
  it('wait unseen until the customer links the biller, then come by mail and on screen, and are paid', async () => {
    const portalUrl = street.system.urls.portal
    const batch = [
      { ...supply, description: 'October and November', yen: 6820 },
      { ...stranger, description: 'October and November', yen: 5140 },
    ]
    const sent = await waterworks.send(batch, 'AUTUMN-2026')
    expect(await waterworks.send(batch, 'AUTUMN-2026')).toEqual(sent)
    const [first, other] = [receivedIn(sent.results, 0), receivedIn(sent.results, 1)]

    // Not linked: nothing on the list.
    const visit = await street.visit({ javaScriptEnabled: false })
    const { page } = visit
    await page.goto(`${portalUrl}/claims`)
    await signInByAccount(page, daniel)
    await page.getByRole('heading', { name: 'Nothing to pay' }).waitFor()

    // A second fact of another bill is not accepted, and the tries are counted.
    visit.expectRefusal(422)
    const wrong = { ...supply, secondFact: '999-9999' }
    await linkBiller(page, { portalUrl, name: waterworks.name, supply: wrong })
    await page.getByText('These do not match a bill').waitFor()
    expect(await readMain(page)).toContain('4 tries are left')
    await linkBiller(page, { portalUrl, name: waterworks.name, supply })
    await page.getByText('1 bill is on your list now.').waitFor()
    await page.getByRole('link', { name: 'See the list' }).click()
    const list = await readMain(page)
    for (const said of ['1 claim found, 6,820 yen', first, 'new']) expect(list).toContain(said)
    expect(list).not.toContain(other)

    // The next bill is told of by mail, and on screen after sign-in.
    const next = await waterworks.send([{ ...supply, description: 'Meter change', yen: 1200 }])
    const second = receivedIn(next.results, 0)
    const [mail] = await waitForMails(street, daniel.mailAddress, { orderNumber: second, count: 1 })
    expect(mail?.subject).toBe(`New claim from Minato Waterworks: 1,200 yen, number ${second}`)
    await page.goto(portalUrl)
    await page.getByRole('button', { name: 'Sign out' }).first().click()
    await page.goto(portalUrl)
    await signInByAccount(page, daniel)
    expect(await readMain(page)).toContain('claims are new.')

    await page.goto(`${portalUrl}/claims`)
    await page.locator('label.row-name').first().click()
    await page.getByRole('button', { name: 'Recalculate' }).click()
    await page.getByRole('button', { name: /^Check and pay/ }).click()
    await agree(page, { account, password: daniel.password })
    await waitUntilPaid(page)
    const paid = depositMinor - (await street.books.balanceOf(account))
    expect([6820n, 1200n]).toContain(paid)
    expect(await waterworks.statusOf(paid === 1200n ? second : first)).toBe('settled')
    expect(await waterworks.statusOf(other)).toBe('provisional')
  })
})
