import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { acceptOrder } from '#shared/contracts/claim-server.ts'
import {
  chooseAccounts,
  chooseLanguage,
  findChoices,
  settledMonths,
  summariseClaims,
} from '#shared/contracts/customer-choices.ts'
import { addDays } from '#shared/dates.ts'
import { freshDatabase, type FreshDatabase } from '../../test/support/database.ts'
import { customers } from '../banks/banks.table.ts'
import { claims } from '../claims/claims.table.ts'
import { anOrder, entryTokenOf, openServer, readOrder, type TestServer } from '../testing/server.ts'
import { makeWorld, type TestClaim, type TestWorld } from '../testing/world.ts'

let database: FreshDatabase
let world: TestWorld
let server: TestServer
let customerId = ''
let people = 0

beforeAll(async () => {
  database = await freshDatabase('claim-server')
  world = await makeWorld(database.db)
  server = openServer(world)
})
afterAll(async () => {
  world.close()
  await database.close()
})
beforeEach(() => {
  customerId = `M-${++people}`
  world.clock.set(new Date())
})

const asCustomer = () => ({ onBehalfOf: customerId })
const choices = () => server.portal(findChoices, { params: { customerId } }, asCustomer())
const choose = (body: {
  accounts: string[]
  defaultAccount: string | null
  showAdverts: boolean
}) => server.portal(chooseAccounts, { params: { customerId }, body }, asCustomer())
const speak = (language: 'en' | 'ja') =>
  server.portal(chooseLanguage, { params: { customerId }, body: { language } }, asCustomer())
const update = (claim: TestClaim, set: Partial<typeof claims.$inferInsert>) =>
  database.db.update(claims).set(set).where(eq(claims.orderId, claim.orderId))

const one = '0901-101-4-0014471'
const other = '0901-202-2-0000926'

describe('a customer’s choices', () => {
  test('are every account and adverts, until the customer chose', async () => {
    expect(await choices()).toEqual({
      accounts: [],
      defaultAccount: null,
      showAdverts: true,
      language: null,
    })
  })

  test('are replaced as a whole, each account once', async () => {
    await choose({ accounts: [one, other, one], defaultAccount: other, showAdverts: false })
    expect(await choices()).toMatchObject({
      accounts: [one, other],
      defaultAccount: other,
      showAdverts: false,
    })
    await choose({ accounts: [], defaultAccount: one, showAdverts: true })
    expect(await choices()).toMatchObject({ accounts: [], defaultAccount: one, showAdverts: true })
  })

  test.each([
    ['#/defaultAccount', { accounts: [one], defaultAccount: other }],
    ['#/accounts/0', { accounts: ['0905-101-4-0014471'], defaultAccount: null }],
    ['#/defaultAccount', { accounts: [], defaultAccount: '0905-101-4-0014471' }],
  ])('that can’t be kept name %s', async (pointer, chosen) => {
    await expect(choose({ ...chosen, showAdverts: true })).rejects.toMatchObject({
      code: 'invalid',
      errors: [{ pointer }],
    })
    expect((await choices()).accounts).toEqual([])
  })

  test('are not found on behalf of anybody else', async () => {
    for (const context of [{ onBehalfOf: 'M-stranger' }, {}])
      await expect(
        server.portal(findChoices, { params: { customerId } }, context),
      ).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('the language of mails', () => {
  test('that a customer chose stays, in whatever language an order is accepted later', async () => {
    await speak('en')
    const shop = await server.shop(world.shopA.id)
    const { entryUrl } = await readOrder(await shop.order(anOrder()))
    await server.portal(
      acceptOrder,
      {
        params: { entryToken: entryTokenOf(entryUrl) },
        body: {
          customerId,
          customerName: 'Yuki Mori',
          account: one,
          mailAddress: 'yuki@customers.example',
          language: 'ja',
        },
      },
      asCustomer(),
    )
    const [customer] = await database.db
      .select()
      .from(customers)
      .where(eq(customers.customerId, customerId))
    expect(customer).toMatchObject({ name: 'Yuki Mori', language: 'en' })
    await speak('ja')
    const [later] = await database.db
      .select()
      .from(customers)
      .where(eq(customers.customerId, customerId))
    expect(later?.language).toBe('ja')
    expect(await choices()).toMatchObject({ language: 'ja', accounts: [], showAdverts: true })
  })

  test('changes nothing else that was chosen', async () => {
    await choose({ accounts: [one], defaultAccount: one, showAdverts: false })
    await speak('en')
    expect(await choices()).toEqual({
      accounts: [one],
      defaultAccount: one,
      showAdverts: false,
      language: 'en',
    })
  })
})

describe('the summary after sign-in', () => {
  const summary = () => server.portal(summariseClaims, { params: { customerId } }, asCustomer())

  test('counts nothing for a customer without claims', async () => {
    expect(await summary()).toEqual({
      unsettled: 0,
      inProgress: 0,
      new: 0,
      nearLimit: 0,
      limitToday: 0,
      nextLimit: null,
      today: world.today(),
    })
  })

  test('counts what waits, is new, is being paid and is near its limit', async () => {
    await world.addCustomer(customerId)
    const today = world.today()
    const add = (days: number) =>
      world.addClaim(world.shopA, 100n, { customerId, timeLimit: addDays(today, days) })
    const held = await add(5)
    await update(held, {
      status: 'paying',
      paymentId: world.deps.newId(),
      payingSince: new Date(),
      seenAt: new Date(Date.now() - 3_600_000),
    })
    await add(0)
    await add(2)
    await update(await add(20), { seenAt: new Date(Date.now() - 3_600_000) })
    await add(-1)
    await world.addClaim(world.shopA, 1n, { customerId, status: 'declined' })
    expect(await summary()).toEqual({
      unsettled: 4,
      inProgress: 1,
      new: 3,
      nearLimit: 2,
      limitToday: 1,
      nextLimit: today,
      today,
    })
  })
})

describe('settled months', () => {
  test('are those of the bank’s calendar, newest first, with totals, by shop too', async () => {
    await world.addCustomer(customerId)
    const settle = async (shop: TestWorld['shopA'], amountMinor: bigint, settledAt: string) => {
      const claim = await world.addClaim(shop, amountMinor, { customerId })
      await update(claim, {
        status: 'settled',
        paymentId: world.deps.newId(),
        settledAt: new Date(settledAt),
      })
    }
    await settle(world.shopB, 500n, '2026-08-31T14:59:59Z')
    await settle(world.shopA, 300n, '2026-08-31T15:00:00Z')
    await settle(world.shopA, 200n, '2026-09-10T01:00:00Z')
    await world.addClaim(world.shopA, 999n, { customerId })
    const reply = await server.portal(settledMonths, { params: { customerId } }, asCustomer())
    expect(reply).toEqual({
      months: [
        { month: '2026-09', count: 2, totals: [{ currency: 'JPY', amountMinor: 500n }] },
        { month: '2026-08', count: 1, totals: [{ currency: 'JPY', amountMinor: 500n }] },
      ],
      shops: [
        {
          shopId: world.shopA.id,
          name: 'Shop A Shoes',
          nameJa: null,
          count: 2,
          totals: [{ currency: 'JPY', amountMinor: 500n }],
        },
        {
          shopId: world.shopB.id,
          name: 'Shop B Hats',
          nameJa: null,
          count: 1,
          totals: [{ currency: 'JPY', amountMinor: 500n }],
        },
      ],
    })
  })
})
