import type { Hono } from 'hono'
import { linkBiller, listBillers, unlinkBiller } from '#shared/contracts/billers.ts'
import type { ReplyOf } from '#shared/contracts/call.ts'
import { AppError } from '#shared/errors.ts'
import { answerCall, type MockOptions } from './answer-call.ts'
import { writeNotices } from './claim-notices.ts'
import { addOrder } from './claim-orders.ts'
import {
  changeStatus,
  type ClaimServerState,
  type MockClaim,
  type NewMockOrder,
  statusOf,
  todayOf,
} from './claim-server-state.ts'
import { payeeOf } from './claim-views.ts'

/** A biller's claim, for whoever has that number there. */
export interface NewMockBill extends Omit<NewMockOrder, 'customerId' | 'isNew'> {
  customerNumber: string
  secondFact: string
}

export interface MockBill {
  claim: MockClaim
  customerNumber: string
  secondFact: string
}

const mostTries = 5
const lockMs = 24 * 3600_000

const blanksAndDashes = /[\s\p{Pd}\u2212\u30fc]/gu
const plain = (text: string) => text.normalize('NFKC').toUpperCase().replaceAll(blanksAndDashes, '')
const keyOf = (shopId: string, customerId: string) => `${shopId} ${customerId}`

const labels = {
  numberLabel: { en: 'Customer number', ja: 'お客さま番号' },
  secondFactLabel: { en: 'Check number on the bill', ja: '請求書に記載の確認番号' },
}

/** It is on the customer's list from now on; one whose limit has passed comes as expired. */
const bind = (state: ClaimServerState, claim: MockClaim, customerId: string) => {
  const account = state.choices.get(customerId)?.defaultAccount ?? undefined
  Object.assign(claim, { customerId, account, acceptedAt: state.clock.now() })
  const isLate = claim.timeLimit < todayOf(state)
  changeStatus(
    state,
    claim,
    isLate ? { status: 'expired', by: 'time' } : { status: 'unsettled', by: 'customer' },
  )
  if (!isLate) writeNotices(state, claim, 'new-claim')
}

/** A bill goes to the customer who linked that number, or waits for one. */
export const addBill = (
  state: ClaimServerState,
  { customerNumber, secondFact, ...order }: NewMockBill,
): MockClaim => {
  const claim = addOrder(state, order)
  const bill = { claim, customerNumber: plain(customerNumber), secondFact: plain(secondFact) }
  state.bills.push(bill)
  const linked = [...state.links.values()].find(
    (one) => one.shopId === claim.shop.shopId && plain(one.customerNumber) === bill.customerNumber,
  )
  if (!linked) return claim
  // It comes in bound: nothing happened before.
  claim.history = []
  claim.revision = 0
  Object.assign(claim, { customerId: linked.customerId, acceptedAt: state.clock.now() })
  changeStatus(state, claim, { status: 'unsettled', by: 'shop' })
  writeNotices(state, claim, 'new-claim')
  return claim
}

interface Link {
  shopId: string
  customerId: string
}

interface Facts {
  customerNumber: string
  secondFact: string
  customerName: string
  mailAddress: string
}

const link = (
  state: ClaimServerState,
  { shopId, customerId }: Link,
  { customerNumber, customerName: name, mailAddress }: Facts,
): ReplyOf<typeof linkBiller> => {
  const number = plain(customerNumber)
  const taken = [...state.links.values()].find(
    (one) => one.shopId === shopId && plain(one.customerNumber) === number,
  )
  if (taken && taken.customerId !== customerId) return { outcome: 'linked-elsewhere' }
  if (!taken) {
    const linkedAt = state.clock.now()
    state.customers.set(customerId, { name, mailAddress })
    state.links.set(keyOf(shopId, customerId), { shopId, customerId, customerNumber, linkedAt })
  }
  const waiting = state.bills
    .filter((one) => one.claim.shop.shopId === shopId && one.customerNumber === number)
    .map((one) => one.claim)
    .filter((claim) => claim.status === 'provisional')
  for (const claim of waiting) bind(state, claim, customerId)
  const newClaims = waiting.filter((claim) => claim.status === 'unsettled').length
  return { outcome: 'linked', newClaims }
}

const tryLink = (state: ClaimServerState, who: Link, facts: Facts): ReplyOf<typeof linkBiller> => {
  const key = keyOf(who.shopId, who.customerId)
  const { count, lockedUntil } = state.linkTries.get(key) ?? { count: 0, lockedUntil: 0 }
  if (lockedUntil > Date.now()) return { outcome: 'locked', lockedUntil: new Date(lockedUntil) }
  const isOnABill = state.bills.some(
    (one) =>
      one.claim.shop.shopId === who.shopId &&
      one.customerNumber === plain(facts.customerNumber) &&
      one.secondFact === plain(facts.secondFact),
  )
  if (isOnABill) return link(state, who, facts)
  const isLast = count + 1 >= mostTries
  state.linkTries.set(key, {
    count: isLast ? 0 : count + 1,
    lockedUntil: isLast ? Date.now() + lockMs : 0,
  })
  return { outcome: 'not-accepted', triesLeft: mostTries - count - 1 }
}

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** Billers of the bank, each customer's links to them, five tries. */
export const serveBillers = (app: Hono, options: MockOptions, state: ClaimServerState): void => {
  const billers = () =>
    state.shops
      .filter((one) => one.kind === 'biller' && statusOf(one) === 'live')
      .sort((a, b) => byText(a.name.toLowerCase(), b.name.toLowerCase()))

  answerCall(app, options, listBillers, async ({ params: { customerId } }) => ({
    billers: billers().map((shop) => {
      const known = state.links.get(keyOf(shop.shopId, customerId))
      return {
        payee: payeeOf(shop),
        ...labels,
        link: known ? { customerNumber: known.customerNumber, linkedAt: known.linkedAt } : null,
      }
    }),
  }))

  answerCall(app, options, linkBiller, async ({ params, body }) => {
    if (!billers().some((one) => one.shopId === params.shopId)) throw new AppError('not-found')
    return tryLink(state, params, body)
  })

  answerCall(app, options, unlinkBiller, async ({ params: { shopId, customerId } }) => ({
    unlinked: state.links.delete(keyOf(shopId, customerId)),
  }))
}
