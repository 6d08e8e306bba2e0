import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ServiceClient } from '#shared/service-client.ts'
import { NoAnswer } from '#shared/service-client.ts'
import { freshDatabase, type FreshDatabase } from '../../test/support/database.ts'
import { passwordFits } from '#shared/hash-password.ts'
import { anOrder, openServer, type TestServer } from '../testing/server.ts'
import { makeWorld, type TestWorld } from '../testing/world.ts'
import { shopLogins } from './console.table.ts'
import { runShopCommand } from './shop-commands.ts'
import { shopAccounts, shopReturnAddresses, shops } from './shops.table.ts'

let database: FreshDatabase
let world: TestWorld
let server: TestServer

// The core knows one account, and whose it is.
const known = { account: '0901-202-1-0020009', holder: 'NAGI BOOKS' }
const core = (async (_call: unknown, { body }: { body: typeof known }) => ({
  exists: body.account === known.account && body.holder === known.holder,
})) as unknown as ServiceClient

beforeAll(async () => {
  database = await freshDatabase('claim-server')
  world = await makeWorld(database.db)
  world.deps.callCore = core
  server = openServer(world)
})
afterAll(async () => {
  world.close()
  await database.close()
})

const register = (...more: string[]) =>
  runShopCommand(world.deps, [
    'register',
    '--name=Nagi Books',
    '--name-ja=凪書店',
    '--mail=books@shops.example',
    ...more,
  ])

const orderWith = async (apiKey: string) => {
  const response = await server.request('/v1/orders', {
    method: 'POST',
    headers: {
      authorization: `Bearer ${apiKey}`,
      'content-type': 'application/json',
      'idempotency-key': crypto.randomUUID(),
    },
    body: JSON.stringify(anOrder()),
  })
  return response.status
}

describe('registering a shop', () => {
  test.each([
    ['an account that the core does not know', '0901-202-1-0020010=NAGI BOOKS'],
    ['an account of another holder', `${known.account}=SOMEBODY ELSE`],
  ])('with %s is refused, and nothing is stored', async (_what, account) => {
    const before = await world.deps.db.$count(shops)
    await expect(register('--account', account)).rejects.toThrow(/accounts\/0/)
    expect(await world.deps.db.$count(shops)).toBe(before)
  })

  test.each([
    [['--account', `${known.account}=${known.holder}`, '--days', '400'], /defaultDaysToPay/],
    [['--account', '12=x'], /accounts/],
    [[], /accounts/],
    [['--account', `${known.account}=${known.holder}`, '--unknown', '1'], /Usage/],
  ])('with bad arguments says which: %j', async (args, said) => {
    await expect(register(...args)).rejects.toThrow(said)
  })

  test('opens it with a key that works, shown once', async () => {
    const printed = await register(
      `--account=${known.account}=${known.holder}`,
      '--days=30',
      '--return=http://127.0.0.1:4103/',
    )
    const { shopId, apiKey } = JSON.parse(printed)
    const [shop] = await world.deps.db.select().from(shops).where(eq(shops.id, shopId))
    expect(shop).toMatchObject({ name: 'Nagi Books', nameJa: '凪書店', status: 'live' })
    expect(shop).toMatchObject({ kind: 'shop', defaultDaysToPay: 30, warningDays: 3 })
    const accounts = await world.deps.db
      .select()
      .from(shopAccounts)
      .where(eq(shopAccounts.shopId, shopId))
    expect(accounts).toMatchObject([known])
    const addresses = await world.deps.db
      .select()
      .from(shopReturnAddresses)
      .where(eq(shopReturnAddresses.shopId, shopId))
    expect(addresses).toMatchObject([{ prefix: 'http://127.0.0.1:4103/' }])
    expect(await orderWith(apiKey)).toBe(201)
  })

  test('with an account of another payee is refused', async () => {
    await expect(register('--account', `${known.account}=${known.holder}`)).rejects.toThrow(
      /another payee/,
    )
  })

  test('while the core gives no answer says so', async () => {
    world.deps.callCore = (async () => {
      throw new NoAnswer('accountExists', 'not reachable')
    }) as ServiceClient
    await expect(register('--account', '0901-202-1-0020011=X')).rejects.toThrow(/CORE_BANKING_URL/)
    world.deps.callCore = core
  })
})

test('a key made later works until it is revoked', async () => {
  const shopId = world.shopA.id
  const { keyId, apiKey } = JSON.parse(
    await runShopCommand(world.deps, ['key', '--shop', shopId, '--label', 'web shop']),
  )
  expect(await orderWith(apiKey)).toBe(201)
  await runShopCommand(world.deps, ['revoke', '--shop', shopId, '--key', keyId])
  expect(await orderWith(apiKey)).toBe(401)
})

test.each([[[]], [['key']], [['nonsense']]])('the arguments %j get the usage', async (args) => {
  await expect(runShopCommand(world.deps, args)).rejects.toThrow(/Usage/)
})

describe('a login', () => {
  test('is made with a password that signs in, in place of the one before', async () => {
    const shopId = world.shopA.id
    const login = async () =>
      JSON.parse(
        await runShopCommand(world.deps, ['login', '--shop', shopId, '--sign-in-id', 'shop-a']),
      ) as { signInId: string; password: string }
    const [first, second] = [await login(), await login()]
    const [stored] = await world.deps.db
      .select()
      .from(shopLogins)
      .where(eq(shopLogins.shopId, shopId))
    const fits = (password: string) =>
      passwordFits(world.deps.config, stored?.passwordHash, password)
    expect(stored?.signInId).toBe('shop-a')
    expect([await fits(first.password), await fits(second.password)]).toEqual([false, true])
  })

  test.each([
    [['login', '--sign-in-id', 'shop-a'], /--shop is missing/],
    [['login', '--shop', crypto.randomUUID(), '--sign-in-id', 'nobody'], /./],
    [['login', '--shop', crypto.randomUUID(), '--sign-in-id', '!'], /signInId/],
  ])('%j is refused in words', async (args, words) => {
    await expect(runShopCommand(world.deps, args)).rejects.toThrow(words)
  })
})
