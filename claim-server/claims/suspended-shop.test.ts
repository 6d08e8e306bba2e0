import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { listClaims, quoteBasket } from '#shared/contracts/claim-server.ts'
import { summariseClaims } from '#shared/contracts/customer-choices.ts'
import { addDays } from '#shared/dates.ts'
import { freshDatabase, type FreshDatabase } from '../../test/support/database.ts'
import { notices } from '../notices/notices.table.ts'
import { completeByReceipt } from '../payments/complete-payments.ts'
import { reserveRun } from '../testing/reserve-run.ts'
import { shops } from '../shops/shops.table.ts'
import { openServer, type TestServer } from '../testing/server.ts'
import { makeWorld, type TestClaim, type TestShop, type TestWorld } from '../testing/world.ts'
import { warnOfLimits } from '../time-limits/warn-of-limit.ts'
import { claims } from './claims.table.ts'

let database: FreshDatabase
let world: TestWorld
let server: TestServer
let shop: TestShop
let claim: TestClaim

beforeAll(async () => {
  database = await freshDatabase('claim-server')
  world = await makeWorld(database.db)
  server = openServer(world)
  shop = await world.addShop('Shop S Chairs', '0901-101-1-0020099')
})
beforeEach(async () => {
  await setStatus('live')
  await database.db.delete(notices)
  await database.db
    .update(claims)
    .set({ status: 'cancelled' })
    .where(eq(claims.status, 'unsettled'))
  claim = await world.addClaim(shop, 3150n, { timeLimit: addDays(world.today(), 1) })
})
afterAll(async () => {
  world.close()
  await database.close()
})

const setStatus = (status: 'live' | 'suspended') =>
  database.db.update(shops).set({ status }).where(eq(shops.id, shop.id))
const asCustomer = () => ({
  params: { customerId: world.customerId },
  of: { onBehalfOf: world.customerId },
})
const list = (query: object = {}) => {
  const { params, of } = asCustomer()
  return server.portal(listClaims, { params, query: { list: 'unsettled', ...query } }, of)
}
const reserve = async (content = world.contentOf([claim])) =>
  reserveRun(world.deps, {
    bank: world.bank,
    customerId: world.customerId,
    payments: [content],
    authorisation: await world.core.authorise(world.customerId, [content]),
    caller: world.caller(),
  })

test('a claim of a suspended shop stays on its list, on hold, and is no claim that can be paid', async () => {
  await setStatus('suspended')
  const shown = (await list()).claims.find((one) => one.orderNumber === claim.orderNumber)
  expect(shown).toMatchObject({ payable: false, onHold: true })
  for (const filter of ['payable', 'near-limit'])
    expect((await list({ filter })).claims).toEqual([])
  const { params, of } = asCustomer()
  const body = { orderNumbers: [claim.orderNumber], accounts: [world.account] }
  expect(await server.portal(quoteBasket, { params, body }, of)).toMatchObject({
    notPayable: [claim.orderNumber],
    quotes: [],
  })
  expect(await server.portal(summariseClaims, { params }, of)).toMatchObject({
    nearLimit: 0,
    nextLimit: null,
  })
})

test('is not reserved for a payment that was agreed to before the shop was suspended', async () => {
  const content = world.contentOf([claim])
  await setStatus('suspended')
  expect(await reserve(content)).toMatchObject({
    outcome: 'not-reserved',
    reason: 'claim-not-payable',
    claims: [{ orderNumber: claim.orderNumber, status: 'unsettled' }],
  })
  await setStatus('live')
  expect((await reserve(content)).outcome).toBe('reserved')
})

test('a payment that holds it already goes on: only its receipt decides', async () => {
  const reserved = await reserve()
  if (reserved.outcome !== 'reserved') throw new Error(reserved.reason)
  await setStatus('suspended')
  const receipt = await world.core.execute(reserved.payments[0]?.instruction ?? '')
  const settled = await completeByReceipt(world.deps, { receipt, caller: world.caller() })
  expect(settled.status).toBe('settled')
})

test('nobody is warned of its limit until the shop is back; then it is', async () => {
  await setStatus('suspended')
  expect(await warnOfLimits(world.deps)).toBe(0)
  await setStatus('live')
  expect(await warnOfLimits(world.deps)).toBe(1)
  expect((await list({ filter: 'near-limit' })).claims).toMatchObject([
    { payable: true, onHold: false },
  ])
})
