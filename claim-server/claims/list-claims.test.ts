import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { findClaim, listClaims } from '#shared/contracts/claim-server.ts'
import type { ReplyOf } from '#shared/contracts/call.ts'
import { addDays } from '#shared/dates.ts'
import { sumMinor } from '#shared/money.ts'
import { freshDatabase, type FreshDatabase } from '../../test/support/database.ts'
import { groups, paymentClaims, payments } from '../payments/payments.table.ts'
import { shops } from '../shops/shops.table.ts'
import { openServer, type TestServer } from '../testing/server.ts'
import { makeWorld, type TestClaim, type TestWorld } from '../testing/world.ts'
import { isPayableOn } from './claims.queries.ts'
import { claims } from './claims.table.ts'

let database: FreshDatabase
let world: TestWorld
let server: TestServer
let customerId = ''
let customers = 0

beforeAll(async () => {
  database = await freshDatabase('claim-server')
  world = await makeWorld(database.db)
  server = openServer(world)
})
afterAll(async () => {
  world.close()
  await database.close()
})
// Every test has a customer, and so a list, of its own.
beforeEach(async () => {
  customerId = `L-${++customers}`
  await world.addCustomer(customerId)
})

type Query = Parameters<typeof list>[0]
type Reply = ReplyOf<typeof listClaims>

const list = (
  query: Partial<NonNullable<Parameters<typeof call>[0]>> = {},
  of = customerId,
): Promise<Reply> => call({ list: 'unsettled', ...query } as Parameters<typeof call>[0], of)

const call = (
  query: {
    list: 'unsettled' | 'settled'
    sort?: 'time-limit' | 'amount' | 'shop' | 'ordered-on' | 'settled-at'
    filter?: 'payable' | 'in-progress' | 'near-limit' | 'new'
    search?: string
    shopId?: string
    month?: string
    cursor?: string
    limit?: number
  },
  of: string,
): Promise<Reply> =>
  server.portal(listClaims, { params: { customerId: of }, query }, { onBehalfOf: of })

const numbersOf = ({ claims: shown }: Reply) => shown.map((claim) => claim.orderNumber)
const add = (amountMinor: bigint, changed: Parameters<TestWorld['addClaim']>[2] = {}) =>
  world.addClaim(world.shopA, amountMinor, { customerId, ...changed })

const update = (claim: TestClaim, set: Partial<typeof claims.$inferInsert>) =>
  world.deps.db.update(claims).set(set).where(eq(claims.orderId, claim.orderId))

const hold = (claim: TestClaim, paymentId = world.deps.newId()) =>
  update(claim, { status: 'paying', paymentId, payingSince: world.deps.clock.now() })

const settle = async (claim: TestClaim, settledAt = new Date()) => {
  const paymentId = world.deps.newId()
  const transferId = world.deps.newId()
  await world.deps.db.insert(payments).values({
    id: paymentId,
    runId: world.deps.newId(),
    reference: paymentId,
    bank: world.bank.code,
    customerId,
    kind: 'payment',
    status: 'executed',
    account: world.account,
    day: world.today(),
    currency: 'JPY',
    amountMinor: claim.amountMinor,
    feeMinor: 0n,
    digest: 'unused',
    receipt: 'unused',
    authorisedAt: settledAt,
    submitBefore: settledAt,
    createdAt: settledAt,
    decidedAt: settledAt,
    askAt: settledAt,
    timesAsked: 0,
  })
  await world.deps.db.insert(groups).values({
    transferId,
    paymentId,
    groupNumber: `G-${transferId}`,
    payeeAccount: claim.shop.account,
    payeeHolder: claim.shop.holder,
    amountMinor: claim.amountMinor,
    feeMinor: 0n,
  })
  await world.deps.db.insert(paymentClaims).values({
    paymentId,
    orderId: claim.orderId,
    transferId,
    amountMinor: claim.amountMinor,
    live: true,
  })
  await update(claim, { status: 'settled', paymentId, settledAt, closedAt: settledAt })
  return { paymentId, transferId }
}

describe('the unsettled list', () => {
  test('holds what is to be paid and what is being paid, and nothing that is closed', async () => {
    const open = await add(3150n)
    const held = await add(2100n)
    await hold(held)
    for (const status of ['expired', 'cancelled', 'declined'] as const) await add(1n, { status })
    const settled = await add(1n)
    await settle(settled)
    const reply = await list()
    expect(numbersOf(reply).toSorted()).toEqual([open.orderNumber, held.orderNumber].toSorted())
    expect(reply.totals).toEqual([{ currency: 'JPY', count: 2, amountMinor: 5250n, payees: 1 }])
    const shown = reply.claims.find((claim) => claim.orderNumber === held.orderNumber)
    expect(shown).toMatchObject({ status: 'paying', payable: false })
    expect(shown?.inPayment?.since).toBeInstanceOf(Date)
  })

  test('is empty for a customer without claims', async () => {
    expect(await list()).toMatchObject({ claims: [], totals: [], nextCursor: null })
  })

  test('has a claim of today as payable and one past its limit as not', async () => {
    const today = await add(1n, { timeLimit: world.today() })
    await add(2n, { timeLimit: addDays(world.today(), -1) })
    expect((await list()).claims.map((claim) => claim.payable)).toEqual([false, true])
    expect(numbersOf(await list({ filter: 'payable' }))).toEqual([today.orderNumber])
  })

  test('shows a claim as new for the visit on which it first shows it', async () => {
    await add(1n)
    expect((await list({ filter: 'new' })).totals[0]?.count).toBe(1)
    expect((await list()).claims[0]?.isNew).toBe(true)
    world.clock.set(new Date(Date.now() + 31 * 60_000))
    expect((await list()).claims[0]?.isNew).toBe(false)
    expect((await list({ filter: 'new' })).claims).toEqual([])
    world.clock.set(new Date())
  })

  test('is filtered by progress and by nearness of the limit, from the day of the warning on', async () => {
    const near = await add(1n, { timeLimit: addDays(world.today(), 3) })
    await add(1n, { timeLimit: addDays(world.today(), 4) })
    const held = await add(1n, { timeLimit: addDays(world.today(), 9) })
    await hold(held)
    expect(numbersOf(await list({ filter: 'near-limit' }))).toEqual([near.orderNumber])
    expect(numbersOf(await list({ filter: 'in-progress' }))).toEqual([held.orderNumber])
  })

  test('finds goods, shops in both scripts, and order numbers as people type them', async () => {
    const shoes = await add(1n, { description: 'Brown shoes 100% leather' })
    const hat = await world.addClaim(world.shopB, 1n, { customerId, description: '麦わら帽子' })
    await world.deps.db
      .update(shops)
      .set({ nameJa: 'ショップＢ帽子店' })
      .where(eq(shops.id, world.shopB.id))
    const find = async (search: string) => numbersOf(await list({ search }))
    expect(await find('brown SHOES')).toEqual([shoes.orderNumber])
    expect(await find('shop b')).toEqual([hat.orderNumber])
    expect(await find('帽子店')).toEqual([hat.orderNumber])
    expect(await find('麦わら')).toEqual([hat.orderNumber])
    expect(await find(shoes.orderNumber.toLowerCase())).toEqual([shoes.orderNumber])
    expect(await find(hat.orderNumber.replaceAll('-', ' '))).toEqual([hat.orderNumber])
    expect(await find('100%')).toEqual([shoes.orderNumber])
    expect(await find('10_%')).toEqual([])
    expect(await find("'; drop table claims --")).toEqual([])
    expect((await find('  ')).length).toBe(2)
  })

  test('is narrowed to one shop', async () => {
    await add(1n)
    const hat = await world.addClaim(world.shopB, 1n, { customerId })
    expect(numbersOf(await list({ shopId: world.shopB.id }))).toEqual([hat.orderNumber])
    expect(numbersOf(await list({ search: '', shopId: world.shopB.id }))).toEqual([hat.orderNumber])
  })
})

describe('every order of the list', () => {
  const fill = async () => {
    const names = ['Zeta', 'alpha', 'Beta', 'beta']
    const shopsHere = await Promise.all(
      names.map((name, at) => world.addShop(name, `0901-202-1-${customers * 10 + at + 3000000}`)),
    )
    for (let at = 0; at < 23; at++) {
      const shop = shopsHere[at % shopsHere.length] ?? world.shopA
      await world.addClaim(shop, BigInt(100 + (at % 5)), {
        customerId,
        timeLimit: addDays(world.today(), at % 4),
      })
    }
  }
  const readAll = async (query: Query, between?: () => Promise<unknown>) => {
    const seen: Reply['claims'] = []
    let cursor: string | undefined
    do {
      const page = await list({ ...query, limit: 5, ...(cursor ? { cursor } : {}) })
      seen.push(...page.claims)
      cursor = page.nextCursor ?? undefined
      await between?.()
    } while (cursor)
    return seen
  }

  test.each(['time-limit', 'amount', 'shop', 'ordered-on'] as const)(
    'by %s shows each claim once over all pages, with totals of all',
    async (sort) => {
      await fill()
      const seen = await readAll({ sort })
      expect(new Set(seen.map((claim) => claim.orderNumber)).size).toBe(23)
      expect(seen).toHaveLength(23)
      const whole = await list({ sort, limit: 200 })
      expect(numbersOf(whole)).toEqual(seen.map((claim) => claim.orderNumber))
      const page = await list({ sort, limit: 5 })
      expect(page.totals).toEqual([
        {
          currency: 'JPY',
          count: 23,
          amountMinor: sumMinor(seen.map((claim) => claim.amountMinor)),
          payees: 4,
        },
      ])
    },
  )

  test('puts the nearest limit, the largest amount, and names from a to z first', async () => {
    await fill()
    const limits = (await list({ sort: 'time-limit' })).claims.map((claim) => claim.timeLimit)
    expect(limits).toEqual(limits.toSorted())
    const amounts = (await list({ sort: 'amount' })).claims.map((claim) =>
      Number(claim.amountMinor),
    )
    expect(amounts).toEqual(amounts.toSorted((a, b) => b - a))
    const names = (await list({ sort: 'shop' })).claims.map((claim) =>
      claim.payee.name.toLowerCase(),
    )
    expect(names).toEqual(names.toSorted())
  })

  test('stays stable while claims come in and go', async () => {
    await fill()
    const before = numbersOf(await list({ sort: 'time-limit', limit: 200 }))
    const seen = await readAll({ sort: 'time-limit' }, () =>
      add(1n, { timeLimit: addDays(world.today(), -1) }),
    )
    expect(seen.map((claim) => claim.orderNumber)).toEqual(before)
  })

  test('has cursors of its own', async () => {
    await fill()
    const { nextCursor } = await list({ sort: 'amount', limit: 1 })
    const cursor = nextCursor ?? ''
    for (const bent of [
      { sort: 'shop' as const, cursor },
      { cursor: 'x' },
      {
        cursor: Buffer.from('{"sort":"time-limit","value":"2027-99-99","id":"x"}').toString(
          'base64url',
        ),
      },
    ])
      await expect(list(bent)).rejects.toMatchObject({
        code: 'invalid',
        errors: [{ pointer: '?cursor' }],
      })
  })

  test('by day of settlement is for settled claims alone', async () => {
    await expect(list({ sort: 'settled-at' })).rejects.toMatchObject({ code: 'invalid' })
  })
})

describe('the settled list', () => {
  test('is newest first and names the transfer and the account', async () => {
    const [first, second] = [await add(3150n), await add(2100n)]
    await settle(first, new Date('2027-01-10T03:00:00Z'))
    const { paymentId, transferId } = await settle(second, new Date('2027-01-11T03:00:00Z'))
    const reply = await list({ list: 'settled' })
    expect(numbersOf(reply)).toEqual([second.orderNumber, first.orderNumber])
    expect(reply.claims[0]?.settlement).toMatchObject({
      paymentId,
      transferId,
      account: world.account,
      settledAt: new Date('2027-01-11T03:00:00Z'),
    })
    const { nextCursor } = await list({ list: 'settled', limit: 1 })
    const rest = await list({ list: 'settled', limit: 1, cursor: nextCursor ?? '' })
    expect(numbersOf(rest)).toEqual([first.orderNumber])
  })

  test('is narrowed to a month of the bank’s calendar', async () => {
    const [january, february] = [await add(1n), await add(2n)]
    await settle(january, new Date('2027-01-31T14:59:59Z'))
    await settle(february, new Date('2027-01-31T15:00:00Z'))
    const of = async (month: string) => numbersOf(await list({ list: 'settled', month }))
    expect(await of('2027-01')).toEqual([january.orderNumber])
    expect(await of('2027-02')).toEqual([february.orderNumber])
    expect(await of('2027-03')).toEqual([])
    await expect(of('2027-13')).rejects.toMatchObject({ code: 'invalid' })
  })
})

describe('a claim', () => {
  const find = (orderNumber: string, of = customerId) =>
    server.portal(findClaim, { params: { customerId: of, orderNumber } }, { onBehalfOf: of })

  test('is found with its history', async () => {
    const claim = await add(3150n)
    const found = await find(claim.orderNumber)
    expect(found.claim).toMatchObject({ orderNumber: claim.orderNumber, amountMinor: 3150n })
    expect(found.today).toBe(world.today())
  })

  test('of another customer, and one that does not exist, are both not found', async () => {
    const claim = await add(3150n)
    for (const [number, of] of [
      [claim.orderNumber, world.customerId],
      ['3F8T-Q1ZD-H', customerId],
    ] as const)
      await expect(find(number, of)).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('a call that names no customer, or another', () => {
  test('finds nothing, whoever’s the claims are', async () => {
    const claim = await add(3150n)
    const params = { customerId }
    for (const context of [{}, { onBehalfOf: world.customerId }]) {
      await expect(
        server.portal(listClaims, { params, query: { list: 'unsettled' } }, context),
      ).rejects.toMatchObject({ code: 'not-found' })
      await expect(
        server.portal(
          findClaim,
          { params: { ...params, orderNumber: claim.orderNumber } },
          context,
        ),
      ).rejects.toMatchObject({ code: 'not-found' })
    }
  })

  test('without a token is refused', async () => {
    const response = await server.request(`/customers/${customerId}/claims?list=unsettled`)
    expect(response.status).toBe(401)
  })
})

test.each([
  'list=open',
  'list=unsettled&limit=0',
  'list=unsettled&month=x',
  'list=unsettled&search=%00',
])('the query %s is refused by its field', async (query) => {
  const parameters = Object.fromEntries(new URLSearchParams(query))
  await expect(
    server.portal(
      listClaims,
      { params: { customerId }, query: parameters as never },
      { onBehalfOf: customerId },
    ),
  ).rejects.toMatchObject({ code: 'invalid' })
})

test('what may be paid is found without reading all shops for the suspended ones', async () => {
  const [one] = await database.db.select().from(shops)
  if (!one) throw new Error('no shop')
  const many = Array.from({ length: 2000 }, () => ({ ...one, id: world.deps.newId() }))
  await database.db.insert(shops).values(many)
  await database.db.execute(sql`analyze claim_server.shops`)
  const query = database.db
    .select({ orderId: claims.orderId })
    .from(claims)
    .where(isPayableOn(world.today()))
  const rows = await database.db.execute(sql`explain ${query.getSQL()}`)
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
  expect(plan).toContain('shops_suspended')
  expect(plan).not.toMatch(/Seq Scan on shops/)
})
