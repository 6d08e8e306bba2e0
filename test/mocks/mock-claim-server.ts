import type { Hono } from 'hono'
import type { ClaimStatus } from '#shared/contracts/claim-server.ts'
import type { Clock } from '#shared/dates.ts'
import { purposesOf } from '#shared/keys.ts'
import { servePublicKeys } from '#shared/service-routes.ts'
import { createMockApp } from './answer-call.ts'
import type { DocumentOptions } from './claim-drafts.ts'
import { deliverMails } from './claim-notices.ts'
import { addOrder, bindClaim, expireClaims, setStatus } from './claim-orders.ts'
import {
  type ClaimServerState,
  type ClaimServerWorld,
  type MockClaim,
  newClaimServerState,
  type NewMockOrder,
} from './claim-server-state.ts'
import { serveClaimStaff } from './claim-staff.ts'
import { serveAdverts } from './mock-adverts.ts'
import { addBill, type NewMockBill, serveBillers } from './mock-billers.ts'
import { serveClaims, serveEntries } from './mock-claims.ts'
import type { MockCoreBanking } from './mock-core-banking.ts'
import { serveChoices } from './mock-customer-choices.ts'
import { servePayments } from './mock-payments.ts'
import { serveShopApi } from './mock-shop-api.ts'
import { resetState } from './reset-state.ts'
import { addReconciliation } from './staff-reconciliations.ts'

export interface MockClaimServer extends ClaimServerState {
  app: Hono
  /** A shop sends an order; with a customer it is on that customer's list at once. */
  sendOrder(order: NewMockOrder): MockClaim
  /** What a customer does at the bank with an order that their shop sent. */
  acceptOrder(orderNumber: string, customer: { customerId: string; account?: string }): MockClaim
  /** A biller sends a claim for its customer's number: it waits until somebody links that number. */
  sendBill(bill: NewMockBill): MockClaim
  /** What time, shop or staff do to a claim. */
  setStatus(orderNumber: string, status: ClaimStatus): void
  /** What time does by the business clock: orders abandoned, claims expired. */
  expireClaims(): void
  /** What the outbox does by itself: mails that wait are sent, or refused for these addresses. */
  deliverMails(options?: { refused?: readonly string[] }): void
  /** Asks the core for the receipts of open payments, as the real one does by itself; voids overdue ones. */
  resolve(options?: { evenBeforeSubmitBefore?: boolean }): Promise<void>
  /** Compares claims and money, as the real one does by itself; `differences` are what it shall have found. */
  reconcile(options?: Parameters<typeof addReconciliation>[1]): void
  /** As it was at set-up. */
  reset(): void
}

export interface MockClaimServerOptions extends DocumentOptions {
  clock: Clock
  timeZone: string
  world: ClaimServerWorld
  core: MockCoreBanking
}

/** The claim server in memory: the portal's calls for customers and for staff, and the shops' API. */
export const createMockClaimServer = (options: MockClaimServerOptions): MockClaimServer => {
  const { keys, clock, timeZone, world, core } = options
  const state = newClaimServerState(world, { clock, timeZone })
  const app = createMockApp()
  serveEntries(app, options, state)
  serveClaims(app, options, state)
  serveChoices(app, options, state)
  serveBillers(app, options, state)
  serveAdverts(app, options, state)
  serveShopApi(app, options, state)
  serveClaimStaff(app, options, state)
  const { complete } = servePayments(app, options, state)
  servePublicKeys(app, keys, purposesOf['claim-server'] ?? [])
  return {
    ...state,
    app,
    sendOrder: (order) => addOrder(state, order),
    acceptOrder: (orderNumber, customer) => {
      const claim = state.claims.get(orderNumber)
      if (claim?.status !== 'provisional') throw new Error(`${orderNumber} is not to be accepted`)
      bindClaim(state, claim, customer)
      return claim
    },
    sendBill: (bill) => addBill(state, bill),
    setStatus: (orderNumber, status) => setStatus(state, orderNumber, status),
    expireClaims: () => expireClaims(state),
    deliverMails: (options) => deliverMails(state, options),
    resolve: async ({ evenBeforeSubmitBefore = false } = {}) => {
      for (const payment of state.payments.values()) {
        if (payment.status !== 'paying') continue
        const { paymentId, payer, digest, kind, submitBefore } = payment
        payment.timesAsked += 1
        const isOver = evenBeforeSubmitBefore || submitBefore.getTime() < Date.now()
        const receipt =
          (await core.signReceipt(paymentId)) ??
          (isOver ? await core.voidPayment({ paymentId, payer, digest, kind }) : null)
        if (receipt) await complete(receipt)
      }
    },
    reconcile: (options) => addReconciliation(state, options),
    reset: () => resetState(state, newClaimServerState(world, { clock, timeZone })),
  }
}
