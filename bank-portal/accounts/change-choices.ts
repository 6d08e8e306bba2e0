import type { Account } from '#shared/contracts/core-banking.ts'
import type { Language } from '#shared/texts.ts'
import { chooseAccounts, chooseLanguage } from '../claim-server-client.ts'
import { listAccounts } from '../core-banking-client.ts'
import type { Calls, Customer } from '../deps.ts'

export interface ChosenAccounts {
  /** Accounts ticked to pay. */
  pays: string[]
  /** Undefined: the cheapest that can pay is proposed. */
  defaultAccount: string | undefined
  showAdverts: boolean
  mailLanguage: Language
}

export type ChoiceMistake = 'none-pays' | 'default-does-not-pay'

export type ChangeOutcome =
  | { outcome: 'changed' }
  | { outcome: 'mistake'; mistake: ChoiceMistake; accounts: Account[] }

/**
 * Account registration and modification (Fig. 3): which accounts pay, the default, adverts, the
 * language of mails. Ticking every account leaves the choice open, so that later ones pay too.
 * Accounts that are not the customer's count as not ticked.
 */
export const changeChoices = async (
  deps: Calls,
  customer: Customer,
  { pays, defaultAccount, showAdverts, mailLanguage }: ChosenAccounts,
): Promise<ChangeOutcome> => {
  const accounts = await listAccounts(deps, customer)
  const ticked = accounts.map((one) => one.account).filter((account) => pays.includes(account))
  if (ticked.length === 0) return { outcome: 'mistake', mistake: 'none-pays', accounts }
  if (defaultAccount !== undefined && !ticked.includes(defaultAccount))
    return { outcome: 'mistake', mistake: 'default-does-not-pay', accounts }
  await chooseAccounts(deps, customer, {
    accounts: ticked.length === accounts.length ? [] : ticked,
    defaultAccount: defaultAccount ?? null,
    showAdverts,
  })
  await chooseLanguage(deps, customer, mailLanguage)
  return { outcome: 'changed' }
}
