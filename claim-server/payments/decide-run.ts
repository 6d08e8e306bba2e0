import type { PaymentContent } from '#shared/contracts/payment-content.ts'
import type { ServiceCaller } from '#shared/service-token.ts'
import type { LockedClaim } from '../claims/change-claims.ts'
import type { Bank } from '../banks/find-bank.ts'
import type { FeeRule } from '../quotes/price-groups.ts'
import {
  type ClaimInTheWay,
  claimsByNumber,
  notPayable,
  type PayeeAccount,
  staleClaims,
} from './check-run.ts'
import type { Draft } from './draft-payment.ts'
import { checkKnown, type Known } from './known-payments.ts'
import type { Agreement } from './read-authorisation.ts'

export interface RunToReserve {
  bank: Bank
  customerId: string
  payments: PaymentContent[]
  authorisation: string
  caller: ServiceCaller
}

export interface ReservedPayment {
  paymentId: string
  instruction: string
  submitBefore: Date
}

export type ReservedRun =
  | { outcome: 'reserved'; payments: ReservedPayment[] }
  | {
      outcome: 'not-reserved'
      reason: 'claim-not-payable' | 'content-stale' | 'authorisation-expired'
      claims: ClaimInTheWay[]
    }

/** A run whose authorisation is verified, with its payments ready to be stored. */
export interface Prepared {
  run: RunToReserve
  agreement: Agreement
  drafts: readonly Draft[]
}

/** What our own tables say, besides the claims. */
export interface Tables {
  payees: ReadonlyMap<string, PayeeAccount>
  feesOf: (prepared: Prepared) => readonly FeeRule[]
}

/** What was read under lock, kept up to date with what is decided and not stored yet. */
export interface Desk {
  locked: Map<string, LockedClaim>
  known: Known[]
  toHold: { prepared: Prepared; drafts: readonly Draft[] }[]
}

const stored = (payment: Known | Draft['payment']): ReservedPayment[] =>
  payment.instruction
    ? [
        {
          paymentId: payment.id,
          instruction: payment.instruction,
          submitBefore: payment.submitBefore,
        },
      ]
    : []

/** A payment that only its receipt told of has no instruction: the customer is sent to it. */
const withoutInstruction = (
  known: readonly Known[],
  contents: readonly PaymentContent[],
  locked: Desk['locked'],
): ClaimInTheWay[] =>
  known
    .filter((one) => !one.instruction)
    .flatMap(({ id }) =>
      (contents.find((one) => one.paymentId === id)?.claims ?? []).map(({ orderNumber }) => ({
        orderNumber,
        status: locked.get(orderNumber)?.claim.status ?? 'settled',
        paymentId: id,
      })),
    )

export const numbersOf = (contents: readonly PaymentContent[]) =>
  contents.flatMap((one) => one.claims.map((claim) => claim.orderNumber))

/** Counts as held for whatever is decided next in the same transaction. */
const takeClaims = (desk: Desk, prepared: Prepared, drafts: readonly Draft[]) => {
  for (const { content, payment } of drafts) {
    for (const orderNumber of numbersOf([content])) {
      const found = desk.locked.get(orderNumber)
      if (found)
        desk.locked.set(orderNumber, {
          ...found,
          claim: { ...found.claim, status: 'paying', paymentId: payment.id },
        })
    }
    desk.known.push(payment)
  }
  desk.toHold.push({ prepared, drafts })
}

/** Why the payments of a run that are new can't be held; undefined when they can. */
const whyNot = (
  drafts: readonly Draft[],
  prepared: Prepared,
  desk: Desk,
  tables: Tables,
): Extract<ReservedRun, { outcome: 'not-reserved' }> | undefined => {
  const { run, agreement } = prepared
  const wanted = drafts.map((draft) => draft.content)
  const locked = numbersOf(wanted).flatMap((number) => desk.locked.get(number) ?? [])
  const owner = { bank: run.bank.code, customerId: run.customerId, contents: wanted }
  const claims = claimsByNumber(locked, owner)
  const no = (
    reason: Extract<ReservedRun, { outcome: 'not-reserved' }>['reason'],
    found: ClaimInTheWay[] = [],
  ) => ({ outcome: 'not-reserved' as const, reason, claims: found })

  if (agreement.expiresAt.getTime() <= Date.now()) return no('authorisation-expired')
  const taken = notPayable(claims, { ...agreement, payees: tables.payees })
  if (taken.length > 0) return no('claim-not-payable', taken)
  const { payees } = tables
  const fees = tables.feesOf(prepared)
  const stale = wanted.flatMap((one) =>
    staleClaims(one, claims, { payees, fees, day: agreement.day }),
  )
  return stale.length > 0 ? no('content-stale', stale) : undefined
}

/** Decides one run by what was read, and puts on the desk what is to be held for it. */
export const decideRun = (prepared: Prepared, desk: Desk, tables: Tables): ReservedRun => {
  const { run, drafts } = prepared
  const ids = new Set(drafts.map((draft) => draft.payment.id))
  const known = desk.known.filter((one) => ids.has(one.id))
  checkKnown(known, run)
  const elsewhere = withoutInstruction(known, run.payments, desk.locked)
  if (elsewhere.length > 0)
    return { outcome: 'not-reserved', reason: 'claim-not-payable', claims: elsewhere }

  const knownIds = new Set(known.map((one) => one.id))
  const fresh = drafts.filter((draft) => !knownIds.has(draft.payment.id))
  if (fresh.length > 0) {
    const refused = whyNot(fresh, prepared, desk, tables)
    if (refused) return refused
    takeClaims(desk, prepared, fresh)
  }
  return {
    outcome: 'reserved',
    payments: [...known, ...fresh.map((draft) => draft.payment)].flatMap(stored),
  }
}
