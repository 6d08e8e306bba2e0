import type { Claim, ClaimStatus, PaymentStatus } from '#shared/contracts/claim-server.ts'
import type { Receipt } from '#shared/contracts/documents.ts'
import type { PaymentContent } from '#shared/contracts/payment-content.ts'
import type { StaffReconciliation } from '#shared/contracts/staff.ts'
import { type Clock, dateIn } from '#shared/dates.ts'
import { AppError } from '#shared/errors.ts'
import type { Currency } from '#shared/money.ts'
import type { Language } from '#shared/texts.ts'
import { defaultHolidays } from '../../claim-server/time-limits/default-holidays.ts'
import type { MockNotice } from './claim-notices.ts'
import { firstFees, type MockFee } from './fee-table.ts'
import type { MockAdvert } from './mock-adverts.ts'
import type { MockBill } from './mock-billers.ts'
import type { MockAuditEntry } from './staff-audit.ts'
import type { MockReport } from './staff-payments.ts'

type Payee = Claim['payee']

export interface MockShop extends Payee {
  /** Where it wants its money: the one with the lowest fee is taken. */
  accounts: string[]
  /** What its server sends as bearer token under /v1. */
  apiKey: string
  /** Beginnings of addresses to which its customers may go back. */
  returnAddresses?: string[]
  /** Days to pay when an order names no limit. */
  defaultDaysToPay?: number
  /** So many days before the limit, customer and shop are warned. */
  warningDays?: number
  /** Live unless said otherwise. Suspended by the bank: its claims are on hold, its entry links closed. */
  status?: 'waiting' | 'live' | 'suspended'
  /** Where its notices go; the address that customers see unless said otherwise. */
  noticeAddress?: string
  /** Its sign-in to the shop's console, if it has one. */
  login?: { signInId: string; password: string }
  createdAt?: Date
}

interface HistoryEntry {
  at: Date
  event: string
  by: string
  reason: string | null
}

/** An order and its claim, as the mock keeps them. */
export interface MockClaim
  extends Omit<Claim, 'payable' | 'onHold' | 'payee' | 'isNew' | 'inPayment' | 'settlement'> {
  shop: MockShop
  shopOrderRef: string
  /** In order of creation. */
  sequence: number
  revision: number
  entryToken: string
  createdAt: Date
  openUntil: Date
  warnOn: string
  returnUrl: string | null
  customerId: string | undefined
  account: string | undefined
  acceptedAt: Date | undefined
  paymentId: string | undefined
  payingSince: Date | undefined
  settledAt: Date | undefined
  closedAt: Date | undefined
  /** When a list first showed it. */
  seenAt: Date | undefined
  history: HistoryEntry[]
}

export interface NewMockOrder {
  /** The shop's name. */
  shop: string
  description: string
  amountMinor: bigint
  /** Days from today to the time limit. */
  days?: number
  daysAgo?: number
  category?: string | null
  currency?: Currency
  returnUrl?: string | null
  shopOrderRef?: string
  /** Bound to this customer at once, as if accepted. */
  customerId?: string
  isNew?: boolean
}

interface MockGroup {
  transferId: string
  groupNumber: string
  payeeAccount: string
  payeeHolder: string
  amountMinor: bigint
  feeMinor: bigint
}

export interface MockException {
  exceptionId: string
  /** In order of creation. */
  sequence: number
  kind: 'paid-late' | 'paid-twice' | 'unknown-order' | 'differs'
  transferId: string
  payeeAccount: string
  amountMinor: bigint
  openedAt: Date
  closedAt: Date | null
  /** The refund that closed it. */
  refundPaymentId: string | null
}

export interface MockPayment {
  paymentId: string
  runId: string
  payer: string
  kind: PaymentContent['kind']
  status: Extract<PaymentStatus, 'paying' | 'refused' | 'voided'> | 'executed'
  account: string
  day: string
  currency: Currency
  digest: string
  /** Null for one that only its receipt told of. */
  instruction: string | null
  submitBefore: Date
  /** In real time. */
  createdAt: Date
  /** How often the core was asked what became of it. */
  timesAsked: number
  authorisedAt: Date
  receipt: Receipt | undefined
  groups: MockGroup[]
  claims: { orderNumber: string; transferId: string; amountMinor: bigint; live: boolean }[]
  /** By order number: claims that were not free when the money came. */
  exceptions: Map<string, MockException>
  /** Of a refund: what it pays back. */
  refundedPaymentId: string | undefined
}

/** What a customer chose in the member menu. */
export interface MockChoices {
  accounts: string[]
  defaultAccount: string | null
  showAdverts: boolean
  language: Language | null
}

/** A customer as the bank's portal names them. */
export interface KnownCustomer {
  name: string
  mailAddress: string
}

/** What the mocked claim server knows, for tests to read and to change. */
export interface ClaimServerState {
  clock: Clock
  timeZone: string
  /** The code of the bank. */
  bank: string
  /** Where it is reached: entry links lead there. */
  baseUrl: string
  newOrderNumber: () => string
  shops: MockShop[]
  /** Holders of payee accounts, as the core named them at set-up. */
  holders: Map<string, string>
  fees: MockFee[]
  /** Days on which the bank is closed, besides weekends. */
  holidays: { date: string; name: string; nameJa: string }[]
  /** Who the bank's customers are; known here once they accept an order or link a biller. */
  people: Map<string, KnownCustomer>
  customers: Map<string, KnownCustomer>
  /** Mails to shops and customers, as they were written. */
  notices: MockNotice[]
  /** For the bank's staff to look into. */
  reports: MockReport[]
  reconciliations: StaffReconciliation[]
  /** What the bank's staff read and did. */
  audit: MockAuditEntry[]
  /** By order number. */
  claims: Map<string, MockClaim>
  payments: Map<string, MockPayment>
  /** By customer. */
  choices: Map<string, MockChoices>
  /** Billers' claims, waiting or bound. */
  bills: MockBill[]
  /** By biller and customer. */
  links: Map<string, { shopId: string; customerId: string; customerNumber: string; linkedAt: Date }>
  linkTries: Map<string, { count: number; lockedUntil: number }>
  adverts: MockAdvert[]
  /** Answers of creating requests of shops, by shop, operation and Idempotency-Key. */
  answers: Map<string, { fingerprint: string; answer: KeptAnswer }>
  /** Numbers of orders by shop and the shop's own reference. */
  sent: Map<string, { fingerprint: string; result: string }>
  /** What batches of claims were answered, by biller and reference. */
  batches: Map<string, { fingerprint: string; result: string }>
  /** The next reservation finds its payment id used for another content. */
  scenarios: { otherContent: boolean }
}

export interface KeptAnswer {
  status: number
  body: string
  location: string | null
}

export interface ClaimServerWorld {
  bank: string
  baseUrl: string
  newOrderNumber: () => string
  shops: readonly MockShop[]
  holders: ReadonlyMap<string, string>
  people: ReadonlyMap<string, KnownCustomer>
  adverts: readonly MockAdvert[]
}

/** The state in which the mocked claim server begins. */
export const newClaimServerState = (
  { bank, baseUrl, newOrderNumber, shops, holders, people, adverts }: ClaimServerWorld,
  { clock, timeZone }: { clock: Clock; timeZone: string },
): ClaimServerState => ({
  clock,
  timeZone,
  bank,
  baseUrl,
  newOrderNumber,
  shops: shops.map((one) => ({ createdAt: clock.now(), ...one })),
  holders: new Map(holders),
  fees: firstFees(dateIn(timeZone, clock.now())),
  holidays: timeZone === 'Asia/Tokyo' ? defaultHolidays.map((one) => ({ ...one })) : [],
  people: new Map(people),
  customers: new Map(),
  notices: [],
  reports: [],
  reconciliations: [],
  audit: [],
  claims: new Map(),
  payments: new Map(),
  choices: new Map(),
  bills: [],
  links: new Map(),
  linkTries: new Map(),
  adverts: adverts.map((one) => ({ ...one })),
  answers: new Map(),
  sent: new Map(),
  batches: new Map(),
  scenarios: { otherContent: false },
})

export const todayOf = ({ clock, timeZone }: ClaimServerState): string =>
  dateIn(timeZone, clock.now())

export const isHolidayOf = ({ holidays }: ClaimServerState): ((date: string) => boolean) => {
  const dates = new Set(holidays.map((one) => one.date))
  return (date) => dates.has(date)
}

export const statusOf = ({ status = 'live' }: MockShop) => status

export const isOnHold = ({ status, shop }: MockClaim): boolean =>
  status === 'unsettled' && statusOf(shop) === 'suspended'

export const isPayable = (state: ClaimServerState, claim: MockClaim): boolean =>
  claim.status === 'unsettled' && claim.timeLimit >= todayOf(state) && !isOnHold(claim)

export const newForMs = 30 * 60_000

/** Not shown on a list yet, or first shown within a visit. */
export const isNew = ({ clock }: ClaimServerState, { seenAt }: MockClaim): boolean =>
  seenAt === undefined || clock.now().getTime() - seenAt.getTime() < newForMs

/** Its warning date has come. */
export const isNearLimit = (state: ClaimServerState, { warnOn }: MockClaim): boolean =>
  warnOn <= todayOf(state)

const closing: readonly ClaimStatus[] = ['settled', 'abandoned', 'expired', 'cancelled', 'declined']

export const tell = (
  { clock }: ClaimServerState,
  claim: MockClaim,
  { event, by, reason = null }: { event: string; by: string; reason?: string | null },
): void => {
  claim.history.push({ at: clock.now(), event, by, reason })
}

export const changeStatus = (
  state: ClaimServerState,
  claim: MockClaim,
  to: { status: ClaimStatus; by: string; event?: string; reason?: string | null },
): void => {
  claim.status = to.status
  claim.revision += 1
  if (closing.includes(to.status)) claim.closedAt = state.clock.now()
  tell(state, claim, { event: to.event ?? to.status, by: to.by, reason: to.reason ?? null })
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
