import type { Account } from '#shared/contracts/core-banking.ts'
import { type ClaimList, listClaims } from '../claim-server-client.ts'
import { accountsIfAnswered } from '../claims/list-to-pay.ts'
import type { Calls, Customer, Deps } from '../deps.ts'

export interface HomeOverview {
  /** What is to pay, the nearest limits first. */
  list: ClaimList
  accounts: Account[] | undefined
}

/** The member menu's answer to "what is due?". */
export const showHome = async (
  deps: Calls & Pick<Deps, 'log'>,
  customer: Customer,
): Promise<HomeOverview> => {
  const [list, accounts] = await Promise.all([
    listClaims(deps, customer, { list: 'unsettled', sort: 'time-limit' }),
    accountsIfAnswered(deps, customer),
  ])
  return { list, accounts }
}
