import { randomUUIDv7 } from 'node:crypto'
import type { Hono } from 'hono'
import type { Received, ReplyOf } from '#shared/contracts/call.ts'
import {
  acceptOrder,
  type ClaimStatus,
  completePayment,
  findClaim,
  findEntry,
  findPayment,
  listClaims,
  quoteBasket,
  reserveRun,
} from '#shared/contracts/claim-server.ts'
import { type Authorisation, readDocument, signDocument } from '#shared/contracts/documents.ts'
import { digestOf, type PaymentContent } from '#shared/contracts/payment-content.ts'
import { type Clock, dateIn } from '#shared/dates.ts'
import { AppError } from '#shared/errors.ts'
import { TokenRefused } from '#shared/jws.ts'
import { type KeyRing, purposesOf } from '#shared/keys.ts'
import { sumMinor } from '#shared/money.ts'
import { servePublicKeys, type Trust } from '#shared/service-routes.ts'
import { answerCall, createMockApp, type MockOptions } from './answer-call.ts'
import {
  addOrder,
  applyReceipt,
  bindClaim,
  type ClaimServerState,
  findByToken,
  findOwn,
  groupClaims,
  holdClaims,
  isNearLimit,
  isNew,
  isPayable,
  isStale,
  type MockAdvert,
  type MockClaim,
  type MockPayment,
  type MockShop,
  type NewMockOrder,
  setStatus,
  toClaim,
  toEntry,
  toPayment,
  todayOf,
} from './claim-server-state.ts'
import { serveAdverts } from './mock-adverts.ts'
import { addBill, type NewMockBill, serveBillers } from './mock-billers.ts'
import type { MockCoreBanking } from './mock-core-banking.ts'
import { serveChoices } from './mock-customer-choices.ts'

export interface MockClaimServer extends ClaimServerState {
  app: Hono
  /** A shop sends an order; with a customer it is on that customer's list at once. */
  sendOrder(order: NewMockOrder): MockClaim
  /** A biller sends a claim for its customer's number: it waits until somebody links that number. */
  sendBill(bill: NewMockBill): MockClaim
  /** What time, shop or staff do to a claim. */
  setStatus(orderNumber: string, status: ClaimStatus): void
  /** Asks the core for the receipts of open payments, as the real one does by itself; voids overdue ones. */
  resolve(options?: { evenBeforeSubmitBefore?: boolean }): Promise<void>
}

export interface MockClaimServerOptions extends MockOptions {
  keys: KeyRing
  /** Believes the core's authorisations and receipts. */
  documents: Trust
  clock: Clock
  timeZone: string
  shops: MockShop[]
  adverts: MockAdvert[]
  core: MockCoreBanking
}

const refuseDocument = (error: unknown): never => {
  if (error instanceof TokenRefused) throw new AppError('invalid', { detail: error.message })
  throw error
}

const serveEntries = (app: Hono, options: MockClaimServerOptions, state: ClaimServerState) => {
  answerCall(app, options, findEntry, async ({ params: { entryToken } }) =>
    toEntry(state, findByToken(state, entryToken)),
  )

  answerCall(
    app,
    options,
    acceptOrder,
    async ({ params: { entryToken }, body }): Promise<ReplyOf<typeof acceptOrder>> => {
      const claim = findByToken(state, entryToken)
      const isRepeat = claim.customerId === body.customerId
      if (!isRepeat && !toEntry(state, claim).open) return { outcome: 'not-open' }
      if (!isRepeat) bindClaim(state, claim, body)
      return { outcome: 'accepted', order: toEntry(state, claim) }
    },
  )
}

const matches = ({ orderNumber, description, shop }: MockClaim, search = '') =>
  [orderNumber, description, shop.name, shop.nameJa ?? ''].some((text) =>
    text.toLowerCase().includes(search.toLowerCase()),
  )

type Query = Received<typeof listClaims>['query']

const isAsked = (state: ClaimServerState, claim: MockClaim, query: Query): boolean => {
  const { filter, shopId, month } = query
  const filters = {
    payable: () => isPayable(state, claim),
    'in-progress': () => claim.status === 'paying',
    'near-limit': () => isPayable(state, claim) && isNearLimit(state, claim),
    new: () => isNew(state, claim),
  }
  const on = claim.settledAt ? dateIn(state.timeZone, claim.settledAt) : claim.timeLimit
  return (
    (filter === undefined || filters[filter]()) &&
    (shopId === undefined || claim.shop.shopId === shopId) &&
    (month === undefined || on.startsWith(month))
  )
}

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

const orders: Record<string, (a: MockClaim, b: MockClaim) => number> = {
  'time-limit': (a, b) => byText(a.timeLimit, b.timeLimit),
  amount: (a, b) => Number(b.amountMinor - a.amountMinor),
  shop: (a, b) => byText(a.shop.name, b.shop.name),
  'ordered-on': (a, b) => byText(b.orderedOn, a.orderedOn),
  'settled-at': (a, b) => (b.settledAt?.getTime() ?? 0) - (a.settledAt?.getTime() ?? 0),
}

const totalsOf = (claims: readonly MockClaim[]) =>
  [...new Set(claims.map((one) => one.currency))].map((currency) => {
    const own = claims.filter((one) => one.currency === currency)
    return {
      currency,
      count: own.length,
      amountMinor: sumMinor(own.map((one) => one.amountMinor)),
      payees: new Set(own.map((one) => one.shop.shopId)).size,
    }
  })

const listed: Record<'unsettled' | 'settled', ClaimStatus[]> = {
  unsettled: ['unsettled', 'paying'],
  settled: ['settled'],
}

const serveClaims = (app: Hono, options: MockClaimServerOptions, state: ClaimServerState) => {
  answerCall(app, options, listClaims, async ({ params: { customerId }, query }) => {
    const found = [...state.claims.values()]
      .filter((one) => one.customerId === customerId && listed[query.list].includes(one.status))
      .filter((one) => matches(one, query.search) && isAsked(state, one, query))
      .sort(orders[query.sort ?? 'time-limit'])
    const from = Number(query.cursor ?? 0)
    const page = found.slice(from, from + query.limit)
    const claims = page.map((one) => toClaim(state, one))
    for (const one of page) one.seenAt ??= state.clock.now()
    const isMore = from + page.length < found.length
    return {
      claims,
      nextCursor: isMore ? String(from + page.length) : null,
      totals: totalsOf(found),
      today: todayOf(state),
      timeZone: state.timeZone,
    }
  })

  answerCall(app, options, findClaim, async ({ params: { customerId, orderNumber } }) => {
    const claim = findOwn(state, customerId, orderNumber)
    return { claim: toClaim(state, claim), history: [...claim.history], today: todayOf(state) }
  })

  answerCall(app, options, quoteBasket, async ({ params: { customerId }, body }) => {
    const own = body.orderNumbers.map((number) => findOwn(state, customerId, number))
    const payable = own.filter((one) => isPayable(state, one))
    const [currency, ...others] = new Set(payable.map((one) => one.currency))
    const isOne = currency !== undefined && others.length === 0
    const quotes = body.accounts.map((account) => {
      const groups = groupClaims(account, payable)
      const feeMinor = sumMinor(groups.map((one) => one.feeMinor))
      const amountMinor = sumMinor(groups.map((one) => one.amountMinor))
      return { account, groups, feeMinor, totalMinor: amountMinor + feeMinor }
    })
    return {
      claims: own.map((one) => toClaim(state, one)),
      notPayable: own.filter((one) => !isPayable(state, one)).map((one) => one.orderNumber),
      currency: isOne ? currency : null,
      amountMinor: isOne ? sumMinor(payable.map((one) => one.amountMinor)) : 0n,
      quotes: isOne ? quotes : [],
      today: todayOf(state),
    }
  })
}

const instruct = async (keys: KeyRing, payment: MockPayment) => {
  const { content, digest, payer, submitBefore, transferIds } = payment
  const { kind, paymentId, day, payerAccount, claims, currency } = content
  const instruction = await signDocument(keys, 'instruction', {
    iss: 'claim-server',
    aud: 'core-banking',
    iat: Math.floor(Date.now() / 1000),
    submitBefore: Math.floor(submitBefore.getTime() / 1000),
    kind,
    paymentId,
    day,
    payer,
    payerAccount,
    claims,
    groups: content.fees.map(({ payeeAccount, feeMinor }) => ({
      payeeAccount,
      feeMinor,
      transferId: transferIds.get(payeeAccount) ?? '',
      reference: `Claimbook ${claims[0]?.orderNumber}`,
    })),
    currency,
    digest,
  })
  return { paymentId, instruction, submitBefore }
}

/** Whether the run may be held as it stands; throws for a known id of other content, or foreign claims. */
const checkRun = (
  state: ClaimServerState,
  customerId: string,
  { payments, authorised }: { payments: PaymentContent[]; authorised: Authorisation },
) => {
  const isOther = state.scenarios.otherContent
  state.scenarios.otherContent = false
  for (const content of payments) {
    const digest = digestOf(content)
    const known = state.payments.get(content.paymentId)
    if (isOther || (known && (known.digest !== digest || known.payer !== customerId)))
      throw new AppError('digest-mismatch')
    for (const { orderNumber } of content.claims) findOwn(state, customerId, orderNumber)
    if (!authorised.payments.some((one) => one.digest === digest))
      throw new AppError('invalid', { detail: 'another content was authorised' })
  }
}

const servePayments = (app: Hono, options: MockClaimServerOptions, state: ClaimServerState) => {
  const { keys, documents } = options

  answerCall(
    app,
    options,
    reserveRun,
    async ({ params: { customerId }, body }): Promise<ReplyOf<typeof reserveRun>> => {
      const { content: authorised } = await readDocument(
        documents,
        'authorisation',
        body.authorisation,
      ).catch(refuseDocument)
      checkRun(state, customerId, { payments: body.payments, authorised })
      const fresh = body.payments.filter((one) => !state.payments.has(one.paymentId))
      const wanted = fresh.flatMap((one) => one.claims.map((claim) => claim.orderNumber))
      const taken = wanted
        .flatMap((number) => state.claims.get(number) ?? [])
        .filter((claim) => !isPayable(state, claim))
        .map(({ orderNumber, status, paymentId = null }) => ({ orderNumber, status, paymentId }))
      if (taken.length > 0)
        return { outcome: 'not-reserved', reason: 'claim-not-payable', claims: taken }
      if (authorised.exp <= Math.floor(Date.now() / 1000))
        return { outcome: 'not-reserved', reason: 'authorisation-expired', claims: [] }
      if (fresh.some((one) => isStale(state, one)))
        return { outcome: 'not-reserved', reason: 'content-stale', claims: [] }
      const runId = randomUUIDv7()
      const held = body.payments.map(
        (content) =>
          state.payments.get(content.paymentId) ??
          holdClaims(state, { content, customerId, runId }),
      )
      const payments = await Promise.all(held.map((one) => instruct(keys, one)))
      return { outcome: 'reserved', payments }
    },
  )

  answerCall(app, options, findPayment, async ({ params: { customerId, paymentId } }) => {
    const payment = state.payments.get(paymentId)
    if (payment?.payer !== customerId) throw new AppError('not-found')
    return toPayment(state, payment)
  })

  const complete = async (token: string) => {
    const read = await readDocument(documents, 'receipt', token).catch(refuseDocument)
    const payment = state.payments.get(read.content.jti)
    if (!payment) throw new AppError('not-found')
    applyReceipt(state, payment, read.content)
    return { paymentId: read.content.jti, status: payment.status }
  }
  answerCall(app, options, completePayment, ({ body }) => complete(body.receipt))
  return { complete }
}

/** The claim server in memory, with the portal's calls; fees by branch, one fee per payee. */
export const createMockClaimServer = (options: MockClaimServerOptions): MockClaimServer => {
  const { keys, clock, timeZone, core } = options
  const state: ClaimServerState = {
    clock,
    timeZone,
    shops: options.shops.map((one) => ({ ...one })),
    claims: new Map(),
    payments: new Map(),
    choices: new Map(),
    bills: [],
    links: new Map(),
    linkTries: new Map(),
    adverts: options.adverts.map((one) => ({ ...one })),
    scenarios: { otherContent: false },
  }
  const app = createMockApp()
  serveEntries(app, options, state)
  serveClaims(app, options, state)
  serveChoices(app, options, state)
  serveBillers(app, options, state)
  serveAdverts(app, options, state)
  const { complete } = servePayments(app, options, state)
  servePublicKeys(app, keys, purposesOf['claim-server'] ?? [])
  return {
    ...state,
    app,
    sendOrder: (order) => addOrder(state, order),
    sendBill: (bill) => addBill(state, bill),
    setStatus: (orderNumber, status) => setStatus(state, orderNumber, status),
    resolve: async ({ evenBeforeSubmitBefore = false } = {}) => {
      for (const { status, content, payer, digest, submitBefore } of state.payments.values()) {
        if (status !== 'paying') continue
        const { paymentId } = content
        const isOver = evenBeforeSubmitBefore || submitBefore.getTime() < Date.now()
        const receipt =
          (await core.signReceipt(paymentId)) ??
          (isOver ? await core.voidPayment({ paymentId, payer, digest }) : null)
        if (receipt) await complete(receipt)
      }
    },
  }
}
