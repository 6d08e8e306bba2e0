import type { Account } from '#shared/contracts/core-banking.ts'
import { NoAnswer } from '#shared/service-client.ts'
import { type ClaimList, findChoices, listClaims } from '../claim-server-client.ts'
import { listAccounts } from '../core-banking-client.ts'
import type { Calls, Customer } from '../deps.ts'
import { type PayingAccounts, payingOf } from './paying-accounts.ts'

export interface AccountsOverview {
  accounts: Account[]
  /** What is still to pay; undefined while the claim server does not answer. */
  toPay: ClaimList['totals'] | undefined
  /** Which of them pay; undefined while the claim server does not answer. */
  paying: PayingAccounts | undefined
}

const ifAnswered = async <T>(asked: Promise<T>): Promise<T | undefined> => {
  try {
    return await asked
  } catch (error) {
    if (error instanceof NoAnswer) return undefined
    throw error
  }
}

/** The customer's accounts with balances (Fig. 20), beside what is still to pay. */
export const showAccounts = async (deps: Calls, customer: Customer): Promise<AccountsOverview> => {
  const [accounts, list, choices] = await Promise.all([
    listAccounts(deps, customer),
    ifAnswered(listClaims(deps, customer, { list: 'unsettled', limit: 1 })),
    ifAnswered(findChoices(deps, customer)),
  ])
  return { accounts, toPay: list?.totals, paying: choices && payingOf(accounts, choices) }
}
