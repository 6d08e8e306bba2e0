import type { Claim, Payment } from '#shared/contracts/claim-server.ts'
import type { Account } from '#shared/contracts/core-banking.ts'
import { AppError } from '#shared/errors.ts'
import { findClaim, findPayment } from '../claim-server-client.ts'
import { accountsIfAnswered } from '../claims/list-to-pay.ts'
import type { Calls, Customer, Deps } from '../deps.ts'

export interface RecordOfPayment {
  claim: Claim
  payment: Payment
  /** The transfer that paid the claim, with whatever else it paid. */
  group: Payment['groups'][number]
  accounts: Account[] | undefined
}

/** The record of the transfer that settled a claim. A claim that is not settled is `not-found`. */
export const findRecord = async (
  deps: Calls & Pick<Deps, 'log'>,
  customer: Customer,
  orderNumber: string,
): Promise<RecordOfPayment> => {
  const { claim } = await findClaim(deps, customer, orderNumber)
  if (!claim.settlement) throw new AppError('not-found')
  const { paymentId, transferId } = claim.settlement
  const [payment, accounts] = await Promise.all([
    findPayment(deps, customer, paymentId),
    accountsIfAnswered(deps, customer),
  ])
  const group = payment.groups.find((one) => one.transferId === transferId)
  if (!group) throw new AppError('not-found')
  return { claim, payment, group, accounts }
}
