import type { Hono } from 'hono'
import { linkBiller, listBillers, unlinkBiller } from '#shared/contracts/billers.ts'
import type { ReplyOf } from '#shared/contracts/call.ts'
import { AppError } from '#shared/errors.ts'
import { answerCall, type MockOptions } from './answer-call.ts'
import {
  addOrder,
  bindClaim,
  type ClaimServerState,
  type MockClaim,
  type NewMockOrder,
  payeeOf,
} from './claim-server-state.ts'

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

const plain = (text: string) => text.normalize('NFKC').replaceAll(/[\s-]/g, '').toUpperCase()
const keyOf = (shopId: string, customerId: string) => `${shopId} ${customerId}`

const labels = {
  numberLabel: { en: 'Customer number', ja: 'お客様番号' },
  secondFactLabel: { en: 'Amount of any bill', ja: '請求書の金額' },
}

const bind = (state: ClaimServerState, { claim }: MockBill, customerId: string) => {
  bindClaim(state, claim, { customerId })
  claim.seenAt = undefined
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
  if (linked) bind(state, bill, linked.customerId)
  return claim
}

const tryLink = (
  state: ClaimServerState,
  { shopId, customerId }: { shopId: string; customerId: string },
  facts: { customerNumber: string; secondFact: string },
): ReplyOf<typeof linkBiller> => {
  const key = keyOf(shopId, customerId)
  const before = state.linkTries.get(key) ?? { count: 0, lockedUntil: 0 }
  if (before.lockedUntil > Date.now())
    return { outcome: 'locked', lockedUntil: new Date(before.lockedUntil) }
  const number = plain(facts.customerNumber)
  const own = state.bills.filter(
    (one) => one.claim.shop.shopId === shopId && one.customerNumber === number,
  )
  if (!own.some((one) => one.secondFact === plain(facts.secondFact))) {
    const count = before.count + 1
    const isLast = count >= mostTries
    const lockedUntil = isLast ? Date.now() + lockMs : 0
    state.linkTries.set(key, { count: isLast ? 0 : count, lockedUntil })
    return { outcome: 'not-accepted', triesLeft: mostTries - count }
  }
  const isTaken = [...state.links.values()].some(
    (one) =>
      one.shopId === shopId &&
      one.customerId !== customerId &&
      plain(one.customerNumber) === number,
  )
  if (isTaken) return { outcome: 'linked-elsewhere' }
  const { customerNumber } = facts
  state.links.set(key, { shopId, customerId, customerNumber, linkedAt: state.clock.now() })
  const waiting = own.filter((one) => one.claim.status === 'provisional')
  for (const bill of waiting) bind(state, bill, customerId)
  return { outcome: 'linked', newClaims: waiting.length }
}

/** Billers of the bank, each customer's links to them, five tries. */
export const serveBillers = (app: Hono, options: MockOptions, state: ClaimServerState): void => {
  const billers = () => state.shops.filter((one) => one.kind === 'biller')

  answerCall(app, options, listBillers, async ({ params: { customerId } }) => ({
    billers: billers().map((shop) => {
      const link = state.links.get(keyOf(shop.shopId, customerId))
      return {
        payee: payeeOf(shop),
        ...labels,
        link: link ? { customerNumber: link.customerNumber, linkedAt: link.linkedAt } : null,
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
