import { afterAll, beforeAll, expect, test } from 'vitest'
import { bankCustomers } from './demo/bank-world.ts'
import { acceptOrder, payClaims, sendOrder, signIn } from './support/people.ts'
import { acceptedReplays, createReplayingClient, type Replay } from './support/replaying-client.ts'
import { openShop, shopsOfTheSeed } from './support/shops.ts'
import { startSystem, type System } from './support/start-system.ts'

let system: System
const replays: Replay[][] = []

beforeAll(async () => {
  const urls: Partial<System['urls']> = {}
  system = await startSystem({
    wrap: {
      portal: (deps) => {
        const replayingTo =
          (peer: 'claims' | 'core'): typeof deps.callCore =>
          (call, sent, context) => {
            const made = createReplayingClient({
              issuer: 'bank-portal',
              keys: deps.keys,
              baseUrl: urls[peer] ?? '',
            })
            replays.push(made.replays)
            return made.client(call, sent, context)
          }
        return { ...deps, callClaimServer: replayingTo('claims'), callCore: replayingTo('core') }
      },
    },
  })
  Object.assign(urls, system.urls)
})
afterAll(() => system?.close())

test('whoever replays every call of the portal changes nothing: the customer pays once', async () => {
  const { haruka } = bankCustomers
  const [savings] = haruka.accounts
  const shop = await openShop(system.claims.deps, shopsOfTheSeed.shoes)
  const customer = await signIn(system.urls.portal, haruka)
  const order = await sendOrder(system.urls.claims, shop.apiKey, {
    description: 'A pair of shoes',
    yen: 3150,
  })
  await acceptOrder(customer, order, savings.account)
  const result = await payClaims(customer, {
    orderNumbers: [order.orderNumber],
    account: savings.account,
  })
  expect(result.text).toContain('Paid')

  const all = replays.flat()
  expect(acceptedReplays(all)).toEqual([])
  const changed = all.filter((one) => one.changes && one.status === 200).map((one) => one.call)
  expect(changed).toEqual(
    expect.arrayContaining(['acceptOrder', 'authoriseRun', 'reserveRun', 'executePayment']),
  )
  expect(all.filter((one) => !one.changes).every((one) => one.replayedStatus === one.status)).toBe(
    true,
  )
})
