import { groupsOf, type PaymentContent } from '#shared/contracts/payment-content.ts'
import type { ClaimStatus } from '#shared/contracts/claim-server.ts'
import { AppError, fieldError } from '#shared/errors.ts'
import type { LocalDate } from '#shared/dates.ts'
import type { LockedClaim } from '../claims/change-claims.ts'
import { type FeeRule, feeOf } from '../quotes/price-groups.ts'

/** An account on which a shop can be paid, with its holder as the core confirmed it. */
export interface PayeeAccount {
  account: string
  shopId: string
  holder: string
  /** The bank lets nothing be paid to its shop for now. */
  isSuspended: boolean
  /** Its shop wants no new payment on it. */
  isStopped: boolean
}

export interface ClaimInTheWay {
  orderNumber: string
  status: ClaimStatus
  /** The payment that holds or settled it. */
  paymentId: string | null
}

/** Throws `invalid` for a run that contradicts itself: an id or a claim twice, another kind of payment. */
export const checkForm = (contents: readonly PaymentContent[]): void => {
  contents.forEach(({ kind }, at) => {
    if (kind !== 'payment')
      throw fieldError(`#/payments/${at}/kind`, 'only payments of today can be reserved here')
  })
  if (new Set(contents.map((one) => one.paymentId)).size !== contents.length)
    throw fieldError('#/payments', 'the same payment id twice')
  const numbers = contents.flatMap((one) => one.claims.map((claim) => claim.orderNumber))
  if (new Set(numbers).size !== numbers.length)
    throw fieldError('#/payments', 'the same claim in two payments')
}

/** The customer's claims by order number. Somebody else's answers as one that doesn't exist. */
export const claimsByNumber = (
  locked: readonly LockedClaim[],
  { bank, customerId, contents }: Owner,
): Map<string, LockedClaim> => {
  const own = new Map(
    locked
      .filter(({ claim }) => claim.bank === bank && claim.customerId === customerId)
      .map((one) => [one.order.orderNumber, one]),
  )
  for (const content of contents)
    for (const { orderNumber } of content.claims)
      if (!own.has(orderNumber))
        throw new AppError('not-found', { detail: `there is no claim ${orderNumber}` })
  return own
}

interface Owner {
  bank: string
  customerId: string
  contents: readonly PaymentContent[]
}

const inTheWay = ({ claim, order }: LockedClaim): ClaimInTheWay => ({
  orderNumber: order.orderNumber,
  status: claim.status,
  paymentId: claim.paymentId,
})

/** Those claims that can't be held: not unsettled, over their limit on the day of agreement, or of a suspended shop. */
export const notPayable = (
  claims: ReadonlyMap<string, LockedClaim>,
  { day, payees }: { day: LocalDate; payees: ReadonlyMap<string, PayeeAccount> },
): ClaimInTheWay[] => {
  const suspended = new Set(
    [...payees.values()].filter((one) => one.isSuspended).map((one) => one.shopId),
  )
  return [...claims.values()]
    .filter(
      ({ claim }) =>
        claim.status !== 'unsettled' || claim.timeLimit < day || suspended.has(claim.shopId),
    )
    .map(inTheWay)
}

const claimAgrees = (
  content: PaymentContent,
  agreed: PaymentContent['claims'][number],
  { claim, order }: LockedClaim,
  payees: ReadonlyMap<string, PayeeAccount>,
): boolean => {
  const payee = payees.get(agreed.payeeAccount)
  return (
    order.amountMinor === agreed.amountMinor &&
    order.currency === content.currency &&
    payee?.shopId === claim.shopId &&
    !payee.isStopped &&
    payee.holder === agreed.payeeHolder
  )
}

/** Those claims of a content that our own tables tell otherwise: amount, payee, holder, fee, day. */
export const staleClaims = (
  content: PaymentContent,
  claims: ReadonlyMap<string, LockedClaim>,
  tables: { payees: ReadonlyMap<string, PayeeAccount>; fees: readonly FeeRule[]; day: LocalDate },
): ClaimInTheWay[] => {
  const overpriced = new Set(
    groupsOf(content)
      .filter(
        (group) =>
          feeOf(tables.fees, content.payerAccount, group.payeeAccount, group.amountMinor) !==
          group.feeMinor,
      )
      .map((group) => group.payeeAccount),
  )
  return content.claims.flatMap((agreed) => {
    const locked = claims.get(agreed.orderNumber)
    const agrees =
      locked &&
      content.day === tables.day &&
      !overpriced.has(agreed.payeeAccount) &&
      claimAgrees(content, agreed, locked, tables.payees)
    return agrees || !locked ? [] : [inTheWay(locked)]
  })
}
