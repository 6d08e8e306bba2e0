import type { ClaimStatus } from '#shared/contracts/claim-server.ts'
import type { ExecutedReceipt } from './read-receipt.ts'
import type { exceptions } from './payments.table.ts'

export type ExceptionKind = (typeof exceptions.$inferSelect)['kind']
export type Leg = ExecutedReceipt['legs'][number]

/** A claim that a receipt is about, as read under lock. */
export interface ClaimOfReceipt {
  orderId: string
  orderNumber: string
  status: ClaimStatus
  /** The payment that holds or settled it. */
  paymentId: string | null
  customerId: string | null
  shopId: string
  amountMinor: bigint
  currency: string
}

/** What our own rows say of the payment: stored at reserve. */
export interface InstructedPayment {
  digest: string
  customerId: string
  account: string
  legs: readonly (Leg & { feeMinor: bigint })[]
}

export interface WeighedLeg {
  leg: Leg
  /** Undefined when the order is unknown here. */
  orderId: string | undefined
  /** Settled by this leg, or why not. */
  outcome: 'settled' | ExceptionKind
}

const isFree = (claim: ClaimOfReceipt, paymentId: string) =>
  claim.status === 'unsettled' || (claim.status === 'paying' && claim.paymentId === paymentId)

const whyNotFree = ({ status }: ClaimOfReceipt): ExceptionKind => {
  if (status === 'settled' || status === 'paying') return 'paid-twice'
  return status === 'provisional' ? 'differs' : 'paid-late'
}

const feeOfLeg = (receipt: ExecutedReceipt, leg: Leg) =>
  receipt.fees.find(({ transferId }) => transferId === leg.transferId)?.feeMinor

/** Whether the core did with this leg what the payment's instruction said. */
const asInstructed = (
  receipt: ExecutedReceipt,
  leg: Leg,
  { digest, customerId, account, legs }: InstructedPayment,
): boolean =>
  digest === receipt.digest &&
  customerId === receipt.payer &&
  account === receipt.payerAccount &&
  legs.some(
    (one) =>
      one.orderNumber === leg.orderNumber &&
      one.payeeAccount === leg.payeeAccount &&
      one.amountMinor === leg.amountMinor &&
      one.transferId === leg.transferId &&
      one.feeMinor === feeOfLeg(receipt, leg),
  )

/** Without rows of the payment: whether the leg is what the claim asks for. */
const asClaimed = (
  receipt: ExecutedReceipt,
  leg: Leg,
  claim: ClaimOfReceipt,
  shopOfAccount: ReadonlyMap<string, string>,
): boolean =>
  claim.amountMinor === leg.amountMinor &&
  claim.currency === receipt.currency &&
  shopOfAccount.get(leg.payeeAccount) === claim.shopId &&
  (claim.customerId === null || claim.customerId === receipt.payer)

/**
 * Decides an executed receipt claim by claim: a free one settles, any other becomes an exception. A
 * valid receipt is never refused, whatever it finds. `payment` is undefined for one unknown here.
 */
export const weighReceipt = (
  receipt: ExecutedReceipt,
  {
    payment,
    claims,
    shopOfAccount,
  }: {
    payment: InstructedPayment | undefined
    claims: readonly ClaimOfReceipt[]
    shopOfAccount: ReadonlyMap<string, string>
  },
): WeighedLeg[] => {
  const byNumber = new Map(claims.map((claim) => [claim.orderNumber, claim]))
  return receipt.legs.map((leg) => {
    const claim = byNumber.get(leg.orderNumber)
    if (!claim) return { leg, orderId: undefined, outcome: 'unknown-order' }
    const agrees = payment
      ? asInstructed(receipt, leg, payment)
      : asClaimed(receipt, leg, claim, shopOfAccount)
    const { orderId } = claim
    if (!agrees) return { leg, orderId, outcome: 'differs' }
    return {
      leg,
      orderId,
      outcome: isFree(claim, receipt.jti) ? 'settled' : whyNotFree(claim),
    }
  })
}
