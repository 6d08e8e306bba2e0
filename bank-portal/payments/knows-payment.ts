import { AppError } from '#shared/errors.ts'
import { findPayment } from '../claim-server-client.ts'
import type { Calls, Customer } from '../deps.ts'

/** Whether that payment of the customer was ever started. Throws `NoAnswer`. */
export const knowsPayment = async (
  deps: Pick<Calls, 'callClaimServer'>,
  customer: Customer,
  paymentId: string,
): Promise<boolean> => {
  try {
    await findPayment(deps, customer, paymentId)
    return true
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found') return false
    throw error
  }
}
