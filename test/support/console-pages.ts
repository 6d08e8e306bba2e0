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

const signUpForm = 'form[action="/shop/sign-up"]'

/** What a shop types to register; its account is one that the core knows. */
export const aSignUp = (changed: Record<string, string> = {}) => ({
  name: 'Shop D Bags',
  nameJa: 'D鞄店',
  mailAddress: 'orders@shop-d.example',
  'accounts.0.branch': '101',
  'accounts.0.type': 'current',
  'accounts.0.number': '1100404',
  'accounts.0.holder': 'SHOP D BAGS',
  signInId: 'shop-d',
  password: 'four leather handles 9',
  again: 'four leather handles 9',
  ...changed,
})

export const signUp = async (
  stage: Pick<ConsoleStage, 'world' | 'language'>,
  fields: Record<string, string>,
) => {
  const visitor = visitorOf(stage)
  const page = await openConsole(visitor, '/shop/sign-up')
  return visitor.submit(page, signUpForm, fields)
}

let lastSignUp = 0

/** Registers a shop that nobody has approved yet, under a name of its own. Returns its login. */
export const registerWaiting = async (stage: Pick<ConsoleStage, 'world' | 'language'>) => {
  const number = String(1_200_000 + ++lastSignUp)
  stage.world.accounts.holders.set(`0901-101-2-${number}`, 'SHOP D BAGS')
  const fields = aSignUp({ signInId: `waiting-${lastSignUp}`, 'accounts.0.number': number })
  const page = await signUp(stage, fields)
  return { page, login: { signInId: fields.signInId, password: fields.password } }
}

const setting =
  (path: string, form: string, fields: Record<string, string>): ConsolePage['visit'] =>
  async (stage) => {
    const visitor = await signedInShop(stage)
    const page = await openConsole(visitor, `/shop/settings/${path}`)
    return visitor.submit(page, form, {
      ...fields,
      ...(fields.password === 'right' ? { password: stage.world.login.password } : {}),
    })
  }

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
  {
    name: 'sign-up',
    status: 200,
    visit: (stage) => openConsole(visitorOf(stage), '/shop/sign-up'),
  },
  {
    name: 'sign-up: nothing typed',
    status: 422,
    visit: (stage) => signUp(stage, { defaultDaysToPay: '', warningDays: 'x' }),
  },
  {
    name: 'sign-up: another account',
    status: 200,
    visit: (stage) => signUp(stage, aSignUp({ act: 'add' })),
  },
  {
    name: 'sign-up: an account that the bank does not know',
    status: 422,
    visit: (stage) => signUp(stage, aSignUp()),
  },
  {
    name: 'sign-up: done',
    status: 200,
    visit: async (stage) => (await registerWaiting(stage)).page,
  },
  {
    name: 'waiting: orders',
    status: 200,
    visit: async (stage) =>
      openConsole(await signedInShop(stage, (await registerWaiting(stage)).login), '/shop/orders'),
  },
  {
    name: 'waiting: settings',
    status: 200,
    visit: async (stage) =>
      openConsole(
        await signedInShop(stage, (await registerWaiting(stage)).login),
        '/shop/settings',
      ),
  },
  {
    name: 'suspended: orders',
    status: 200,
    visit: async (stage) =>
      openConsole(await signedInShop(stage, stage.world.loginOfSuspended), '/shop/orders?list=all'),
  },
  {
    name: 'suspended: new order',
    status: 403,
    visit: async (stage) =>
      openConsole(await signedInShop(stage, stage.world.loginOfSuspended), '/shop/orders/new'),
  },
  { name: 'settings', status: 200, visit: asShop('/shop/settings') },
  { name: 'settings: contact', status: 200, visit: asShop('/shop/settings/contact') },
  {
    name: 'settings: contact, with mistakes',
    status: 422,
    visit: setting('contact', 'form[action="/shop/settings/contact"]', {
      mailAddress: 'nobody',
      website: 'javascript:alert(1)',
      warningDays: '99',
    }),
  },
  { name: 'settings: accounts', status: 200, visit: asShop('/shop/settings/accounts') },
  {
    name: 'settings: accounts, with mistakes',
    status: 422,
    visit: setting('accounts', 'form[action="/shop/settings/accounts"]', { branch: '1' }),
  },
  {
    name: 'settings: the only account stopped',
    status: 200,
    visit: setting('accounts', 'form[action$="/switch"]', {}),
  },
  {
    name: 'settings: return addresses',
    status: 200,
    visit: asShop('/shop/settings/return-addresses'),
  },
  {
    name: 'settings: return addresses, with a mistake',
    status: 422,
    visit: setting('return-addresses', 'form[action="/shop/settings/return-addresses"]', {
      address: '//evil.example',
    }),
  },
  {
    name: 'settings: a return address registered',
    status: 200,
    visit: setting('return-addresses', 'form[action="/shop/settings/return-addresses"]', {
      address: 'https://shop-a.example/orders',
    }),
  },
  { name: 'settings: API keys', status: 200, visit: asShop('/shop/settings/api-keys') },
  {
    name: 'settings: API keys, wrong password',
    status: 422,
    visit: setting('api-keys', 'form[action="/shop/settings/api-keys"]', {
      label: 'Server 2',
      password: 'wrong',
    }),
  },
  {
    name: 'settings: an API key made',
    status: 200,
    visit: setting('api-keys', 'form[action="/shop/settings/api-keys"]', {
      label: 'Server 2',
      password: 'right',
    }),
  },
  { name: 'settings: password', status: 200, visit: asShop('/shop/settings/password') },
  {
    name: 'settings: password, too short',
    status: 422,
    visit: setting('password', 'form[action="/shop/settings/password"]', {
      current: 'wrong',
      next: 'short',
      again: 'short',
    }),
  },
  {
    name: 'a form sent after the session ended',
    status: 401,
    visit: async (stage) => {
      const visitor = await signedInShop(stage)
      const page = await openConsole(visitor, '/shop/settings/contact')
      visitor.cookies.delete('claims-session')
      return visitor.submit(page, 'form[action="/shop/settings/contact"]')
    },
  },
  {
    name: 'error: form out of date',
    status: 403,
    visit: async (stage) => {
      const visitor = await signedInShop(stage)
      const page = await openConsole(visitor, '/shop/settings/contact')
      return visitor.submit(page, 'form[action="/shop/settings/contact"]', { _csrf: 'x' })
    },
  },
  { name: 'error: no such page', status: 404, visit: asShop('/shop/nowhere') },
]
