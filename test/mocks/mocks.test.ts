import { randomUUIDv7 } from 'node:crypto'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { completePayment, findPayment, listClaims } from '#shared/contracts/claim-server.ts'
import {
  accountExists,
  authoriseRun,
  executePayment,
  findReceipts,
  listAccounts,
} from '#shared/contracts/core-banking.ts'
import { readDocument } from '#shared/contracts/documents.ts'
import { listStaff } from '#shared/contracts/core-staff.ts'
import { trustPeers } from '#shared/service-routes.ts'
import { createServiceClient, NoAnswer, type ServiceClient } from '#shared/service-client.ts'
import { createMemoryKeys, createMocks, draftContent, type Mocks } from './index.ts'

const customerId = 'C-100417'
const account = '0901-101-1-0014471'
const feeAccount = '0901-101-1-9990001'
const network = setupServer()

let mocks: Mocks
let core: ServiceClient
let claimServer: ServiceClient

beforeAll(() => network.listen({ onUnhandledFrame: 'error' }))
afterAll(() => network.close())
afterEach(() => network.resetHandlers())
beforeEach(async () => {
  const keys = await createMemoryKeys('bank-portal')
  mocks = await createMocks({ portalKeys: keys })
  network.use(...mocks.handlers)
  const clientOf =
    (baseUrl: string): ServiceClient =>
    (call, sent) =>
      createServiceClient({ issuer: 'bank-portal', baseUrl, keys, instance: 'test' })(call, sent, {
        onBehalfOf: customerId,
      })
  core = clientOf(mocks.coreUrl)
  claimServer = clientOf(mocks.claimServerUrl)
})

/** Shoes for 3,150 yen at the payer's branch, a hat for 2,100 at another: 110 yen of fees. */
const sendOrders = (to = mocks) =>
  [
    { shop: 'Shop A Shoes', description: 'Shoes', amountMinor: 3150n, customerId },
    { shop: 'Shop B Hats', description: 'Hat', amountMinor: 2100n, customerId },
  ].map((order) => to.claimServer.sendOrder(order).orderNumber)

const draft = (orderNumbers = sendOrders()) =>
  draftContent({ core, claimServer }, { customerId, orderNumbers, account })

const pay = (to = mocks) => to.pay({ customerId, orderNumbers: sendOrders(to) })

const balance = async (of = account) => {
  const { accounts } = await core(listAccounts, { params: { customerId } })
  return accounts.find((one) => one.account === of)?.balanceMinor
}

const statusOf = async (paymentId: string) =>
  (await claimServer(findPayment, { params: { customerId, paymentId } })).status

describe('a mocked payment', () => {
  it('moves balances, leaves postings that sum to zero, and settles its claims', async () => {
    const payment = await pay()
    expect(payment).toMatchObject({ status: 'settled', amountMinor: 5_250n, feeMinor: 110n })
    expect(await balance()).toBe(358_900n - 5_360n)
    expect(mocks.core.accounts.get(feeAccount)?.balanceMinor).toBe(110n)
    const sums = new Map<string, bigint>()
    for (const { transferId, amountMinor } of mocks.core.postings)
      sums.set(transferId, (sums.get(transferId) ?? 0n) + amountMinor)
    expect([...sums.values()]).toEqual([0n, 0n])
    const settled = await claimServer(listClaims, {
      params: { customerId },
      query: { list: 'settled' },
    })
    expect(settled.claims.map((one) => one.settlement?.paymentId)).toEqual([
      payment.paymentId,
      payment.paymentId,
    ])
  })

  it('has a receipt that verifies by the keys that the mocked core publishes', async () => {
    const { paymentId, receipt } = await pay()
    const trust = trustPeers('claim-server', await createMemoryKeys('claim-server'), {
      'core-banking': mocks.coreUrl,
    })
    const { content } = await readDocument(trust, 'receipt', receipt)
    expect(content).toMatchObject({ jti: paymentId, result: 'executed' })
    expect(content).toEqual(await mocks.readReceipt(receipt))
    const bent = receipt.replace(/\.[^.]{6}(?=[^.]*$)/, '.AAAAAA')
    await expect(mocks.readReceipt(bent)).rejects.toThrow('signature')
  })

  it('is executed once for its id, and every repeat has the same result', async () => {
    const { paymentId } = await pay()
    const stored = mocks.core.receipts.get(paymentId)
    await Promise.all([1, 2, 3].map(() => mocks.claimServer.resolve()))
    expect(mocks.core.receipts.get(paymentId)).toEqual(stored)
    expect(await balance()).toBe(358_900n - 5_360n)
  })

  it('that was voided never executes', async () => {
    mocks.faults.core.set('not reachable', { calls: ['executePayment'], times: 1 })
    const orderNumbers = sendOrders()
    const paymentId = randomUUIDv7()
    await expect(mocks.pay({ customerId, orderNumbers, paymentId })).rejects.toThrow(NoAnswer)
    await mocks.claimServer.resolve({ evenBeforeSubmitBefore: true })
    expect(await statusOf(paymentId)).toBe('voided')
    expect(await balance()).toBe(358_900n)
  })

  it('can be read by its shop under /v1, from the order to its settlement', async () => {
    const [shop] = mocks.claimServer.shops
    const headers = {
      authorization: `Bearer ${shop?.apiKey}`,
      'content-type': 'application/json',
      'idempotency-key': 'order-1',
    }
    const sent = await fetch(`${mocks.claimServerUrl}/v1/orders`, {
      method: 'POST',
      headers,
      body: JSON.stringify({
        shopOrderRef: '2026-1',
        description: 'Shoes',
        amount: { value: 3150, currency: 'JPY' },
      }),
    })
    const { orderNumber, entryUrl } = (await sent.json()) as Record<string, string>
    expect(entryUrl).toMatch(/^http:\/\/claim-server\.mock\/entry\//)
    mocks.claimServer.acceptOrder(orderNumber ?? '', { customerId })
    const payment = await mocks.pay({ customerId, orderNumbers: [orderNumber ?? ''] })
    const read = await fetch(`${mocks.claimServerUrl}/v1/orders/${orderNumber}`, { headers })
    expect(await read.json()).toMatchObject({
      status: 'settled',
      transferId: payment.groups[0]?.transferId,
    })
  })
})

describe('the scenario', () => {
  it('“short-balance” refuses payments, and moves nothing', async () => {
    mocks.scenario('short-balance')
    expect(await pay()).toMatchObject({ status: 'refused', reason: 'insufficient-funds' })
    expect(await pay()).toMatchObject({ status: 'refused', reason: 'insufficient-funds' })
    expect(await balance()).toBe(358_900n)
    expect(mocks.core.postings).toHaveLength(0)
  })

  it('“wrong-password” accepts no password, and counts', async () => {
    mocks.scenario('wrong-password')
    const content = await draft()
    const body = { accountNumber: '0014471', password: 'maple-harbour-17', payments: [content] }
    const authorise = () => core(authoriseRun, { params: { customerId }, body })
    expect(await authorise()).toEqual({ outcome: 'not-accepted', triesLeft: 4 })
    expect(await authorise()).toEqual({ outcome: 'not-accepted', triesLeft: 3 })
  })

  it('“account-unknown” finds no account, for a shop’s registration and for a payment', async () => {
    mocks.scenario('account-unknown')
    const asked = createServiceClient({
      issuer: 'claim-server',
      baseUrl: mocks.coreUrl,
      keys: mocks.keys['claim-server'],
      instance: 'test',
    })
    const body = { account: '0901-101-2-1100101', holder: 'Shop A Shoes' }
    expect(await asked(accountExists, { body })).toEqual({ exists: false })
    expect(await pay()).toMatchObject({ status: 'refused', reason: 'payee-not-found' })
  })

  it('“executed-but-answer-lost” moves the money and answers nobody', async () => {
    mocks.scenario('executed-but-answer-lost')
    const paymentId = randomUUIDv7()
    const orderNumbers = sendOrders()
    await expect(mocks.pay({ customerId, orderNumbers, paymentId })).rejects.toThrow(NoAnswer)
    const { receipts } = await core(findReceipts, { body: { paymentIds: [paymentId] } })
    expect(receipts[0]?.receipt).not.toBeNull()
    expect(await statusOf(paymentId)).toBe('paying')
    await mocks.claimServer.resolve()
    expect(await statusOf(paymentId)).toBe('settled')
  })

  it.each(['503', 'malformed-answer'] as const)('“%s” is no answer', async (name) => {
    mocks.scenario(name)
    await expect(balance()).rejects.toThrow(NoAnswer)
    mocks.clearScenarios()
    expect(await balance()).toBe(358_900n)
  })

  it('“slow” answers late, as late as is said', async () => {
    mocks.scenario('slow', { slowMs: 300 })
    const start = performance.now()
    await balance()
    expect(performance.now() - start).toBeGreaterThan(290)
  })

  it('can be for once, for one call, and for the claim server', async () => {
    mocks.scenario('short-balance', { once: true })
    expect((await pay()).status).toBe('refused')
    expect((await pay()).status).toBe('settled')
    mocks.scenario('503', { of: 'claim-server', calls: ['listClaims'] })
    const params = { customerId }
    await expect(claimServer(listClaims, { params, query: { list: 'settled' } })).rejects.toThrow(
      NoAnswer,
    )
    expect(await balance()).toBe(358_900n - 5_360n)
  })

  it('chosen at set-up holds from the start, and again after a reset', async () => {
    const poor = await createMocks({ scenarios: ['short-balance'] })
    expect((await pay(poor)).status).toBe('refused')
    poor.clearScenarios()
    expect((await pay(poor)).status).toBe('settled')
    poor.reset()
    expect((await pay(poor)).status).toBe('refused')
  })
})

it('a reset brings books, claims and payments back to the set-up, whoever holds them', async () => {
  const { accounts, postings, receipts } = mocks.core
  const { claims, payments } = mocks.claimServer
  mocks.core.setBalance(account, 10_000n)
  mocks.scenario('503')
  mocks.clearScenarios()
  await pay()
  mocks.scenario('short-balance')
  mocks.reset()
  expect([postings.length, receipts.size, claims.size, payments.size]).toEqual([0, 0, 0, 0])
  expect(accounts.get(account)?.balanceMinor).toBe(358_900n)
  expect((await pay()).status).toBe('settled')
})

describe('a portal whose keys are known', () => {
  it('is refused with a token of other keys', async () => {
    const stranger = createServiceClient({
      issuer: 'bank-portal',
      baseUrl: mocks.coreUrl,
      keys: await createMemoryKeys('bank-portal'),
      instance: 'test',
    })
    await expect(stranger(listAccounts, { params: { customerId } })).rejects.toThrow('answered 401')
  })

  it('is refused without a token', async () => {
    const response = await fetch(`${mocks.coreUrl}/customers/${customerId}/accounts`)
    expect(response.status).toBe(401)
  })
})

describe('without keys of a portal', () => {
  let open: Mocks
  beforeEach(async () => {
    open = await createMocks({ coreUrl: 'https://core.bank.example' })
    network.use(...open.handlers)
  })

  it('requests need no token, at the addresses that were chosen', async () => {
    const response = await fetch(`https://core.bank.example/customers/${customerId}/accounts`)
    const { accounts } = listAccounts.reply.parse(await response.json())
    expect(accounts).toHaveLength(3)
  })

  it('a header says which of the bank’s staff asks', async () => {
    const ask = (headers?: Record<string, string>) =>
      fetch('https://core.bank.example/staff', headers ? { headers } : {})
    expect((await ask()).status).toBe(403)
    const response = await ask({ 'x-on-behalf-of': 'staff:approver1' })
    expect(listStaff.reply.parse(await response.json()).staff).toHaveLength(4)
  })

  it('a token of anybody says on whose behalf it asks', async () => {
    const keys = await createMemoryKeys('bank-portal')
    const client = createServiceClient({
      issuer: 'bank-portal',
      baseUrl: 'https://core.bank.example',
      keys,
      instance: 'test',
    })
    const asked = client(listAccounts, { params: { customerId } }, { onBehalfOf: 'C-100552' })
    await expect(asked).rejects.toThrow('not-found')
  })
})

it('a receipt for claims that are paid already opens an exception, and is no instruction', async () => {
  const { receipt } = await pay()
  mocks.claimServer.payments.clear()
  const again = await claimServer(completePayment, { body: { receipt } })
  expect(again.status).toBe('exception')
  await expect(
    core(executePayment, {
      params: { paymentId: randomUUIDv7() },
      body: { instruction: receipt, authorisation: receipt },
    }),
  ).rejects.toThrow('answered 401')
})
