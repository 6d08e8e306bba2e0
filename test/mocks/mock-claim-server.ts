import { randomBytes, randomUUIDv7 } from 'node:crypto'
import type { Hono } from 'hono'
import type { ReplyOf } from '#shared/contracts/call.ts'
import { accountParts } from '#shared/accounts.ts'
import {
  acceptOrder,
  type Claim,
  type ClaimStatus,
  completePayment,
  type EntryOrder,
  findClaim,
  findEntry,
  findPayment,
  listClaims,
  type Payment,
  quoteBasket,
  reserveRun,
} from '#shared/contracts/claim-server.ts'
import { readDocument, type Receipt, signDocument } from '#shared/contracts/documents.ts'
import { digestOf, type PaymentContent } from '#shared/contracts/payment-content.ts'
import { addDays, type Clock, dateIn } from '#shared/dates.ts'
import { AppError } from '#shared/errors.ts'
import { TokenRefused } from '#shared/jws.ts'
import { type KeyRing, purposesOf } from '#shared/keys.ts'
import { type Currency, sumMinor } from '#shared/money.ts'
import { newOrderNumber } from '#shared/order-number.ts'
import { servePublicKeys, type Trust } from '#shared/service-routes.ts'
import { answerCall, createMockApp, type MockOptions } from './answer-call.ts'
import type { MockCoreBanking } from './mock-core-banking.ts'

type Payee = Claim['payee']

export interface MockShop extends Payee {
  /** Where it wants its money, at one bank or several. */
  accounts: string[]
}

interface HistoryEntry {
  at: Date
  event: string
  by: string
  reason: string | null
}

/** An order and its claim, as the mock keeps them. */
export interface MockClaim extends Omit<Claim, 'payable' | 'payee' | 'inPayment' | 'settlement'> {
  shop: MockShop
  entryToken: string
  openUntil: Date
  returnUrl: string | null
  customerId: string | undefined
  account: string | undefined
  paymentId: string | undefined
  payingSince: Date | undefined
  settledAt: Date | undefined
  history: HistoryEntry[]
}

export interface NewMockOrder {
  shop: string
  description: string
  amountMinor: bigint
  /** Days from today to the time limit. */
  days?: number
  daysAgo?: number
  category?: string | null
  currency?: Currency
  returnUrl?: string | null
  /** Bound to this customer at once, as if accepted. */
  customerId?: string
  isNew?: boolean
}

interface MockPayment {
  content: PaymentContent
  digest: string
  payer: string
  status: Payment['status']
  receipt: Receipt | undefined
  since: Date
  runId: string
  reference: string
  submitBefore: Date
  transferIds: Map<string, string>
  exceptions: Map<string, string>
}

export interface MockClaimServer {
  app: Hono
  claims: Map<string, MockClaim>
  payments: Map<string, MockPayment>
  /** The next reservation finds its payment id used for another content. */
  scenarios: { otherContent: boolean }
  /** A shop sends an order; with a customer it is on that customer's list at once. */
  sendOrder(order: NewMockOrder): MockClaim
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
  core: MockCoreBanking
}

const feeOf = (payer: string, payee: string, amountMinor: bigint): bigint => {
  const [from, to] = [accountParts(payer), accountParts(payee)]
  if (from.bank === to.bank && from.branch === to.branch) return 0n
  const isLarge = amountMinor >= 30_000n
  if (from.bank === to.bank) return isLarge ? 220n : 110n
  return isLarge ? 440n : 275n
}

const submitSeconds = 30

/** The claim server in memory, with the portal's calls; fees by branch, one fee per payee. */
export const createMockClaimServer = (options: MockClaimServerOptions): MockClaimServer => {
  const { keys, documents, clock, timeZone, shops, core } = options
  const app = createMockApp()
  const claims = new Map<string, MockClaim>()
  const payments = new Map<string, MockPayment>()
  const scenarios = { otherContent: false }
  const today = () => dateIn(timeZone, clock.now())

  const note = (claim: MockClaim, event: string, by: string, reason: string | null = null) => {
    claim.history.push({ at: clock.now(), event, by, reason })
  }

  const isPayable = ({ status, timeLimit }: MockClaim) =>
    status === 'unsettled' && timeLimit >= today()

  const payeeOf = ({ accounts: _accounts, ...payee }: MockShop): Payee => payee

  const settlementOf = (claim: MockClaim): Claim['settlement'] => {
    const payment = claim.paymentId ? payments.get(claim.paymentId) : undefined
    const leg = payment?.receipt?.legs.find((one) => one.orderNumber === claim.orderNumber)
    if (claim.status !== 'settled' || !payment || !leg || !claim.settledAt) return null
    return {
      paymentId: payment.content.paymentId,
      transferId: leg.transferId,
      groupNumber: groupNumberOf(leg.transferId),
      account: payment.content.payerAccount,
      settledAt: claim.settledAt,
    }
  }

  const toClaim = (claim: MockClaim): Claim => ({
    orderNumber: claim.orderNumber,
    status: claim.status,
    payee: payeeOf(claim.shop),
    description: claim.description,
    category: claim.category,
    amountMinor: claim.amountMinor,
    currency: claim.currency,
    orderedOn: claim.orderedOn,
    timeLimit: claim.timeLimit,
    originalTimeLimit: claim.originalTimeLimit,
    payable: isPayable(claim),
    isNew: claim.isNew,
    inPayment:
      claim.status === 'paying' && claim.paymentId && claim.payingSince
        ? { paymentId: claim.paymentId, since: claim.payingSince }
        : null,
    settlement: settlementOf(claim),
  })

  const toEntry = (claim: MockClaim): EntryOrder => ({
    orderNumber: claim.orderNumber,
    open: claim.status === 'provisional' && clock.now() < claim.openUntil,
    openUntil: claim.openUntil,
    payee: payeeOf(claim.shop),
    description: claim.description,
    category: claim.category,
    amountMinor: claim.amountMinor,
    currency: claim.currency,
    orderedOn: claim.orderedOn,
    timeLimit: claim.timeLimit,
    returnUrl: claim.returnUrl,
  })

  const findByToken = (entryToken: string): MockClaim => {
    const found = [...claims.values()].find((one) => one.entryToken === entryToken)
    if (!found) throw new AppError('not-found')
    return found
  }

  const findOwn = (customerId: string, orderNumber: string): MockClaim => {
    const found = claims.get(orderNumber)
    if (found?.customerId !== customerId) throw new AppError('not-found')
    return found
  }

  const sendOrder: MockClaimServer['sendOrder'] = (order) => {
    const shop = shops.find((one) => one.name === order.shop)
    if (!shop) throw new Error(`there is no shop ${order.shop}`)
    const claim: MockClaim = {
      orderNumber: newOrderNumber(),
      status: order.customerId ? 'unsettled' : 'provisional',
      shop,
      description: order.description,
      category: order.category ?? null,
      amountMinor: order.amountMinor,
      currency: order.currency ?? 'JPY',
      orderedOn: addDays(today(), -(order.daysAgo ?? 0)),
      timeLimit: addDays(today(), order.days ?? 14),
      originalTimeLimit: null,
      isNew: order.isNew ?? false,
      entryToken: randomBytes(16).toString('base64url'),
      openUntil: new Date(clock.now().getTime() + 30 * 60_000),
      returnUrl: order.returnUrl ?? null,
      customerId: order.customerId,
      account: undefined,
      paymentId: undefined,
      payingSince: undefined,
      settledAt: undefined,
      history: [],
    }
    note(claim, 'provisional', 'shop')
    if (order.customerId) note(claim, 'unsettled', 'customer')
    claims.set(claim.orderNumber, claim)
    return claim
  }

  const matches = (claim: MockClaim, search: string | undefined) => {
    const wanted = search?.toLowerCase() ?? ''
    const { orderNumber, description, shop } = claim
    return [orderNumber, description, shop.name, shop.nameJa ?? ''].some((text) =>
      text.toLowerCase().includes(wanted),
    )
  }

  const compare = (sort: string | undefined) => (a: MockClaim, b: MockClaim) => {
    const text = (x: string, y: string) => (x < y ? -1 : x > y ? 1 : 0)
    switch (sort) {
      case 'amount':
        return Number(b.amountMinor - a.amountMinor)
      case 'shop':
        return text(a.shop.name, b.shop.name)
      case 'ordered-on':
        return text(b.orderedOn, a.orderedOn)
      case 'settled-at':
        return (b.settledAt?.getTime() ?? 0) - (a.settledAt?.getTime() ?? 0)
      default:
        return text(a.timeLimit, b.timeLimit)
    }
  }

  const totalsOf = (found: MockClaim[]) =>
    [...new Set(found.map((one) => one.currency))].map((currency) => {
      const own = found.filter((one) => one.currency === currency)
      return {
        currency,
        count: own.length,
        amountMinor: sumMinor(own.map((one) => one.amountMinor)),
        payees: new Set(own.map((one) => one.shop.shopId)).size,
      }
    })

  const groupsFor = (payer: string, own: MockClaim[]) =>
    [...new Set(own.map((one) => one.shop))].map((shop) => {
      const mine = own.filter((one) => one.shop === shop)
      const amountMinor = sumMinor(mine.map((one) => one.amountMinor))
      const priced = shop.accounts.map((payeeAccount) => ({
        payeeAccount,
        feeMinor: feeOf(payer, payeeAccount, amountMinor),
        separately: sumMinor(mine.map((one) => feeOf(payer, payeeAccount, one.amountMinor))),
      }))
      const best = priced.reduce((a, b) => (b.feeMinor < a.feeMinor ? b : a))
      return {
        payeeAccount: best.payeeAccount,
        shopId: shop.shopId,
        orderNumbers: mine.map((one) => one.orderNumber),
        amountMinor,
        feeMinor: best.feeMinor,
        savedMinor: best.separately > best.feeMinor ? best.separately - best.feeMinor : 0n,
      }
    })

  const settle = (payment: MockPayment, receipt: Receipt) => {
    payment.receipt = receipt
    for (const { orderNumber } of payment.content.claims) {
      const claim = claims.get(orderNumber)
      if (!claim) continue
      const isFree =
        claim.status === 'unsettled' ||
        (claim.status === 'paying' && claim.paymentId === payment.content.paymentId)
      if (isFree) {
        claim.status = 'settled'
        claim.paymentId = payment.content.paymentId
        claim.settledAt = receipt.decidedAt
        note(claim, 'settled', 'core')
      } else payment.exceptions.set(orderNumber, randomUUIDv7())
    }
    payment.status = payment.exceptions.size > 0 ? 'exception' : 'settled'
  }

  const release = (payment: MockPayment, receipt: Receipt) => {
    payment.receipt = receipt
    payment.status = receipt.result === 'voided' ? 'voided' : 'refused'
    for (const { orderNumber } of payment.content.claims) {
      const claim = claims.get(orderNumber)
      if (claim?.status !== 'paying' || claim.paymentId !== payment.content.paymentId) continue
      claim.status = 'unsettled'
      claim.paymentId = undefined
      note(claim, 'released', 'core', receipt.reason ?? 'voided')
    }
  }

  const complete = async (
    token: string,
  ): Promise<{ paymentId: string; status: Payment['status'] }> => {
    const { content: receipt } = await readDocument(documents, 'receipt', token).catch(
      (error: unknown) => {
        if (error instanceof TokenRefused) throw new AppError('invalid', { detail: error.message })
        throw error
      },
    )
    const payment = payments.get(receipt.jti)
    if (!payment) throw new AppError('not-found')
    if (payment.status === 'paying') {
      if (receipt.result === 'executed') settle(payment, receipt)
      else release(payment, receipt)
    }
    return { paymentId: receipt.jti, status: payment.status }
  }

  const hold = (customerId: string, content: PaymentContent, runId: string): MockPayment => {
    const payment: MockPayment = {
      content,
      digest: digestOf(content),
      payer: customerId,
      status: 'paying',
      receipt: undefined,
      since: clock.now(),
      runId,
      reference: newOrderNumber().slice(0, 9),
      submitBefore: new Date(Date.now() + submitSeconds * 1000),
      transferIds: new Map(content.fees.map((fee) => [fee.payeeAccount, randomUUIDv7()])),
      exceptions: new Map(),
    }
    payments.set(content.paymentId, payment)
    for (const { orderNumber } of content.claims) {
      const claim = claims.get(orderNumber)
      if (!claim) continue
      claim.status = 'paying'
      claim.paymentId = content.paymentId
      claim.payingSince = clock.now()
      note(claim, 'paying', 'customer')
    }
    return payment
  }

  const instruct = async ({ content, digest, payer, submitBefore, transferIds }: MockPayment) => ({
    paymentId: content.paymentId,
    instruction: await signDocument(keys, 'instruction', {
      iss: 'claim-server',
      aud: 'core-banking',
      iat: Math.floor(Date.now() / 1000),
      submitBefore: Math.floor(submitBefore.getTime() / 1000),
      kind: content.kind,
      paymentId: content.paymentId,
      day: content.day,
      payer,
      payerAccount: content.payerAccount,
      claims: content.claims,
      groups: content.fees.map(({ payeeAccount, feeMinor }) => ({
        payeeAccount,
        feeMinor,
        transferId: transferIds.get(payeeAccount) ?? '',
        reference: `Claimbook ${content.claims[0]?.orderNumber}`,
      })),
      currency: content.currency,
      digest,
    }),
    submitBefore,
  })

  const isStale = (content: PaymentContent) => {
    const own = content.claims.flatMap((one) => claims.get(one.orderNumber) ?? [])
    const amounts = content.claims.every(
      (one) => claims.get(one.orderNumber)?.amountMinor === one.amountMinor,
    )
    const groups = groupsFor(content.payerAccount, own)
    const agrees = groups.every((group) => {
      const fee = content.fees.find((one) => one.payeeAccount === group.payeeAccount)
      return fee?.feeMinor === group.feeMinor
    })
    return !amounts || !agrees || groups.length !== content.fees.length || content.day !== today()
  }

  const groupNumberOf = (transferId: string) => `G-${transferId.slice(-8).toUpperCase()}`

  const toPayment = (payment: MockPayment): Payment => {
    const { content, receipt, exceptions } = payment
    const amountMinor = sumMinor(content.claims.map((one) => one.amountMinor))
    const feeMinor = sumMinor(content.fees.map((one) => one.feeMinor))
    return {
      paymentId: content.paymentId,
      runId: payment.runId,
      status: payment.status,
      reason: receipt?.reason ?? null,
      shortByMinor: receipt?.shortByMinor ?? null,
      reference: payment.reference,
      account: content.payerAccount,
      day: content.day,
      currency: content.currency,
      amountMinor,
      feeMinor,
      totalMinor: amountMinor + feeMinor,
      since: payment.since,
      decidedAt: receipt?.decidedAt ?? null,
      groups: content.fees.map((fee) => {
        const own = content.claims.filter((one) => one.payeeAccount === fee.payeeAccount)
        const first = claims.get(own[0]?.orderNumber ?? '')
        const transferId = payment.transferIds.get(fee.payeeAccount) ?? ''
        if (!first) throw new AppError('internal')
        return {
          groupNumber: groupNumberOf(transferId),
          transferId,
          payeeAccount: fee.payeeAccount,
          payeeHolder: own[0]?.payeeHolder ?? '',
          payee: payeeOf(first.shop),
          amountMinor: sumMinor(own.map((one) => one.amountMinor)),
          feeMinor: fee.feeMinor,
          claims: own.map((one) => ({
            orderNumber: one.orderNumber,
            description: claims.get(one.orderNumber)?.description ?? '',
            amountMinor: one.amountMinor,
            status: claims.get(one.orderNumber)?.status ?? 'unsettled',
            exceptionId: exceptions.get(one.orderNumber) ?? null,
          })),
        }
      }),
    }
  }

  answerCall(app, options, findEntry, async ({ params: { entryToken } }) =>
    toEntry(findByToken(entryToken)),
  )

  answerCall(
    app,
    options,
    acceptOrder,
    async ({ params: { entryToken }, body }): Promise<ReplyOf<typeof acceptOrder>> => {
      const claim = findByToken(entryToken)
      if (claim.customerId === body.customerId)
        return { outcome: 'accepted', order: toEntry(claim) }
      if (!toEntry(claim).open) return { outcome: 'not-open' }
      claim.status = 'unsettled'
      claim.customerId = body.customerId
      claim.account = body.account
      note(claim, 'unsettled', 'customer')
      return { outcome: 'accepted', order: toEntry(claim) }
    },
  )

  answerCall(app, options, listClaims, async ({ params: { customerId }, query }) => {
    const listed: ClaimStatus[] = query.list === 'settled' ? ['settled'] : ['unsettled', 'paying']
    const found = [...claims.values()]
      .filter((one) => one.customerId === customerId && listed.includes(one.status))
      .filter((one) => matches(one, query.search))
      .sort(compare(query.sort))
    const from = Number(query.cursor ?? 0)
    const page = found.slice(from, from + query.limit)
    const reply = page.map(toClaim)
    const isWhole = query.limit > 1
    for (const claim of isWhole ? page : []) claim.isNew = false
    return {
      claims: reply,
      nextCursor: from + page.length < found.length ? String(from + page.length) : null,
      totals: totalsOf(found),
      today: today(),
      timeZone,
    }
  })

  answerCall(app, options, findClaim, async ({ params: { customerId, orderNumber } }) => {
    const claim = findOwn(customerId, orderNumber)
    return { claim: toClaim(claim), history: [...claim.history], today: today() }
  })

  answerCall(app, options, quoteBasket, async ({ params: { customerId }, body }) => {
    const own = body.orderNumbers.map((number) => findOwn(customerId, number))
    const payable = own.filter(isPayable)
    const currencies = [...new Set(payable.map((one) => one.currency))]
    const [currency] = currencies
    const isOne = currencies.length === 1
    return {
      claims: own.map(toClaim),
      notPayable: own.filter((one) => !isPayable(one)).map((one) => one.orderNumber),
      currency: isOne && currency ? currency : null,
      amountMinor: isOne ? sumMinor(payable.map((one) => one.amountMinor)) : 0n,
      quotes: isOne
        ? body.accounts.map((account) => {
            const groups = groupsFor(account, payable)
            const feeMinor = sumMinor(groups.map((one) => one.feeMinor))
            const amountMinor = sumMinor(groups.map((one) => one.amountMinor))
            return { account, groups, feeMinor, totalMinor: amountMinor + feeMinor }
          })
        : [],
      today: today(),
    }
  })

  answerCall(
    app,
    options,
    reserveRun,
    async ({ params: { customerId }, body }): Promise<ReplyOf<typeof reserveRun>> => {
      const { content: authorised } = await readDocument(
        documents,
        'authorisation',
        body.authorisation,
      ).catch(() => {
        throw new AppError('invalid', { detail: 'the authorisation does not verify' })
      })
      const runId = randomUUIDv7()
      if (scenarios.otherContent) {
        scenarios.otherContent = false
        throw new AppError('digest-mismatch')
      }
      for (const content of body.payments) {
        const known = payments.get(content.paymentId)
        if (known && (known.digest !== digestOf(content) || known.payer !== customerId))
          throw new AppError('digest-mismatch')
        for (const { orderNumber } of content.claims) findOwn(customerId, orderNumber)
        if (!authorised.payments.some((one) => one.digest === digestOf(content)))
          throw new AppError('invalid', { detail: 'another content was authorised' })
      }
      const fresh = body.payments.filter((content) => !payments.has(content.paymentId))
      const taken = fresh
        .flatMap((content) => content.claims.flatMap((one) => claims.get(one.orderNumber) ?? []))
        .filter((claim) => !isPayable(claim))
      if (taken.length > 0)
        return {
          outcome: 'not-reserved',
          reason: 'claim-not-payable',
          claims: taken.map(({ orderNumber, status, paymentId = null }) => ({
            orderNumber,
            status,
            paymentId,
          })),
        }
      if (authorised.exp <= Math.floor(Date.now() / 1000))
        return { outcome: 'not-reserved', reason: 'authorisation-expired', claims: [] }
      if (fresh.some(isStale))
        return { outcome: 'not-reserved', reason: 'content-stale', claims: [] }
      const held = body.payments.map(
        (content) => payments.get(content.paymentId) ?? hold(customerId, content, runId),
      )
      return { outcome: 'reserved', payments: await Promise.all(held.map(instruct)) }
    },
  )

  answerCall(app, options, findPayment, async ({ params: { customerId, paymentId } }) => {
    const payment = payments.get(paymentId)
    if (payment?.payer !== customerId) throw new AppError('not-found')
    return toPayment(payment)
  })

  answerCall(app, options, completePayment, async ({ body }) => complete(body.receipt))

  servePublicKeys(app, keys, purposesOf['claim-server'] ?? [])

  return {
    app,
    claims,
    payments,
    scenarios,
    sendOrder,
    setStatus: (orderNumber, status) => {
      const claim = claims.get(orderNumber)
      if (!claim) throw new Error(`there is no claim ${orderNumber}`)
      claim.status = status
      note(claim, status, 'time')
    },
    resolve: async ({ evenBeforeSubmitBefore = false } = {}) => {
      for (const payment of payments.values()) {
        if (payment.status !== 'paying') continue
        const { content, payer, digest, submitBefore } = payment
        const isOver = evenBeforeSubmitBefore || submitBefore.getTime() < Date.now()
        const receipt =
          (await core.signReceipt(content.paymentId)) ??
          (isOver ? await core.voidPayment({ paymentId: content.paymentId, payer, digest }) : null)
        if (receipt) await complete(receipt)
      }
    },
  }
}
