import type { Payment } from '#shared/contracts/claim-server.ts'
import type { Account } from '#shared/contracts/core-banking.ts'
import { AppError } from '#shared/errors.ts'
import { NoAnswer } from '#shared/service-client.ts'
import { type ClaimList, findPayment, listClaims } from '../claim-server-client.ts'
import { accountsIfAnswered } from '../claims/list-to-pay.ts'
import type { Calls, Customer, Deps } from '../deps.ts'

export interface StatusOfPayment {
  payment: Payment
  /** How long it has been open, by the business clock. */
  openSeconds: number
  /** The customer's accounts, once it is decided; undefined while the core does not answer. */
  accounts: Account[] | undefined
  /** What is left to pay, once it is decided. */
  left: ClaimList['totals'] | undefined
}

/** The totals of what is still to pay; undefined while the claim server does not answer. */
export const whatIsLeft = async (
  deps: Calls,
  customer: Customer,
): Promise<ClaimList['totals'] | undefined> => {
  try {
    const list = await listClaims(deps, customer, { list: 'unsettled', limit: 1 })
    return list.totals
  } catch (error) {
    if (error instanceof NoAnswer) return undefined
    throw error
  }
}

/**
 * What became of a payment, from the claim server alone; balances and what is left are extras of a
 * settled one (S70-S74). Undefined for an id that is unknown or another's: it was never started.
 */
export const findStatus = async (
  deps: Calls & Pick<Deps, 'clock' | 'log'>,
  customer: Customer,
  paymentId: string,
): Promise<StatusOfPayment | undefined> => {
  let payment: Payment
  try {
    payment = await findPayment(deps, customer, paymentId)
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found') return undefined
    throw error
  }
  const openSeconds = (deps.clock.now().getTime() - payment.since.getTime()) / 1000
  const found = { payment, openSeconds, accounts: undefined, left: undefined }
  // While it is open the core may be what does not answer: the page must not wait for it.
  if (payment.status === 'paying') return found
  const accounts = await accountsIfAnswered(deps, customer)
  if (payment.status !== 'settled') return { ...found, accounts }
  return { ...found, accounts, left: await whatIsLeft(deps, customer) }
}
