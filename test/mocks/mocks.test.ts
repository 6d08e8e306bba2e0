import { randomUUIDv7 } from 'node:crypto'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  completePayment,
  findPayment,
  listClaims,
  quoteBasket,
  reserveRun,
} from '#shared/contracts/claim-server.ts'
import {
  authoriseRun,
  executePayment,
  findReceipts,
  listAccounts,
} from '#shared/contracts/core-banking.ts'
import { readDocument } from '#shared/contracts/documents.ts'
import type { PaymentContent } from '#shared/contracts/payment-content.ts'
import { dateIn } from '#shared/dates.ts'
import { trustPeers } from '#shared/service-routes.ts'
import { createServiceClient, NoAnswer, type ServiceClient } from '#shared/service-client.ts'
import { createMemoryKeys, createMocks, type Mocks } from './index.ts'

const customerId = 'C-100417'
const account = '0901-101-1-0014471'
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
  const clientOf = (baseUrl: string) =>
    createServiceClient({ issuer: 'bank-portal', baseUrl, keys, instance: 'test', timeoutMs: 1000 })
  core = clientOf(mocks.coreUrl)
  claimServer = clientOf(mocks.claimServerUrl)
})

/** Two claims of two shops, quoted as the portal does it. */
const draft = async (): Promise<PaymentContent> => {
  const orderNumbers = [
    mocks.claimServer.sendOrder({
      shop: 'Shop A Shoes',
      description: 'Shoes',
      amountMinor: 3150n,
      customerId,
    }),
    mocks.claimServer.sendOrder({
      shop: 'Shop B Hats',
      description: 'Hat',
      amountMinor: 2100n,
      customerId,
    }),
  ].map((one) => one.orderNumber)
  const quote = await claimServer(quoteBasket, {
    params: { customerId },
    body: { orderNumbers, accounts: [account] },
  })
  const groups = quote.quotes[0]?.groups ?? []
  return {
    kind: 'payment',
    paymentId: randomUUIDv7(),
    day: dateIn('Asia/Tokyo', new Date()),
    payerAccount: account,
    claims: groups.flatMap(({ payeeAccount, orderNumbers: own, amountMinor }) =>
      own.map((orderNumber) => ({
        orderNumber,
        payeeAccount,
        payeeHolder: mocks.core.accounts.get(payeeAccount)?.holder ?? '',
        amountMinor,
      })),
    ),
    fees: groups.map(({ payeeAccount, feeMinor }) => ({ payeeAccount, feeMinor })),
    currency: 'JPY',
  }
}

const authorise = (content: PaymentContent, password = 'maple-harbour-17') =>
  core(authoriseRun, {
    params: { customerId },
    body: { accountNumber: '0014471', password, payments: [content] },
  })

const reserve = async (content: PaymentContent) => {
  const authorised = await authorise(content)
  if (authorised.outcome !== 'authorised') throw new Error(authorised.outcome)
  const { authorisation } = authorised
  const reserved = await claimServer(reserveRun, {
    params: { customerId },
    body: { payments: [content], authorisation },
  })
  if (reserved.outcome !== 'reserved') throw new Error(reserved.reason)
  return { authorisation, instruction: reserved.payments[0]?.instruction ?? '' }
}

const execute = async (content: PaymentContent) => {
  const documents = await reserve(content)
  return core(executePayment, { params: { paymentId: content.paymentId }, body: documents })
}

const balance = async (of = account) => {
  const { accounts } = await core(listAccounts, { params: { customerId } })
  return accounts.find((one) => one.account === of)?.balanceMinor
}

const statusOf = async ({ paymentId }: PaymentContent) =>
  (await claimServer(findPayment, { params: { customerId, paymentId } })).status

describe('a mocked payment', () => {
  it('moves balances, leaves postings that sum to zero, and settles by its receipt', async () => {
    const content = await draft()
    const { receipt } = await execute(content)
    expect(await balance()).toBe(358_900n - 5_360n)
    expect(mocks.core.accounts.get('0901-101-1-9990001')?.balanceMinor).toBe(110n)
    const sums = new Map<string, bigint>()
    for (const { transferId, amountMinor } of mocks.core.postings)
      sums.set(transferId, (sums.get(transferId) ?? 0n) + amountMinor)
    expect([...sums.values()]).toEqual([0n, 0n])
    expect(await statusOf(content)).toBe('paying')
    await claimServer(completePayment, { body: { receipt } })
    expect(await statusOf(content)).toBe('settled')
    const settled = await claimServer(listClaims, {
      params: { customerId },
      query: { list: 'settled' },
    })
    expect(settled.claims).toHaveLength(2)
    expect(settled.claims[0]?.settlement?.paymentId).toBe(content.paymentId)
  })

  it('has a receipt that verifies by the keys that the mocked core publishes', async () => {
    const content = await draft()
    const { receipt } = await execute(content)
    const trust = trustPeers('claim-server', await createMemoryKeys('claim-server'), {
      'core-banking': mocks.coreUrl,
    })
    const read = await readDocument(trust, 'receipt', receipt)
    expect(read.content).toMatchObject({ jti: content.paymentId, result: 'executed' })
    expect(read.content.legs).toHaveLength(2)
  })

  it('is executed once for its id, and every repeat has the same result', async () => {
    const content = await draft()
    const documents = await reserve(content)
    const again = () =>
      core(executePayment, { params: { paymentId: content.paymentId }, body: documents })
    await Promise.all([again(), again(), again()])
    expect(await balance()).toBe(358_900n - 5_360n)
  })

  it('is refused whole when the balance is short', async () => {
    const content = await draft()
    mocks.core.setBalance(account, 5_359n)
    const { receipt } = await execute(content)
    await claimServer(completePayment, { body: { receipt } })
    expect(await statusOf(content)).toBe('refused')
    expect(await balance()).toBe(5_359n)
    expect(mocks.core.postings).toHaveLength(0)
  })

  it('that was voided never executes', async () => {
    const content = await draft()
    const documents = await reserve(content)
    await mocks.claimServer.resolve({ evenBeforeSubmitBefore: true })
    await core(executePayment, { params: { paymentId: content.paymentId }, body: documents })
    expect(await balance()).toBe(358_900n)
    expect(await statusOf(content)).toBe('voided')
  })
})

describe('the scenario', () => {
  it('“short balance” refuses the next payment', async () => {
    mocks.scenario('short balance')
    const content = await draft()
    const { receipt } = await execute(content)
    await claimServer(completePayment, { body: { receipt } })
    const payment = await claimServer(findPayment, {
      params: { customerId, paymentId: content.paymentId },
    })
    expect(payment).toMatchObject({ status: 'refused', reason: 'insufficient-funds' })
  })

  it('“wrong password” refuses the next authorisation, and the one after is judged again', async () => {
    mocks.scenario('wrong password')
    const content = await draft()
    expect(await authorise(content)).toEqual({ outcome: 'not-accepted', triesLeft: 4 })
    expect((await authorise(content)).outcome).toBe('authorised')
  })

  it('“account unknown” refuses for the payee', async () => {
    mocks.scenario('account unknown')
    const content = await draft()
    await execute(content)
    expect(mocks.core.receipts.get(content.paymentId)?.reason).toBe('payee-not-found')
  })

  it('“executed but answer lost” moves the money and answers nobody', async () => {
    mocks.scenario('executed but answer lost')
    const content = await draft()
    await expect(execute(content)).rejects.toThrow(NoAnswer)
    const { paymentId } = content
    const { receipts } = await core(findReceipts, { body: { paymentIds: [paymentId] } })
    expect(receipts[0]?.receipt).not.toBeNull()
    expect(await statusOf(content)).toBe('paying')
    await mocks.claimServer.resolve()
    expect(await statusOf(content)).toBe('settled')
  })

  it.each(['503', 'malformed answer'] as const)('“%s” is no answer', async (name) => {
    mocks.scenario(name)
    await expect(balance()).rejects.toThrow(NoAnswer)
    mocks.faults.core.clear()
    expect(await balance()).toBe(358_900n)
  })

  it('“slow” answers late', async () => {
    mocks.scenario('slow')
    const start = performance.now()
    await balance()
    expect(performance.now() - start).toBeGreaterThan(150)
  })
})

it('a caller whose token is not the portal’s is refused', async () => {
  const stranger = createServiceClient({
    issuer: 'bank-portal',
    baseUrl: mocks.coreUrl,
    keys: await createMemoryKeys('bank-portal'),
    instance: 'test',
  })
  await expect(stranger(listAccounts, { params: { customerId } })).rejects.toThrow('answered 401')
})

it('without the portal’s keys any bearer token will do', async () => {
  const open = await createMocks()
  network.use(...open.handlers)
  const keys = await createMemoryKeys('bank-portal')
  const client = createServiceClient({
    issuer: 'bank-portal',
    baseUrl: open.coreUrl,
    keys,
    instance: 'test',
  })
  expect((await client(listAccounts, { params: { customerId } })).accounts).toHaveLength(3)
})
