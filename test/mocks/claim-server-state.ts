import { randomBytes, randomUUIDv7 } from 'node:crypto'
import { accountParts } from '#shared/accounts.ts'
import type { Claim, ClaimStatus, EntryOrder, Payment } from '#shared/contracts/claim-server.ts'
import type { Receipt } from '#shared/contracts/documents.ts'
import { digestOf, type PaymentContent } from '#shared/contracts/payment-content.ts'
import { addDays, type Clock, dateIn } from '#shared/dates.ts'
import { AppError } from '#shared/errors.ts'
import { type Currency, sumMinor } from '#shared/money.ts'
import { newOrderNumber } from '#shared/order-number.ts'
import type { Language } from '#shared/texts.ts'
import type { MockBill } from './mock-billers.ts'

type Payee = Claim['payee']

export interface MockShop extends Payee {
  /** Where it wants its money: the one with the lowest fee is taken. */
  accounts: string[]
}

interface HistoryEntry {
  at: Date
  event: string
  by: string
  reason: string | null
}

/** An order and its claim, as the mock keeps them. */
export interface MockClaim extends Omit<Claim, 'payable' | 'payee' | 'isNew' | 'inPayment' | 'settlement'> {
  shop: MockShop
  entryToken: string
  openUntil: Date
  returnUrl: string | null
  customerId: string | undefined
  account: string | undefined
  paymentId: string | undefined
  payingSince: Date | undefined
  settledAt: Date | undefined
  /** When a list first showed it. */
  seenAt: Date | undefined
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

export interface MockPayment {
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

/** What a customer chose in the member menu. */
export interface MockChoices {
  accounts: string[]
  defaultAccount: string | null
  showAdverts: boolean
  language: Language | null
}

type BothLanguages = Record<Language, string>

export interface MockAdvert {
  category: BothLanguages | null
  words: BothLanguages[]
  text: BothLanguages
  url: string
  /** How often it was displayed. */
  shown: number
}

/** What the mocked claim server knows, for tests to read and to change. */
export interface ClaimServerState {
  clock: Clock
  timeZone: string
  shops: MockShop[]
  claims: Map<string, MockClaim>
  payments: Map<string, MockPayment>
  /** By customer. */
  choices: Map<string, MockChoices>
  /** Billers' claims, waiting or bound. */
  bills: MockBill[]
  /** By biller and customer. */
  links: Map<
    string,
    { shopId: string; customerId: string; customerNumber: string; linkedAt: Date }
  >
  linkTries: Map<string, { count: number; lockedUntil: number }>
  adverts: MockAdvert[]
  /** The next reservation finds its payment id used for another content. */
  scenarios: { otherContent: boolean }
}

const submitSeconds = 30
const provisionalMs = 30 * 60_000

export const todayOf = ({ clock, timeZone }: ClaimServerState): string =>
  dateIn(timeZone, clock.now())

export const isPayable = (state: ClaimServerState, { status, timeLimit }: MockClaim): boolean =>
  status === 'unsettled' && timeLimit >= todayOf(state)

const newForMs = 30 * 60_000

/** Not shown on a list yet, or first shown within a visit. */
export const isNew = ({ clock }: ClaimServerState, { seenAt }: MockClaim): boolean =>
  seenAt === undefined || clock.now().getTime() - seenAt.getTime() < newForMs

/** Its warning date has come: three days before the limit. */
export const isNearLimit = (state: ClaimServerState, { timeLimit }: MockClaim): boolean =>
  addDays(timeLimit, -3) <= todayOf(state)

export const changeStatus = (
  { clock }: ClaimServerState,
  claim: MockClaim,
  to: { status: ClaimStatus; by: string; event?: string; reason?: string },
) => {
  claim.status = to.status
  claim.history.push({
    at: clock.now(),
    event: to.event ?? to.status,
    by: to.by,
    reason: to.reason ?? null,
  })
}

/** A shop's order becomes a provisional claim; with a customer it is accepted at once. */
export const addOrder = (state: ClaimServerState, order: NewMockOrder): MockClaim => {
  const shop = state.shops.find((one) => one.name === order.shop)
  if (!shop) throw new Error(`there is no shop ${order.shop}`)
  const today = todayOf(state)
  const claim: MockClaim = {
    orderNumber: newOrderNumber(),
    status: 'provisional',
    shop,
    description: order.description,
    category: order.category ?? null,
    amountMinor: order.amountMinor,
    currency: order.currency ?? 'JPY',
    orderedOn: addDays(today, -(order.daysAgo ?? 0)),
    timeLimit: addDays(today, order.days ?? 14),
    originalTimeLimit: null,
    entryToken: randomBytes(16).toString('base64url'),
    openUntil: new Date(state.clock.now().getTime() + provisionalMs),
    returnUrl: order.returnUrl ?? null,
    customerId: undefined,
    account: undefined,
    paymentId: undefined,
    payingSince: undefined,
    settledAt: undefined,
    seenAt: order.isNew ? undefined : new Date(0),
    history: [],
  }
  changeStatus(state, claim, { status: 'provisional', by: 'shop' })
  if (order.customerId) bindClaim(state, claim, { customerId: order.customerId })
  state.claims.set(claim.orderNumber, claim)
  return claim
}

export const bindClaim = (
  state: ClaimServerState,
  claim: MockClaim,
  { customerId, account }: { customerId: string; account?: string },
): void => {
  claim.customerId = customerId
  claim.account = account
  changeStatus(state, claim, { status: 'unsettled', by: 'customer', event: 'accepted' })
}

/** What time, shop or staff do to a claim. */
export const setStatus = (
  state: ClaimServerState,
  orderNumber: string,
  status: ClaimStatus,
): void => {
  const claim = state.claims.get(orderNumber)
  if (!claim) throw new Error(`there is no claim ${orderNumber}`)
  changeStatus(state, claim, { status, by: 'time' })
}

export const findOwn = (
  { claims }: ClaimServerState,
  customerId: string,
  orderNumber: string,
): MockClaim => {
  const found = claims.get(orderNumber)
  if (found?.customerId !== customerId) throw new AppError('not-found')
  return found
}

export const findByToken = ({ claims }: ClaimServerState, entryToken: string): MockClaim => {
  const found = [...claims.values()].find((one) => one.entryToken === entryToken)
  if (!found) throw new AppError('not-found')
  return found
}

export const payeeOf = ({ accounts: _accounts, ...payee }: MockShop): Payee => payee

const groupNumberOf = (transferId: string) => `G-${transferId.slice(-8).toUpperCase()}`

const settlementOf = (
  { payments }: ClaimServerState,
  { orderNumber, status, paymentId, settledAt }: MockClaim,
): Claim['settlement'] => {
  const payment = paymentId ? payments.get(paymentId) : undefined
  const leg = payment?.receipt?.legs.find((one) => one.orderNumber === orderNumber)
  if (status !== 'settled' || !payment || !leg || !settledAt) return null
  return {
    paymentId: payment.content.paymentId,
    transferId: leg.transferId,
    groupNumber: groupNumberOf(leg.transferId),
    account: payment.content.payerAccount,
    settledAt,
  }
}

export const toClaim = (state: ClaimServerState, claim: MockClaim): Claim => {
  const { status, paymentId, payingSince } = claim
  const isHeld = status === 'paying' && paymentId !== undefined && payingSince !== undefined
  return {
    orderNumber: claim.orderNumber,
    status,
    payee: payeeOf(claim.shop),
    description: claim.description,
    category: claim.category,
    amountMinor: claim.amountMinor,
    currency: claim.currency,
    orderedOn: claim.orderedOn,
    timeLimit: claim.timeLimit,
    originalTimeLimit: claim.originalTimeLimit,
    payable: isPayable(state, claim),
    isNew: isNew(state, claim),
    inPayment: isHeld ? { paymentId, since: payingSince } : null,
    settlement: settlementOf(state, claim),
  }
}

export const toEntry = ({ clock }: ClaimServerState, claim: MockClaim): EntryOrder => ({
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

const feeOf = (payer: string, payee: string, amountMinor: bigint): bigint => {
  const [from, to] = [accountParts(payer), accountParts(payee)]
  const isLarge = amountMinor >= 30_000n
  if (from.bank !== to.bank) return isLarge ? 440n : 275n
  if (from.branch === to.branch) return 0n
  return isLarge ? 220n : 110n
}

/** One group per payee, to the account of theirs with the lowest fee. */
export const groupClaims = (payer: string, claims: readonly MockClaim[]) =>
  [...new Set(claims.map((one) => one.shop))].map((shop) => {
    const own = claims.filter((one) => one.shop === shop)
    const amountMinor = sumMinor(own.map((one) => one.amountMinor))
    const [best] = shop.accounts
      .map((payeeAccount) => ({ payeeAccount, feeMinor: feeOf(payer, payeeAccount, amountMinor) }))
      .sort((a, b) => Number(a.feeMinor - b.feeMinor))
    if (!best) throw new Error(`${shop.name} has no account`)
    const apart = sumMinor(own.map((one) => feeOf(payer, best.payeeAccount, one.amountMinor)))
    return {
      ...best,
      shopId: shop.shopId,
      orderNumbers: own.map((one) => one.orderNumber),
      amountMinor,
      savedMinor: apart > best.feeMinor ? apart - best.feeMinor : 0n,
    }
  })

/** Whether amounts, payee accounts, fees or the day are not any more what was agreed to. */
export const isStale = (state: ClaimServerState, content: PaymentContent): boolean => {
  const own = content.claims.flatMap((one) => state.claims.get(one.orderNumber) ?? [])
  const groups = groupClaims(content.payerAccount, own)
  const amountsFit = content.claims.every(
    (one) => state.claims.get(one.orderNumber)?.amountMinor === one.amountMinor,
  )
  const feesFit = groups.every(({ payeeAccount, feeMinor }) =>
    content.fees.some((fee) => fee.payeeAccount === payeeAccount && fee.feeMinor === feeMinor),
  )
  const sameGroups = groups.length === content.fees.length
  return !amountsFit || !feesFit || !sameGroups || content.day !== todayOf(state)
}

/** unsettled → paying, for every claim of the payment. */
export const holdClaims = (
  state: ClaimServerState,
  { content, customerId, runId }: { content: PaymentContent; customerId: string; runId: string },
): MockPayment => {
  const payment: MockPayment = {
    content,
    digest: digestOf(content),
    payer: customerId,
    status: 'paying',
    receipt: undefined,
    since: state.clock.now(),
    runId,
    reference: newOrderNumber().slice(0, 9),
    submitBefore: new Date(Date.now() + submitSeconds * 1000),
    transferIds: new Map(content.fees.map((fee) => [fee.payeeAccount, randomUUIDv7()])),
    exceptions: new Map(),
  }
  state.payments.set(content.paymentId, payment)
  for (const { orderNumber } of content.claims) {
    const claim = state.claims.get(orderNumber)
    if (!claim) continue
    claim.paymentId = content.paymentId
    claim.payingSince = state.clock.now()
    changeStatus(state, claim, { status: 'paying', by: 'customer' })
  }
  return payment
}

const settle = (state: ClaimServerState, payment: MockPayment, receipt: Receipt) => {
  const { paymentId } = payment.content
  for (const { orderNumber } of payment.content.claims) {
    const claim = state.claims.get(orderNumber)
    const isHeld = claim?.status === 'paying' && claim.paymentId === paymentId
    if (claim && (isHeld || claim.status === 'unsettled')) {
      claim.paymentId = paymentId
      claim.settledAt = receipt.decidedAt
      changeStatus(state, claim, { status: 'settled', by: 'core' })
    } else payment.exceptions.set(orderNumber, randomUUIDv7())
  }
  payment.status = payment.exceptions.size > 0 ? 'exception' : 'settled'
}

const release = (state: ClaimServerState, payment: MockPayment, receipt: Receipt) => {
  payment.status = receipt.result === 'voided' ? 'voided' : 'refused'
  const reason = receipt.reason ?? 'voided'
  for (const { orderNumber } of payment.content.claims) {
    const claim = state.claims.get(orderNumber)
    if (claim?.status !== 'paying' || claim.paymentId !== payment.content.paymentId) continue
    claim.paymentId = undefined
    changeStatus(state, claim, { status: 'unsettled', by: 'core', event: 'released', reason })
  }
}

/** The receipt alone decides; a payment that is decided stays as it is. */
export const applyReceipt = (
  state: ClaimServerState,
  payment: MockPayment,
  receipt: Receipt,
): void => {
  if (payment.status !== 'paying') return
  payment.receipt = receipt
  if (receipt.result === 'executed') settle(state, payment, receipt)
  else release(state, payment, receipt)
}

const toGroup = (
  { claims }: ClaimServerState,
  { content, transferIds, exceptions }: MockPayment,
  fee: PaymentContent['fees'][number],
): Payment['groups'][number] => {
  const own = content.claims.filter((one) => one.payeeAccount === fee.payeeAccount)
  const [first] = own
  const shop = claims.get(first?.orderNumber ?? '')?.shop
  const transferId = transferIds.get(fee.payeeAccount)
  if (!first || !shop || !transferId) throw new AppError('internal')
  return {
    groupNumber: groupNumberOf(transferId),
    transferId,
    payeeAccount: fee.payeeAccount,
    payeeHolder: first.payeeHolder,
    payee: payeeOf(shop),
    amountMinor: sumMinor(own.map((one) => one.amountMinor)),
    feeMinor: fee.feeMinor,
    claims: own.map(({ orderNumber, amountMinor }) => ({
      orderNumber,
      description: claims.get(orderNumber)?.description ?? '',
      amountMinor,
      status: claims.get(orderNumber)?.status ?? 'unsettled',
      exceptionId: exceptions.get(orderNumber) ?? null,
    })),
  }
}

export const toPayment = (state: ClaimServerState, payment: MockPayment): Payment => {
  const { content, receipt } = payment
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
    groups: content.fees.map((fee) => toGroup(state, payment, fee)),
  }
}
