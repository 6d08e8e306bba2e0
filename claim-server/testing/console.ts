import { eq } from 'drizzle-orm'
import type { AnyCall } from '#shared/contracts/call.ts'
import type { Database } from '#shared/database.ts'
import { AppError } from '#shared/errors.ts'
import { NoAnswer, type ServiceClient } from '#shared/service-client.ts'
import { createClaimServer } from '../app.ts'
import { completeByReceipt } from '../payments/complete-payments.ts'
import { reserveRun } from './reserve-run.ts'
import { setShopLogin } from '../shops/set-shop-login.ts'
import { shops } from '../shops/shops.table.ts'
import { makeWorld, type TestClaim, type TestWorld } from './world.ts'

/** What the core answers about accounts: whose each is, and which was asked about too often. */
export interface AccountsOfCore {
  holders: Map<string, string>
  askedTooOften: Set<string>
  isDown: boolean
}

/** The claim server of a world, with a core that knows accounts and a shop that can sign in. */
export interface ConsoleWorld extends TestWorld {
  accounts: AccountsOfCore
  fetch: typeof fetch
  login: { signInId: string; password: string }
  loginOfB: { signInId: string; password: string }
  /** Of a shop that the bank has suspended. */
  loginOfSuspended: { signInId: string; password: string }
  /** The customer holds the claims by one payment; nothing is executed. */
  reserve(claims: readonly TestClaim[]): Promise<{ instruction: string; paymentId: string }>
  /** The customer pays the claims by one payment. */
  pay(claims: readonly TestClaim[]): Promise<void>
}

export const consoleUrl = 'http://claims.test'

const withAccounts = (core: ServiceClient, accounts: AccountsOfCore): ServiceClient =>
  (async (call: AnyCall, sent: { body: { account: string; holder: string } }) => {
    if (call.name !== 'accountExists') return core(call, sent as never)
    if (accounts.isDown) throw new NoAnswer(call.name, 'the fake core is down')
    const { account, holder } = sent.body
    if (accounts.askedTooOften.has(account)) throw new AppError('too-many-requests')
    return { exists: accounts.holders.get(account) === holder }
  }) as ServiceClient

/** A world whose shops A and B have logins to the console. */
export const makeConsoleWorld = async (db: Database): Promise<ConsoleWorld> => {
  const world = await makeWorld(db)
  const accounts: AccountsOfCore = { holders: new Map(), askedTooOften: new Set(), isDown: false }
  world.deps.callCore = withAccounts(world.core.callCore, accounts)
  const login = { signInId: 'shop-a', password: 'seven brown laces 24' }
  const loginOfB = { signInId: 'shop-b', password: 'a felt hat in navy 57' }
  await setShopLogin(world.deps, { shopId: world.shopA.id, ...login })
  await setShopLogin(world.deps, { shopId: world.shopB.id, ...loginOfB })
  const loginOfSuspended = { signInId: 'shop-s', password: 'three chairs of oak 31' }
  const suspended = await world.addShop('Shop S Chairs', '0901-101-1-0020099')
  await setShopLogin(world.deps, { shopId: suspended.id, ...loginOfSuspended })
  await db.update(shops).set({ status: 'suspended' }).where(eq(shops.id, suspended.id))
  const app = createClaimServer(world.deps)

  const reserve: ConsoleWorld['reserve'] = async (claims) => {
    const content = world.contentOf(claims)
    const reserved = await reserveRun(world.deps, {
      bank: world.bank,
      customerId: world.customerId,
      payments: [content],
      authorisation: await world.core.authorise(world.customerId, [content]),
      caller: world.caller(),
    })
    if (reserved.outcome !== 'reserved') throw new Error(reserved.reason)
    return {
      instruction: reserved.payments[0]?.instruction ?? '',
      paymentId: content.paymentId,
    }
  }
  return {
    ...world,
    accounts,
    login,
    loginOfB,
    loginOfSuspended,
    fetch: async (input, init) => app.fetch(new Request(input, init)),
    reserve,
    async pay(claims) {
      const { instruction } = await reserve(claims)
      const receipt = await world.core.execute(instruction)
      await completeByReceipt(world.deps, { receipt, caller: world.caller() })
    },
  }
}
