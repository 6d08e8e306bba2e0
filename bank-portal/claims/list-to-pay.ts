import { setTimeout } from 'node:timers/promises'
import type { Account } from '#shared/contracts/core-banking.ts'
import { NoAnswer } from '#shared/service-client.ts'
import { type ClaimList, listClaims, type ListQuery } from '../claim-server-client.ts'
import { listAccounts } from '../core-banking-client.ts'
import type { Calls, Customer, Deps } from '../deps.ts'
import { priceBasket, type PricedBasket } from './price-basket.ts'

export interface ToPayInput extends Pick<ListQuery, 'sort' | 'search' | 'cursor'> {
  ticked: string[]
  account: string | undefined
}

/** The customer's accounts, or undefined while the core does not answer. */
export type Accounts = Account[] | undefined

export interface ToPay extends Decisive {
  list: ClaimList
}

/** What the decision beside the list shows. */
export interface Decisive {
  accounts: Accounts
  /** Undefined while the core does not answer. */
  priced: PricedBasket | undefined
  /** The account whose button is on. */
  account: string | undefined
}

const longestWaitMs = 3000

/** Balances are an extra here: the page is worth showing without them, and soon. */
export const accountsIfAnswered = async (
  deps: Pick<Deps, 'callCore' | 'log'>,
  customer: Customer,
): Promise<Accounts> => {
  const answered = listAccounts(deps, customer).catch((error: unknown) => {
    if (!(error instanceof NoAnswer)) throw error
    deps.log.warn({ error: error.message }, 'a page is shown without balances')
    return undefined
  })
  const waited = new AbortController()
  const patience = setTimeout(longestWaitMs, undefined, { signal: waited.signal }).catch(
    () => undefined,
  )
  try {
    return await Promise.race([answered, patience])
  } finally {
    waited.abort()
  }
}

/** Accounts with balances, and what the ticked claims cost from each (Fig. 21). */
export const decideToPay = async (
  deps: Calls & Pick<Deps, 'log'>,
  customer: Customer,
  { ticked, account }: Pick<ToPayInput, 'ticked' | 'account'>,
): Promise<Decisive> => {
  const accounts = await accountsIfAnswered(deps, customer)
  if (!accounts) return { accounts, priced: undefined, account }
  const priced = await priceBasket(deps, customer, {
    orderNumbers: ticked,
    accounts,
    chosen: account,
  })
  const known = accounts.find((one) => one.account === account) ?? accounts[0]
  const chosen = priced.outcome === 'priced' ? priced.basket.chosen?.account : known
  return { accounts, priced, account: chosen?.account }
}

/** The list of unsettled claims with the customer's accounts and the decision (Figs. 20, 33). */
export const listToPay = async (
  deps: Calls & Pick<Deps, 'log'>,
  customer: Customer,
  { ticked, account, ...query }: ToPayInput,
): Promise<ToPay> => {
  const [list, decisive] = await Promise.all([
    listClaims(deps, customer, { list: 'unsettled', ...query }),
    decideToPay(deps, customer, { ticked, account }),
  ])
  return { list, ...decisive }
}
