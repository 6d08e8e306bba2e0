import { newOrderNumber } from '#shared/order-number.ts'
import { createMocks, type Mocks } from '../mocks/index.ts'
import { createTestClock } from '../support/start-system.ts'
import type { Side } from './side.ts'
import {
  beginning,
  contractAdverts,
  createDraws,
  ownDraws,
  shopNames,
  toMockShop,
  waitingMockShop,
} from './world.ts'

/** The mocks, with the world of the cases. */
export const openMocks = async (change: (mocks: Mocks) => void = () => {}): Promise<Side> => {
  const clock = createTestClock()
  clock.moveTo(beginning)
  const orderDraws = createDraws()
  const own = createDraws(ownDraws)
  const shops = shopNames.map(toMockShop)
  const waiting = waitingMockShop()
  const adverts = contractAdverts.map((one) => ({ ...one, shown: 0 }))
  const mocks = await createMocks({
    clock,
    shops: [...shops, waiting],
    adverts,
    newOrderNumber: () => newOrderNumber(orderDraws.draw),
    // Its calls are then checked; the mocks' own portal signs.
    portalKeys: { publicKeys: () => [] },
  })
  change(mocks)
  const ofShops = <Value>(valueOf: (shop: (typeof shops)[number]) => Value) =>
    Object.fromEntries(shopNames.map((name, at) => [name, valueOf(shops[at] as never)]))
  return {
    name: 'the mocks',
    keys: mocks.keys,
    urls: { 'core-banking': mocks.coreUrl, 'claim-server': mocks.claimServerUrl },
    fetch: mocks.fetch,
    clock,
    draw: own.draw,
    begin: (at) => [orderDraws, own].forEach((one) => one.begin(at)),
    apiKeys: ofShops((shop) => shop.apiKey) as Side['apiKeys'],
    shopIds: { ...ofShops((shop) => shop.shopId), coffee: waiting.shopId } as Side['shopIds'],
    letTimePass: async () => mocks.claimServer.expireClaims(),
    deliverMails: async (refused = []) => mocks.claimServer.deliverMails({ refused }),
    addReconciliation: async (made) => mocks.claimServer.reconcile(made),
    close: async () => {},
  }
}
