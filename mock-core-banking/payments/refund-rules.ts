import type { PaymentContent } from '#shared/contracts/payment-content.ts'
import { sumMinor } from '#shared/money.ts'

/** One claim executed before, with the payment and the transfer that did it. */
export interface ExecutedLeg {
  orderNumber: string
  kind: PaymentContent['kind']
  amountMinor: bigint
  /** Who paid, or who was paid back. */
  payer: string
  debitAccount: string
  creditAccount: string
}

type RefundContent = Pick<PaymentContent, 'payerAccount' | 'claims'>

const paidLeg = (legs: ExecutedLeg[], orderNumber: string) =>
  legs.find((leg) => leg.orderNumber === orderNumber && leg.kind !== 'refund')

const refundedMinor = (legs: ExecutedLeg[], orderNumber: string) =>
  sumMinor(
    legs
      .filter((leg) => leg.orderNumber === orderNumber && leg.kind === 'refund')
      .map((leg) => leg.amountMinor),
  )

/**
 * Whether a refund goes back the way its claims were paid, from the account that was paid to the
 * account that paid, and all refunds of each claim stay at or below what was paid.
 */
export const isRefundable = (refund: RefundContent, legs: ExecutedLeg[]): boolean =>
  refund.claims.every(({ orderNumber, payeeAccount, amountMinor }) => {
    const paid = paidLeg(legs, orderNumber)
    return (
      paid !== undefined &&
      paid.creditAccount === refund.payerAccount &&
      paid.debitAccount === payeeAccount &&
      refundedMinor(legs, orderNumber) + amountMinor <= paid.amountMinor
    )
  })

/** The customer who paid all claims of a refund; undefined when it was not one and the same. */
export const customerToRefund = (
  refund: RefundContent,
  legs: ExecutedLeg[],
): string | undefined => {
  const payers = new Set(refund.claims.map((claim) => paidLeg(legs, claim.orderNumber)?.payer))
  const [payer] = payers
  return payers.size === 1 ? payer : undefined
}
