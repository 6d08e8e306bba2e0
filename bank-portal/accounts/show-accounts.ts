import type { Account } from '#shared/contracts/core-banking.ts'
import { NoAnswer } from '#shared/service-client.ts'
import { type ClaimList, listClaims } from '../claim-server-client.ts'
import { listAccounts } from '../core-banking-client.ts'
import type { Calls, Customer } from '../deps.ts'

export interface AccountsOverview {
  accounts: Account[]
  /** What is still to pay; undefined while the claim server does not answer. */
  toPay: ClaimList['totals'] | undefined
}

/** The customer's accounts with balances (Fig. 20), beside what is still to pay. */
export const showAccounts = async (deps: Calls, customer: Customer): Promise<AccountsOverview> => {
  const totals = listClaims(deps, customer, { list: 'unsettled', limit: 1 }).then(
    (list) => list.totals,
    (error: unknown) => {
      if (error instanceof NoAnswer) return undefined
      throw error
    },
  )
  const [accounts, toPay] = await Promise.all([listAccounts(deps, customer), totals])
  return { accounts, toPay }
}
