import type { Payment } from '#shared/contracts/claim-server.ts'
import type { Account } from '#shared/contracts/core-banking.ts'
import { AppError } from '#shared/errors.ts'
import { type ClaimList, findPayment } from '../claim-server-client.ts'
import { accountsIfAnswered } from '../claims/list-to-pay.ts'
import type { Calls, Customer, Deps } from '../deps.ts'
import { whatIsLeft } from './find-status.ts'

export interface StatusOfRun {
  payments: [Payment, ...Payment[]]
  /** How long the run has been open, by the business clock. */
  openSeconds: number
  accounts: Account[] | undefined
  left: ClaimList['totals'] | undefined
}

const ifKnown = async (deps: Calls, customer: Customer, paymentId: string) => {
  try {
    return await findPayment(deps, customer, paymentId)
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found') return undefined
    throw error
  }
}

/**
 * What became of each payment of a run, from the claim server alone. Ids that are unknown, another's or
 * of another run are left out; undefined when none is left: that run was never started.
 */
export const findRun = async (
  deps: Calls & Pick<Deps, 'clock' | 'log'>,
  customer: Customer,
  ids: readonly string[],
): Promise<StatusOfRun | undefined> => {
  const found = await Promise.all(ids.map((id) => ifKnown(deps, customer, id)))
  const [first, ...others] = found.filter((one) => one !== undefined)
  if (!first) return undefined
  const payments: StatusOfRun['payments'] = [
    first,
    ...others.filter((one) => one.runId === first.runId),
  ]
  const openSeconds = (deps.clock.now().getTime() - first.since.getTime()) / 1000
  // While it is open the core may be what does not answer: the page must not wait for it.
  if (payments.some((one) => one.status === 'paying'))
    return { payments, openSeconds, accounts: undefined, left: undefined }
  const [accounts, left] = await Promise.all([
    accountsIfAnswered(deps, customer),
    whatIsLeft(deps, customer),
  ])
  return { payments, openSeconds, accounts, left }
}
