import type { Account } from '#shared/contracts/core-banking.ts'
import { type Choices, findChoices } from '../claim-server-client.ts'
import { listAccounts } from '../core-banking-client.ts'
import type { Calls, Customer } from '../deps.ts'

/** The accounts that a customer pays from. */
export interface PayingAccounts {
  /** The default comes first. */
  accounts: Account[]
  defaultAccount: string | undefined
  /** The customer's own accounts that don't pay. */
  others: Account[]
}

/**
 * Which of the customer's accounts pay: those they chose. Where nothing was chosen, or what was chosen
 * is closed by now, all do: nobody is kept from paying by a choice of another day.
 */
export const payingOf = (accounts: readonly Account[], choices: Choices): PayingAccounts => {
  const chosen = accounts.filter((one) => choices.accounts.includes(one.account))
  const paying = chosen.length > 0 ? chosen : [...accounts]
  const isDefault = (one: Account) => one.account === choices.defaultAccount
  return {
    accounts: [...paying.filter(isDefault), ...paying.filter((one) => !isDefault(one))],
    defaultAccount: paying.find(isDefault)?.account,
    others: accounts.filter((one) => !paying.includes(one)),
  }
}

/** Asks the core for the accounts and the claim server for the choice; throws what either refuses, or `NoAnswer`. */
export const listPayingAccounts = async (
  deps: Calls,
  customer: Customer,
): Promise<PayingAccounts> => {
  const [accounts, choices] = await Promise.all([
    listAccounts(deps, customer),
    findChoices(deps, customer),
  ])
  return payingOf(accounts, choices)
}
