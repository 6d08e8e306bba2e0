import type { Account } from '#shared/contracts/core-banking.ts'
import { NoAnswer } from '#shared/service-client.ts'
import { payingOf } from '../accounts/paying-accounts.ts'
import {
  type Advert,
  type ClaimList,
  type ClaimSummary,
  findChoices,
  listClaims,
  summariseClaims,
} from '../claim-server-client.ts'
import { listAccounts } from '../core-banking-client.ts'
import type { Calls, Customer, Deps } from '../deps.ts'
import { withinMs } from '../patience.ts'
import { advertIfAnswered } from './advert-if-answered.ts'
import { type ShownList, toListQuery } from './list-query.ts'
import { priceBasket, type PricedBasket } from './price-basket.ts'

/** The customer's accounts, or undefined while the core does not answer. */
export type Accounts = Account[] | undefined

export interface ToPay extends Decisive {
  list: ClaimList
  /** Of all claims, whatever the list shows of them. */
  summary: ClaimSummary
  advert: Advert | undefined
}

/** What the decision beside the list shows. */
export interface Decisive {
  /** Those that pay. */
  accounts: Accounts
  /** How many of the customer's accounts don't pay. */
  otherAccounts: number
  /** Undefined while the core does not answer. */
  priced: PricedBasket | undefined
  /** The account whose button is on. */
  account: string | undefined
  /** The page chose it, not the customer: with the next tick another may be better. */
  isOffered: boolean
}

const longestWaitMs = 3000

/** Balances are an extra here: the page is worth showing without them, and soon. */
export const accountsIfAnswered = async (
  deps: Pick<Deps, 'callCore' | 'log'>,
  customer: Customer,
): Promise<Accounts> => {
  const asked = listAccounts(deps, customer).catch((error: unknown) => {
    if (!(error instanceof NoAnswer)) throw error
    deps.log.warn({ error: error.message }, 'a page is shown without balances')
    return undefined
  })
  return withinMs(longestWaitMs, asked)
}

/** Accounts with balances, and what the ticked claims cost from each (Fig. 21). */
export const decideToPay = async (
  deps: Calls & Pick<Deps, 'log'>,
  customer: Customer,
  { ticked, account }: Pick<ShownList, 'ticked' | 'account'>,
): Promise<Decisive> => {
  const [answered, choices] = await Promise.all([
    accountsIfAnswered(deps, customer),
    findChoices(deps, customer),
  ])
  if (!answered) {
    const isOffered = account === undefined
    return { accounts: undefined, otherAccounts: 0, priced: undefined, account, isOffered }
  }
  const { accounts, defaultAccount, others } = payingOf(answered, choices)
  const priced = await priceBasket(deps, customer, {
    orderNumbers: ticked,
    accounts,
    chosen: account,
    defaultAccount,
  })
  const known = accounts.find((one) => one.account === account) ?? accounts[0]
  const chosen = priced.outcome === 'priced' ? priced.basket.chosen?.account : known
  return {
    accounts,
    otherAccounts: others.length,
    priced,
    account: chosen?.account,
    isOffered: chosen?.account !== account,
  }
}

/**
 * The list of unsettled claims with the customer's accounts, the decision, and an advert for what is
 * shown (Figs. 18, 20, 33). Nothing waits for what it does not need.
 */
export const listToPay = async (
  deps: Calls & Pick<Deps, 'log'>,
  customer: Customer,
  shown: ShownList,
): Promise<ToPay> => {
  const listed = listClaims(deps, customer, toListQuery(shown))
  const [list, decisive, summary, advert] = await Promise.all([
    listed,
    decideToPay(deps, customer, shown),
    summariseClaims(deps, customer),
    listed.then(({ claims }) =>
      advertIfAnswered(
        deps,
        customer,
        claims.map((claim) => claim.orderNumber),
      ),
    ),
  ])
  return { list, summary, advert, ...decisive }
}
