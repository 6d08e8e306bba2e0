import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bankCustomers } from '../demo/bank-world.ts'
import { acceptOrder, payClaims, sendOrder, signIn } from '../support/people.ts'
import { type OpenShop, openShop, shopsOfTheSeed } from '../support/shops.ts'
import { startSystem, type System } from '../support/start-system.ts'

describe('from a shop’s order to a settled claim, without JavaScript', () => {
  let system: System
  let shoes: OpenShop
  let hats: OpenShop
  const { haruka } = bankCustomers
  const [savings] = haruka.accounts

  beforeAll(async () => {
    system = await startSystem()
    shoes = await openShop(system.claims.deps, shopsOfTheSeed.shoes)
    hats = await openShop(system.claims.deps, shopsOfTheSeed.hats)
  })
  afterAll(() => system?.close())

  test('two shops’ claims paid together are settled by one payment, and both shops get their mail', async () => {
    const customer = await signIn(system.urls.portal, haruka)
    const first = await sendOrder(system.urls.claims, shoes.apiKey, {
      description: 'A pair of shoes, size 24',
      yen: 3150,
    })
    const second = await sendOrder(system.urls.claims, hats.apiKey, {
      description: 'Felt hat, navy',
      yen: 2100,
    })
    await acceptOrder(customer, first, savings.account)
    await acceptOrder(customer, second, savings.account)

    const list = await customer.visitor.open(`${system.urls.portal}/claims`)
    expect(list.text).toContain('5,250 yen')

    const orderNumbers = [first.orderNumber, second.orderNumber]
    const result = await payClaims(customer, { orderNumbers, account: savings.account })
    expect(result.status).toBe(200)
    expect(result.text).toContain('Paid')

    for (const [order, shop] of [
      [first, shopsOfTheSeed.shoes],
      [second, shopsOfTheSeed.hats],
    ] as const) {
      const mail = await system.mailbox.waitForMail(
        (one) =>
          one.envelopeTo.includes(shop.mailAddress) &&
          one.subject.includes(order.orderNumber) &&
          one.text.includes('4471'),
      )
      expect(mail.html).toContain(order.orderNumber)
    }
    const paid = await customer.visitor.open(`${system.urls.portal}/paid`)
    expect(paid.text).toContain(first.orderNumber)
    expect(paid.text).toContain(second.orderNumber)
  })
})
