import { nameHolders } from '#shared/contracts/core-banking.ts'
import type { PaymentContent } from '#shared/contracts/payment-content.ts'
import { dateIn } from '#shared/dates.ts'
import type { Deps } from '../../deps.ts'
import { askCore } from '../staff-client.ts'
import type { StaffMember } from '../staff-deps.ts'
import type { ExceptionCase } from './find-exception.ts'

export interface RefundDraft {
  /** What both approvers agree to, and D covers: the way back of what was paid, free of charge. */
  content: PaymentContent
  /** Whose account pays back, as the core names it. */
  payerHolder: string
}

/**
 * The refund of a case under that payment id: from the account that was paid to the one that paid.
 * Undefined when the core does not know one of them any more. Throws `NoAnswer`.
 */
export const draftRefund = async (
  deps: Pick<Deps, 'callCore' | 'clock' | 'config'>,
  member: StaffMember,
  { exception, paymentId }: { exception: ExceptionCase; paymentId: string },
): Promise<RefundDraft | undefined> => {
  const { customerAccount, payeeAccount, orderNumber, amountMinor, currency } = exception
  const { holders } = await askCore(deps, member)(nameHolders, {
    body: { accounts: [customerAccount, payeeAccount] },
  })
  const holderOf = (account: string) => holders.find((one) => one.account === account)?.holder
  const payeeHolder = holderOf(customerAccount)
  const payerHolder = holderOf(payeeAccount)
  if (payeeHolder === undefined || payerHolder === undefined) return undefined
  const claim = { orderNumber, payeeAccount: customerAccount, payeeHolder, amountMinor }
  return {
    payerHolder,
    content: {
      kind: 'refund',
      paymentId,
      day: dateIn(deps.config.timeZone, deps.clock.now()),
      payerAccount: payeeAccount,
      claims: [claim],
      fees: [{ payeeAccount: customerAccount, feeMinor: 0n }],
      currency,
    },
  }
}
