import { anOrder, entryTokenOf, openServer, readOrder } from '../../claim-server/testing/server.ts'
import { addReturnAddress } from '../../claim-server/shops/add-return-address.ts'
import {
  type ConsolePage,
  type ConsoleStage,
  openConsole,
  signedInShop,
  visitorOf,
} from './console-pages.ts'

const returnUrl = 'https://shoes.example/thanks'

const goods = {
  en: 'A pair of shoes, size 24',
  ja: 'レザーウォーキングシューズ 24cm 茶',
}

/** An order that the shop has just sent; the path of its entry screen. */
const newEntry = async ({ world, language }: ConsoleStage, more: Record<string, unknown> = {}) => {
  await addReturnAddress(world.deps, { shopId: world.shopA.id, address: 'https://shoes.example/' })
  const shop = await openServer(world).shop(world.shopA.id)
  const order = await readOrder(
    await shop.order(anOrder({ description: goods[language], language, ...more })),
  )
  return { ...order, path: `/entry/${entryTokenOf(order.entryUrl)}` }
}

const open = (path: string): ConsolePage['visit'] => {
  return (stage) => openConsole(visitorOf(stage), path)
}

/** What the claim server shows to those who have no login there: buyers on their way, and developers. */
export const entryPages: readonly ConsolePage[] = [
  {
    name: 'entry screen',
    status: 200,
    visit: async (stage) =>
      openConsole(visitorOf(stage), (await newEntry(stage, { returnUrl })).path),
  },
  {
    name: 'entry screen of a shop without a way back',
    status: 200,
    visit: async (stage) => openConsole(visitorOf(stage), (await newEntry(stage)).path),
  },
  {
    name: 'entry screen of an order that is not open any more',
    status: 410,
    visit: async (stage) => {
      const { orderNumber, path } = await newEntry(stage, { returnUrl })
      const visitor = await signedInShop(stage)
      const page = await openConsole(visitor, `/shop/orders/${orderNumber}`)
      await visitor.submit(page, 'form[action$="/cancel"]')
      return openConsole(visitorOf(stage), path)
    },
  },
  { name: 'entry link that leads nowhere', status: 404, visit: open(`/entry/${'A'.repeat(22)}`) },
  { name: 'problems', status: 200, visit: open('/problems') },
  { name: 'a problem', status: 200, visit: open('/problems/claim-in-payment') },
  { name: 'a problem that is none', status: 404, visit: open('/problems/nonsense') },
]
