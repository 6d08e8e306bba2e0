import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type * as z from 'zod'
import {
  type batchResult,
  linkBiller,
  listBillers,
  unlinkBiller,
} from '#shared/contracts/billers.ts'
import { findClaim, listClaims } from '#shared/contracts/claim-server.ts'
import { chooseAccounts } from '#shared/contracts/customer-choices.ts'
import { addDays } from '#shared/dates.ts'
import { freshDatabase, type FreshDatabase } from '../../test/support/database.ts'
import { claims } from '../claims/claims.table.ts'
import { notices } from '../notices/notices.table.ts'
import { orders } from '../orders/orders.table.ts'
import { shops } from '../shops/shops.table.ts'
import { openServer, readProblem, type ShopClient, type TestServer } from '../testing/server.ts'
import { makeWorld, type TestShop, type TestWorld } from '../testing/world.ts'
import { linkTries, waitingClaims } from './billers.table.ts'
import { describeBiller } from './describe-biller.ts'

type Result = z.input<typeof batchResult>

let database: FreshDatabase
let world: TestWorld
let server: TestServer
let water: TestShop
let biller: ShopClient
let customerId = ''
let count = 0

beforeAll(async () => {
  database = await freshDatabase('claim-server')
  world = await makeWorld(database.db)
  server = openServer(world)
  water = await world.addShop('Minato Waterworks', '0901-101-1-0020090')
  await database.db.update(shops).set({ kind: 'biller' }).where(eq(shops.id, water.id))
  biller = await server.shop(water.id)
})
afterAll(async () => {
  world.close()
  await database.close()
})
let number = ''
beforeEach(() => {
  customerId = `B-${++count}`
  number = `44-${1000 + count}`
  world.clock.set(new Date())
})

const bill = (changed: Record<string, unknown> = {}) => ({
  shopOrderRef: `BILL-${++count}`,
  customerNumber: number,
  secondFact: '150-0001',
  description: 'Water, September and October',
  category: 'water',
  amount: { value: 4180, currency: 'JPY' },
  ...changed,
})

const send = (rows: unknown[], batchRef = `BATCH-${++count}`, by = biller) =>
  by.request('/v1/claim-batches', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ batchRef, claims: rows }),
  })
const sent = async (rows: unknown[], batchRef?: string): Promise<Result> => {
  const response = await send(rows, batchRef)
  expect(response.status).toBe(200)
  return (await response.json()) as Result
}

const asCustomer = (of = customerId) => ({ onBehalfOf: of })
const link = (changed: Record<string, string> = {}, of = customerId) =>
  server.portal(
    linkBiller,
    {
      params: { customerId: of, shopId: water.id },
      body: {
        customerNumber: number,
        secondFact: '150-0001',
        customerName: 'Kenji Tanaka',
        mailAddress: 'kenji@customers.example',
        language: 'ja',
        ...changed,
      },
    },
    asCustomer(of),
  )
const list = async (of = customerId) => {
  const query = { list: 'unsettled' as const }
  const reply = await server.portal(
    listClaims,
    { params: { customerId: of }, query },
    asCustomer(of),
  )
  return reply.claims
}
const linkOf = async () => {
  const { billers } = await server.portal(listBillers, { params: { customerId } }, asCustomer())
  return billers[0]
}
const claimOf = async (orderNumber: string | undefined) => {
  const [row] = await database.db
    .select({ claim: claims })
    .from(claims)
    .innerJoin(orders, eq(orders.id, claims.orderId))
    .where(eq(orders.orderNumber, orderNumber ?? ''))
  if (!row) throw new Error('no claim')
  return row.claim
}
const numberOf = (result: Result['results'][number] | undefined) =>
  result && 'orderNumber' in result ? result.orderNumber : undefined

describe('a batch of claims', () => {
  test('for somebody who has not linked the biller waits unseen', async () => {
    const { results, received, refused } = await sent([bill()])
    expect([received, refused]).toEqual([1, 0])
    const claim = await claimOf(numberOf(results[0]))
    expect(claim).toMatchObject({ status: 'provisional', customerId: null, amountMinor: 4180n })
    expect(await list()).toEqual([])
    expect(await database.db.$count(notices, eq(notices.orderId, claim.orderId))).toBe(0)
  })

  test('is on the list of the customer who linked that number at once, new and told', async () => {
    await sent([bill()])
    await link()
    await server.portal(
      chooseAccounts,
      {
        params: { customerId },
        body: { accounts: [], defaultAccount: world.account, showAdverts: true },
      },
      asCustomer(),
    )
    await list()
    const { results } = await sent([bill({ description: 'Water, November' })])
    const orderNumber = numberOf(results[0])
    const shown = (await list()).filter((claim) => claim.orderNumber === orderNumber)
    expect(shown).toMatchObject([
      {
        status: 'unsettled',
        isNew: true,
        payable: true,
        description: 'Water, November',
        payee: { kind: 'biller', name: 'Minato Waterworks' },
      },
    ])
    const claim = await claimOf(orderNumber)
    expect(claim).toMatchObject({ revision: 1, account: world.account })
    const told = await database.db.select().from(notices).where(eq(notices.orderId, claim.orderId))
    expect(told).toMatchObject([{ event: 'new-claim', recipient: 'customer', language: 'ja' }])
  })

  test('answers each row by itself, pointing to what is wrong', async () => {
    const today = world.today()
    const twice = bill()
    const { received, refused, results } = await sent([
      bill(),
      bill({ amount: { value: 0, currency: 'JPY' } }),
      bill({ amount: { value: 100, currency: 'EUR' } }),
      bill({ timeLimit: addDays(today, -1) }),
      bill({ customerNumber: ' - ' }),
      'a bill',
      bill({ secondFact: 'x'.repeat(61) }),
      twice,
      twice,
      { ...twice, description: 'Water, another month' },
    ])
    expect([received, refused]).toEqual([3, 7])
    const said = results.map((row) =>
      row.outcome === 'refused' ? [row.type, row.errors[0]?.pointer] : row.outcome,
    )
    const invalid = (pointer: string) => ['/problems/invalid', pointer]
    expect(said).toEqual([
      'received',
      invalid('#/claims/1/amount/value'),
      invalid('#/claims/2/amount/currency'),
      invalid('#/claims/3/timeLimit'),
      invalid('#/claims/4/customerNumber'),
      invalid('#/claims/5'),
      invalid('#/claims/6/secondFact'),
      'received',
      'existing',
      ['/problems/order-exists', '#/claims/9/shopOrderRef'],
    ])
    expect(numberOf(results[8])).toBe(numberOf(results[7]))
    expect(results.map((row) => row.row)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  })

  test('sent again answers the same, and nothing is stored twice', async () => {
    const rows = [bill(), bill({ amount: { value: -1, currency: 'JPY' } })]
    const first = await send(rows, 'BATCH-again')
    const before = await database.db.$count(orders)
    const second = await send(rows, 'BATCH-again')
    expect(second.headers.get('idempotency-replayed')).toBe('true')
    expect(await second.text()).toBe(await first.text())
    expect(await database.db.$count(orders)).toBe(before)
    const read = await biller.request('/v1/claim-batches/BATCH-again')
    expect(((await read.json()) as Result).received).toBe(1)
  })

  test('sent by ten at once is stored once, and all get its answer', async () => {
    const rows = Array.from({ length: 20 }, () => bill())
    const before = await database.db.$count(orders)
    const answers = await Promise.all(
      Array.from({ length: 10 }, async () => (await send(rows, 'BATCH-race')).text()),
    )
    expect(new Set(answers).size).toBe(1)
    expect(await database.db.$count(orders)).toBe(before + 20)
  })

  test('with other content under the same reference is refused', async () => {
    await sent([bill()], 'BATCH-other')
    const response = await send([bill()], 'BATCH-other')
    expect(response.status).toBe(409)
    expect((await readProblem(response)).code).toBe('batch-exists')
  })

  test('of another batch reference finds its claims existing', async () => {
    const row = bill()
    const [first] = (await sent([row])).results
    const [second] = (await sent([row])).results
    expect(second).toMatchObject({ outcome: 'existing', orderNumber: numberOf(first) })
  })

  test('of a thousand rows is taken in, one of more is not', async () => {
    const rows = Array.from({ length: 1000 }, () =>
      bill({ description: '水道料金（二か月分）'.repeat(10) }),
    )
    const { received } = await sent(rows)
    expect(received).toBe(1000)
    const response = await send([...rows, bill()])
    expect(response.status).toBe(422)
    const large = await send([bill({ description: 'x'.repeat(2_200_000) })])
    expect(large.status).toBe(413)
  }, 30_000)

  test('is for billers alone, with a key, and once the bank opened them', async () => {
    const shop = await server.shop(world.shopA.id)
    expect((await send([bill()], 'B', shop)).status).toBe(403)
    const unsigned = await server.request('/v1/claim-batches', { method: 'POST', body: '{}' })
    expect(unsigned.status).toBe(401)
    await database.db.update(shops).set({ status: 'suspended' }).where(eq(shops.id, water.id))
    expect((await send([bill()])).status).toBe(403)
    await database.db.update(shops).set({ status: 'live' }).where(eq(shops.id, water.id))
  })

  test('of another biller is not found', async () => {
    await sent([bill()], 'BATCH-mine')
    const shop = await server.shop(world.shopA.id)
    expect((await shop.request('/v1/claim-batches/BATCH-mine')).status).toBe(404)
    expect((await biller.request('/v1/claim-batches/BATCH-never')).status).toBe(404)
  })

  test('waiting can be read and withdrawn by its biller, and never reaches a list then', async () => {
    const { results } = await sent([bill()])
    const path = `/v1/orders/${numberOf(results[0])}`
    expect(await (await biller.request(path)).json()).toMatchObject({
      status: 'provisional',
      entryUrl: null,
    })
    expect((await biller.request(`${path}/cancel`, { method: 'POST' })).status).toBe(200)
    expect(await link()).toEqual({ outcome: 'linked', newClaims: 0 })
    expect(await list()).toEqual([])
  })
})

describe('linking a biller', () => {
  test('by number and second fact, however written, brings what waited, told as new', async () => {
    const { results } = await sent([bill(), bill({ secondFact: '2-5 Minatomachi' })])
    expect(
      await link({ customerNumber: ` ${number.replace('-', '')}`, secondFact: '１５００００１' }),
    ).toEqual({ outcome: 'linked', newClaims: 2 })
    const shown = await list()
    expect(new Set(shown.map((claim) => claim.orderNumber))).toEqual(new Set(results.map(numberOf)))
    expect(shown.every((claim) => claim.isNew && claim.payable)).toBe(true)
    const { history } = await server.portal(
      findClaim,
      { params: { customerId, orderNumber: numberOf(results[0]) ?? '' } },
      asCustomer(),
    )
    expect(history.map((entry) => `${entry.event} by ${entry.by}`)).toEqual([
      'provisional by shop',
      'unsettled by customer',
    ])
    expect((await linkOf())?.link).toMatchObject({ customerNumber: number.replace('-', '') })
  })

  test('finds bills whose limit has passed expired, and tells of the others only', async () => {
    const today = world.today()
    await sent([bill({ timeLimit: today }), bill({ timeLimit: addDays(today, 60) })])
    world.clock.set(new Date(Date.now() + 20 * 24 * 3600_000))
    expect(await link()).toEqual({ outcome: 'linked', newClaims: 1 })
    const bound = await database.db.select().from(claims).where(eq(claims.customerId, customerId))
    expect(bound.map((claim) => claim.status).toSorted()).toEqual(['expired', 'unsettled'])
  })

  test('again by the same customer is the same link', async () => {
    await sent([bill()])
    await link()
    const before = await linkOf()
    expect(await link()).toEqual({ outcome: 'linked', newClaims: 0 })
    expect(await linkOf()).toEqual(before)
  })

  test.each([
    ['the number', { customerNumber: '99-9999' }],
    ['the second fact', { secondFact: '150-0002' }],
    ['both', { customerNumber: '99-9999', secondFact: '150-0002' }],
  ])('answers the same, whichever was wrong: %s', async (_what, wrong) => {
    await sent([bill()])
    expect(await link(wrong)).toEqual({ outcome: 'not-accepted', triesLeft: 4 })
    expect(await list()).toEqual([])
  })

  test('is locked for a day of real time after five wrong tries, right ones refused too', async () => {
    await sent([bill()])
    for (const triesLeft of [4, 3, 2, 1, 0])
      expect(await link({ secondFact: 'wrong' })).toEqual({ outcome: 'not-accepted', triesLeft })
    const locked = await link()
    if (locked.outcome !== 'locked') throw new Error(locked.outcome)
    const hours = (locked.lockedUntil.getTime() - Date.now()) / 3600_000
    expect(hours).toBeGreaterThan(23.9)
    expect(hours).toBeLessThanOrEqual(24)
    world.clock.set(new Date(Date.now() + 10 * 24 * 3600_000))
    expect((await link()).outcome).toBe('locked')
    const past = new Date(Date.now() - 1000)
    await database.db
      .update(linkTries)
      .set({ lockedUntil: past })
      .where(eq(linkTries.customerId, customerId))
    expect(await link({ secondFact: 'wrong' })).toMatchObject({ triesLeft: 4 })
    expect(await link()).toMatchObject({ outcome: 'linked' })
  })

  test('checks five of forty guesses at once', async () => {
    await sent([bill()])
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, at) => link({ secondFact: `guess ${at}` })),
    )
    const outcomes = answers.map((answer) => answer.outcome)
    expect(outcomes.filter((outcome) => outcome === 'not-accepted')).toHaveLength(5)
    expect(outcomes.filter((outcome) => outcome === 'locked')).toHaveLength(35)
  }, 30_000)

  test('with an own bill in between does not give tries at others’ bills back', async () => {
    const own = number
    await sent([bill()])
    for (let at = 0; at < 4; at++) {
      await link({ customerNumber: '99-0000', secondFact: `guess ${at}` })
      expect((await link({ customerNumber: own })).outcome).toBe('linked')
    }
    await link({ customerNumber: '99-0000', secondFact: 'guess 5' })
    expect((await link({ customerNumber: own })).outcome).toBe('locked')
  })

  test('a number that another customer linked is refused, and its claims stay theirs', async () => {
    await sent([bill()])
    await link()
    await sent([bill()])
    expect(await link({}, `${customerId}-other`)).toEqual({ outcome: 'linked-elsewhere' })
    expect(await list(`${customerId}-other`)).toEqual([])
    expect(await list()).toHaveLength(2)
  })

  test('of one number by ten customers at once gives it one owner', async () => {
    await sent([bill(), bill()])
    const people = Array.from({ length: 10 }, (_, at) => `${customerId}-${at}`)
    const answers = await Promise.all(people.map((one) => link({}, one)))
    expect(answers.filter((answer) => answer.outcome === 'linked')).toHaveLength(1)
    const lists = await Promise.all(people.map((one) => list(one)))
    expect(lists.map((one) => one.length).filter((length) => length > 0)).toEqual([2])
  })

  test('beside batches of that number leaves no claim waiting', async () => {
    await sent([bill()])
    await Promise.all([
      ...Array.from({ length: 5 }, () => sent([bill(), bill()])),
      link(),
      ...Array.from({ length: 5 }, () => sent([bill()])),
    ])
    const numberKey = number.replace('-', '')
    expect(
      await database.db.$count(
        waitingClaims,
        and(eq(waitingClaims.shopId, water.id), eq(waitingClaims.numberKey, numberKey)),
      ),
    ).toBe(0)
    expect(await list()).toHaveLength(16)
  })

  test('another number replaces the one before', async () => {
    await sent([bill()])
    await link()
    const second = `${number}-9`
    await sent([bill({ customerNumber: second })])
    expect(await link({ customerNumber: second })).toEqual({ outcome: 'linked', newClaims: 1 })
    await sent([bill()])
    expect(await list()).toHaveLength(2)
  })

  test('a shop, an unknown biller, or on behalf of another is not found', async () => {
    const body = {
      customerNumber: number,
      secondFact: '150-0001',
      customerName: 'Kenji Tanaka',
      mailAddress: 'kenji@customers.example',
      language: 'ja' as const,
    }
    for (const [shopId, onBehalfOf] of [
      [world.shopA.id, customerId],
      [world.deps.newId(), customerId],
      [water.id, 'B-stranger'],
    ] as const)
      await expect(
        server.portal(linkBiller, { params: { customerId, shopId }, body }, { onBehalfOf }),
      ).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('unlinking', () => {
  const unlink = () =>
    server.portal(unlinkBiller, { params: { customerId, shopId: water.id } }, asCustomer())

  test('keeps the claims on the list; later ones wait again until linked anew', async () => {
    await sent([bill()])
    await link()
    expect(await unlink()).toEqual({ unlinked: true })
    expect(await unlink()).toEqual({ unlinked: false })
    await sent([bill()])
    expect(await list()).toHaveLength(1)
    expect((await linkOf())?.link).toBeNull()
    expect(await link()).toEqual({ outcome: 'linked', newClaims: 1 })
  })
})

describe('the billers of a bank', () => {
  test('are listed with what their bills call the number and the second fact', async () => {
    expect((await linkOf())?.numberLabel).toEqual({ en: 'Customer number', ja: 'お客さま番号' })
    await describeBiller(world.deps, {
      shopId: water.id,
      numberLabel: 'Supply number',
      numberLabelJa: '供給番号',
      secondFactLabel: 'Postcode',
      secondFactLabelJa: '郵便番号',
    })
    expect(await linkOf()).toMatchObject({
      payee: { name: 'Minato Waterworks' },
      numberLabel: { en: 'Supply number', ja: '供給番号' },
      secondFactLabel: { en: 'Postcode', ja: '郵便番号' },
      link: null,
    })
  })
})
