import type { Language } from '#shared/texts.ts'
import { type ConsoleWorld, consoleUrl } from '../../claim-server/testing/console.ts'
import { expireClaims } from '../../claim-server/time-limits/expire-claims.ts'
import type { TestClaim } from '../../claim-server/testing/world.ts'
import { createVisitor, type VisitedPage, type Visitor } from './visitor.ts'

/** The console for one page: a world with a life behind it, and who visits it. */
export interface ConsoleStage {
  world: ConsoleWorld
  language: Language
  claims: Record<'shoes' | 'boots' | 'paid' | 'paidToo' | 'held' | 'expired', TestClaim>
}

export interface ConsolePage {
  name: string
  status: number
  visit(stage: ConsoleStage): Promise<VisitedPage>
}

const goods = {
  en: {
    shoes: 'A pair of shoes, size 24',
    boots: 'Leather boots, size 24.5',
    hat: 'Felt hat, navy',
    suit: 'Shoe cream and laces',
    trail: 'Trail shoes, size 28',
  },
  ja: {
    shoes: '革靴 24cm',
    boots: 'レザーブーツ 24.5cm',
    hat: 'フェルト帽 紺',
    suit: '靴クリーム・靴ひも',
    trail: 'トレイルシューズ 28cm',
  },
}

/** Orders in every state, as a shop has them after a few weeks. */
export const fillShop = async (world: ConsoleWorld, language: Language): Promise<ConsoleStage> => {
  const words = goods[language]
  let last = 2040
  const add = (description: string, amountMinor: bigint, more = {}) => {
    const shopOrderRef = `W-${++last}`
    return world.addClaim(world.shopA, amountMinor, { description, shopOrderRef, ...more })
  }
  const day = (days: number) => {
    const at = new Date(Date.now() + days * 24 * 3600_000)
    return at.toISOString().slice(0, 10)
  }
  const paid = await add(words.hat, 2000n)
  const paidToo = await add(words.suit, 1480n)
  await world.pay([paid, paidToo])
  const held = await add(words.trail, 14_300n)
  await world.reserve([held])
  const expired = await add(words.boots, 12_600n, { timeLimit: day(-2) })
  await expireClaims(world.deps)
  await add(words.suit, 980n, { status: 'declined' })
  await add(words.hat, 2100n, { status: 'cancelled' })
  return {
    world,
    language,
    claims: {
      shoes: await add(words.shoes, 3150n, { timeLimit: day(2) }),
      boots: await add(words.boots, 8000n, { timeLimit: day(20) }),
      paid,
      paidToo,
      held,
      expired,
    },
  }
}

export const visitorOf = ({ world, language }: Pick<ConsoleStage, 'world' | 'language'>): Visitor =>
  createVisitor({ language, fetch: world.fetch })

export const openConsole = (visitor: Visitor, path: string): Promise<VisitedPage> =>
  visitor.open(consoleUrl + path)

/** A visitor who has signed in by the form, in that language; shop A unless said otherwise. */
export const signedInShop = async (
  stage: Pick<ConsoleStage, 'world' | 'language'>,
  login = stage.world.login,
): Promise<Visitor> => {
  const visitor = visitorOf(stage)
  visitor.cookies.set('claims-language', stage.language)
  const page = await openConsole(visitor, '/shop/sign-in')
  await visitor.submit(page, 'form[action="/shop/sign-in"]', login)
  return visitor
}

const asShop =
  (path: string | ((stage: ConsoleStage) => string)): ConsolePage['visit'] =>
  async (stage) =>
    openConsole(await signedInShop(stage), typeof path === 'string' ? path : path(stage))

const orderAt = (which: keyof ConsoleStage['claims']) => (stage: ConsoleStage) =>
  `/shop/orders/${stage.claims[which].orderNumber}`

const writeForm = 'form[action="/shop/orders/new"]'

const write = async (stage: ConsoleStage, fields: Record<string, string>) => {
  const visitor = await signedInShop(stage)
  const page = await openConsole(visitor, '/shop/orders/new')
  return { visitor, page: await visitor.submit(page, writeForm, fields) }
}

const byHand = (stage: ConsoleStage) => ({
  description: goods[stage.language].shoes,
  amount: '3,150',
  openFor: '1440',
})

const customerPage = async (stage: ConsoleStage) => {
  const visitor = await signedInShop(stage)
  const order = await openConsole(visitor, orderAt('paid')(stage))
  const link = order.root.querySelector('a[href^="/shop/customers/"]')?.getAttribute('href')
  return openConsole(visitor, link ?? '/no-customer')
}

const signIn = async (stage: ConsoleStage, fields: Record<string, string>) => {
  const visitor = visitorOf(stage)
  const page = await openConsole(visitor, '/shop/sign-in')
  return visitor.submit(page, 'form[action="/shop/sign-in"]', fields)
}

/** Every page of the shops' console, in every state that looks different. */
export const consolePages: readonly ConsolePage[] = [
  {
    name: 'sign-in',
    status: 200,
    visit: (stage) => openConsole(visitorOf(stage), '/shop/sign-in'),
  },
  { name: 'sign-in: nothing typed', status: 422, visit: (stage) => signIn(stage, {}) },
  {
    name: 'sign-in: wrong password',
    status: 401,
    visit: (stage) => signIn(stage, { signInId: 'nobody-here', password: 'wrong wrong wrong' }),
  },
  { name: 'orders: unsettled', status: 200, visit: asShop('/shop/orders') },
  { name: 'orders: settled', status: 200, visit: asShop('/shop/orders?list=settled') },
  { name: 'orders: all', status: 200, visit: asShop('/shop/orders?list=all') },
  {
    name: 'orders: none found',
    status: 200,
    visit: asShop('/shop/orders?list=all&search=9999&from=2020-01-01'),
  },
  { name: 'order: unsettled', status: 200, visit: asShop(orderAt('shoes')) },
  { name: 'order: being paid', status: 200, visit: asShop(orderAt('held')) },
  { name: 'order: settled', status: 200, visit: asShop(orderAt('paid')) },
  { name: 'order: expired', status: 200, visit: asShop(orderAt('expired')) },
  {
    name: 'order: expired, opened again with a day that has passed',
    status: 422,
    visit: async (stage) => {
      const visitor = await signedInShop(stage)
      const page = await openConsole(visitor, orderAt('expired')(stage))
      return visitor.submit(page, 'form[action$="/revive"]', { timeLimit: '2020-01-01' })
    },
  },
  {
    name: 'order: of another shop',
    status: 404,
    visit: async (stage) =>
      openConsole(await signedInShop(stage, stage.world.loginOfB), orderAt('paid')(stage)),
  },
  { name: 'customer', status: 200, visit: customerPage },
  { name: 'new order', status: 200, visit: asShop('/shop/orders/new') },
  {
    name: 'new order: nothing typed',
    status: 422,
    visit: async (stage) => (await write(stage, { amount: '0' })).page,
  },
  {
    name: 'order: written by hand',
    status: 200,
    visit: async (stage) => (await write(stage, byHand(stage))).page,
  },
  {
    name: 'order: written by hand, link sent to what is no address',
    status: 422,
    visit: async (stage) => {
      const { visitor, page } = await write(stage, byHand(stage))
      return visitor.submit(page, 'form[action$="/link"]', { address: 'nobody' })
    },
  },
  {
    name: 'order: written by hand, link sent',
    status: 200,
    visit: async (stage) => {
      const { visitor, page } = await write(stage, byHand(stage))
      return visitor.submit(page, 'form[action$="/link"]', { address: 'ren@customers.example' })
    },
  },
]
