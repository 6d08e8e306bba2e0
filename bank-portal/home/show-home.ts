import type { Account } from '#shared/contracts/core-banking.ts'
import {
  type ClaimList,
  type ClaimSummary,
  listClaims,
  summariseClaims,
} from '../claim-server-client.ts'
import { accountsIfAnswered } from '../claims/list-to-pay.ts'
import type { Calls, Customer, Deps } from '../deps.ts'

export interface HomeOverview {
  /** What is to pay, the nearest limits first. */
  list: ClaimList
  /** What to warn of and to announce, right after sign-in (Fig. 17). */
  summary: ClaimSummary
  accounts: Account[] | undefined
}

// Some of them may be in progress; the page shows the next three that can be paid.
const nearestRows = 10

/** The member menu's answer to "what is due?". */
export const showHome = async (
  deps: Calls & Pick<Deps, 'log'>,
  customer: Customer,
): Promise<HomeOverview> => {
  const [list, summary, accounts] = await Promise.all([
    listClaims(deps, customer, { list: 'unsettled', sort: 'time-limit', limit: nearestRows }),
    summariseClaims(deps, customer),
    accountsIfAnswered(deps, customer),
  ])
  return { list, summary, accounts }
}
