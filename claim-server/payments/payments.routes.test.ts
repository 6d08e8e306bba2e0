import { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  completePayment,
  findPayment,
  reserveRefund,
  reserveRun,
} from '#shared/contracts/claim-server.ts'
import { silentLog } from '#shared/log.ts'
import { answerProblem, toAppError } from '#shared/problem.ts'
import { createServiceClient, type ServiceClient } from '#shared/service-client.ts'
import { type FreshDatabase, freshDatabase } from '../../test/support/database.ts'
import { makeWorld, type TestWorld } from '../testing/world.ts'
import { servePayments } from './payments.routes.ts'

let database: FreshDatabase
let world: TestWorld
let app: Hono
let portal: ServiceClient

const clientOf = (issuer: 'bank-portal' | 'core-banking') =>
  createServiceClient({
    issuer,
    baseUrl: 'http://claims.test',
    keys: world.portalKeys,
    instance: 'test',
    fetch: async (url, init) => app.request((url as URL).href, init as RequestInit),
  })

beforeAll(async () => {
  database = await freshDatabase('claim-server')
  world = await makeWorld(database.db)
  app = new Hono()
  app.onError((error, c) => answerProblem(c, toAppError(error, silentLog)))
  servePayments(app, world.deps)
  portal = clientOf('bank-portal')
})
afterAll(async () => {
  world.close()
  await database.close()
})

const onBehalfOf = () => ({ onBehalfOf: world.customerId })

const runOf = async () => {
  const basket = [
    await world.addClaim(world.shopA, 3150n),
    await world.addClaim(world.shopB, 2100n),
  ]
  const content = world.contentOf(basket)
  const authorisation = await world.core.authorise(world.customerId, [content])
  return { content, body: { payments: [content], authorisation } }
}

test('a payment goes through the portal’s calls, and its page shows where it is', async () => {
  const { content, body } = await runOf()
  const params = { customerId: world.customerId }
  const reserved = await portal(reserveRun, { params, body }, onBehalfOf())
  if (reserved.outcome !== 'reserved') throw new Error(reserved.reason)
  const find = () =>
    portal(findPayment, { params: { ...params, paymentId: content.paymentId } }, onBehalfOf())
  expect(await find()).toMatchObject({
    status: 'paying',
    decidedAt: null,
    totalMinor: 5250n,
    reference: expect.stringMatching(/^P-/),
    groups: [
      { payee: { name: 'Shop A Shoes' }, claims: [{ status: 'paying', exceptionId: null }] },
      { payee: { name: 'Shop B Hats' }, claims: [{ status: 'paying' }] },
    ],
  })
  const receipt = await world.core.execute(reserved.payments[0]?.instruction ?? '')
  expect(await portal(completePayment, { body: { receipt } })).toEqual({
    paymentId: content.paymentId,
    status: 'settled',
  })
  expect(await find()).toMatchObject({
    status: 'settled',
    decidedAt: expect.any(Date),
    groups: [{ claims: [{ status: 'settled' }] }, { claims: [{ status: 'settled' }] }],
  })
})

test('a payment with a claim that was not free is shown as an exception, claim by claim', async () => {
  const free = await world.addClaim(world.shopA, 10n)
  const late = await world.addClaim(world.shopA, 20n, { status: 'cancelled' })
  const content = world.contentOf([free, late])
  const receipt = await world.core.executeUnasked(world.customerId, content)
  await portal(completePayment, { body: { receipt } })
  const shown = await portal(
    findPayment,
    { params: { customerId: world.customerId, paymentId: content.paymentId } },
    onBehalfOf(),
  )
  expect(shown.status).toBe('exception')
  const claims = new Map(shown.groups[0]?.claims.map((claim) => [claim.orderNumber, claim]))
  expect(claims.get(free.orderNumber)).toMatchObject({ status: 'settled', exceptionId: null })
  expect(claims.get(late.orderNumber)).toMatchObject({
    status: 'cancelled',
    exceptionId: expect.any(String),
    refundedAt: null,
  })
})

test('a call that names another customer than it is made for finds nothing', async () => {
  const { content, body } = await runOf()
  const params = { customerId: world.customerId }
  for (const context of [{}, { onBehalfOf: 'C-2' }]) {
    await expect(portal(reserveRun, { params, body }, context)).rejects.toMatchObject({
      code: 'not-found',
    })
    await expect(
      portal(findPayment, { params: { ...params, paymentId: content.paymentId } }, context),
    ).rejects.toMatchObject({ code: 'not-found' })
  }
})

test('somebody else’s payment answers as one that does not exist', async () => {
  const { content, body } = await runOf()
  await portal(reserveRun, { params: { customerId: world.customerId }, body }, onBehalfOf())
  await expect(
    portal(
      findPayment,
      { params: { customerId: 'C-2', paymentId: content.paymentId } },
      { onBehalfOf: 'C-2' },
    ),
  ).rejects.toMatchObject({ code: 'not-found' })
})

test('only the portal may call, and with its own key', async () => {
  const core = clientOf('core-banking')
  const { body } = await runOf()
  await expect(
    core(reserveRun, { params: { customerId: world.customerId }, body }, onBehalfOf()),
  ).rejects.toThrow('answered 401')
  const unsigned = await app.request('/receipts', { method: 'POST', body: '{}' })
  expect(unsigned.status).toBe(401)
})

test('a refund is reserved by the portal’s call', async () => {
  const claim = await world.addClaim(world.shopA, 3000n)
  const paid = world.contentOf([claim])
  await portal(completePayment, {
    body: { receipt: await world.core.executeUnasked(world.customerId, paid) },
  })
  const content = world.contentOf([claim], {
    kind: 'refund',
    payerAccount: world.shopA.account,
    claims: [
      {
        orderNumber: claim.orderNumber,
        payeeAccount: world.account,
        payeeHolder: 'SATO HARUKA',
        amountMinor: 3000n,
      },
    ],
    fees: [{ payeeAccount: world.account, feeMinor: 0n }],
  })
  const authorisation = await world.core.authorise(world.customerId, [content])
  const body = { refundedPaymentId: paid.paymentId, content, authorisation }
  expect(await portal(reserveRefund, { body })).toMatchObject({ outcome: 'reserved' })
})

test.each([
  ['no JWS', { receipt: 'x' }],
  ['a field too many', { receipt: 'a.b.c', settled: true }],
])('a receipt that is %s is refused with its field', async (_what, body) => {
  await expect(portal(completePayment, { body: body as never })).rejects.toMatchObject({
    code: 'invalid',
    errors: [{ pointer: expect.stringMatching(/^#/) }],
  })
})
