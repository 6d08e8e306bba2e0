import { beforeEach, describe, expect, it } from 'vitest'
import type { AnyCall, ReplyOf, Sent } from '#shared/contracts/call.ts'
import * as calls from '#shared/contracts/staff.ts'
import { createServiceClient, NoAnswer } from '#shared/service-client.ts'
import { createMocks, draftContent, type Mocks } from './index.ts'

const customerId = 'C-100417'
const account = '0901-101-1-0014471'

let mocks: Mocks
const clientOf = (baseUrl: string) =>
  createServiceClient({
    issuer: 'bank-portal',
    baseUrl,
    keys: mocks.keys['bank-portal'],
    instance: 'test',
    fetch: mocks.fetch,
  })
const ask = <C extends AnyCall>(call: C, sent: Sent<C>): Promise<ReplyOf<C>> =>
  clientOf(mocks.claimServerUrl)(call, sent, { onBehalfOf: 'staff:clerk' })

const sendOrder = () =>
  mocks.claimServer.sendOrder({
    shop: 'Shop B Hats',
    description: 'Hat',
    amountMinor: 2_100n,
    customerId,
  })

beforeEach(async () => {
  mocks = await createMocks()
})

describe('staff at the mocked claim server', () => {
  it('see what customers did, and are in the audit log themselves', async () => {
    const { orderNumber } = sendOrder()
    const { paymentId } = await mocks.pay({ customerId, orderNumbers: [orderNumber] })
    const { claims } = await ask(calls.searchClaims, { query: { customer: 'haruka' } })
    expect(claims).toMatchObject([{ orderNumber, status: 'settled', paymentId }])
    const read = await ask(calls.readClaim, { params: { orderNumber } })
    expect(read.payments).toMatchObject([{ paymentId, receiptVerified: true }])
    expect(mocks.claimServer.audit).toMatchObject([
      { staffId: 'clerk', act: 'searchClaims', detail: 'customer haruka' },
      { staffId: 'clerk', act: 'readClaim', subject: orderNumber },
    ])
  })

  it('change what customers are asked for', async () => {
    const { today } = await ask(calls.listFees, {})
    await ask(calls.replaceFees, {
      params: { relation: 'same-bank' },
      body: { validFrom: today, ranges: [{ fromAmountMinor: 0n, feeMinor: 55n }] },
    })
    const peers = { core: clientOf(mocks.coreUrl), claimServer: clientOf(mocks.claimServerUrl) }
    const orderNumbers = [sendOrder().orderNumber]
    const content = await draftContent(peers, { customerId, orderNumbers, account })
    expect(content.fees.map((one) => one.feeMinor)).toEqual([55n])
    expect(await mocks.pay({ customerId, orderNumbers })).toMatchObject({ feeMinor: 55n })
  })

  it('find mails that are refused, given up after the twelfth time, and send them again', async () => {
    sendOrder()
    const refused = ['haruka.sato@mail.example']
    for (let time = 0; time < 12; time++) mocks.claimServer.deliverMails({ refused })
    const [found, ...others] = (await ask(calls.listUndelivered, { query: {} })).notices
    expect(found).toMatchObject({ status: 'failed', attempts: 12, recipient: 'customer' })
    expect(others).toEqual([])
    await ask(calls.resendNotice, { params: { noticeId: found?.noticeId ?? '' } })
    mocks.claimServer.deliverMails()
    const states = mocks.claimServer.notices.map((one) => one.status)
    expect(states).toEqual(['delivered', 'delivered'])
  })

  it('find payments in doubt, with how often the core was asked', async () => {
    mocks.scenario('executed-but-answer-lost', { once: true })
    const orderNumbers = [sendOrder().orderNumber]
    await expect(mocks.pay({ customerId, orderNumbers })).rejects.toThrow(NoAnswer)
    const open = async () => (await ask(calls.listOpenPayments, { query: {} })).payments
    expect(await open()).toMatchObject([{ customerId, amountMinor: 2_100n, timesAsked: 0 }])
    await mocks.claimServer.resolve()
    expect(await open()).toEqual([])
  })
})

it('staff are shown the reconciliations that a test makes, agreeing unless it says what differs', async () => {
  const made = async () => (await ask(calls.listReconciliations, { query: {} })).reconciliations
  mocks.claimServer.reconcile()
  const differences = [{ kind: 'wrong-amount', id: '7K3M-9XQ2-4', words: 'the claim is 3150' }]
  mocks.claimServer.reconcile({ extent: 'recent', differences })
  expect(await made()).toMatchObject([
    { extent: 'recent', rowsThatDiffer: 1, differences },
    { extent: 'whole', rowsThatDiffer: 0, differences: [] },
  ])
  mocks.reset()
  expect(await made()).toEqual([])
})

it('a reset takes back what staff have changed', async () => {
  const told = async () => ({
    fees: (await ask(calls.listFees, {})).fees.length,
    holidays: (await ask(calls.listHolidays, {})).holidays.length,
    adverts: (await ask(calls.listAdverts, {})).adverts.length,
    shops: (await ask(calls.listShops, { query: {} })).shops.map((one) => one.status),
  })
  const before = await told()
  const { shops, audit } = mocks.claimServer
  await ask(calls.replaceFees, {
    params: { relation: 'same-bank' },
    body: { validFrom: '2098-01-01', ranges: [{ fromAmountMinor: 0n, feeMinor: 55n }] },
  })
  await ask(calls.addHoliday, { body: { date: '2098-02-03', name: 'A day', nameJa: 'ある日' } })
  await ask(calls.decideShop, {
    params: { shopId: shops[0]?.shopId ?? '' },
    body: { decision: 'suspend', reason: 'papers missing' },
  })
  const advert = mocks.claimServer.adverts[0]
  const { advertId } = (await ask(calls.listAdverts, {})).adverts[0] ?? {}
  await ask(calls.endAdvert, { params: { advertId: advertId ?? '' } })
  expect(advert?.endedAt).toBeInstanceOf(Date)
  expect(await told()).not.toEqual(before)
  mocks.reset()
  expect(audit).toEqual([])
  expect(await told()).toEqual(before)
  expect(mocks.claimServer.adverts[0]?.endedAt).toBeUndefined()
})
