import type { Claim } from '#shared/contracts/claim-server.ts'
import type { Account } from '#shared/contracts/core-banking.ts'
import { listPayingAccounts } from '../accounts/paying-accounts.ts'
import { type PricedBasket, priceBasket } from '../claims/price-basket.ts'
import type { Calls, Customer } from '../deps.ts'
import { type ChosenClaims, partsOf } from './run-parts.ts'

export interface SplitPart {
  account: Account
  priced: PricedBasket
}

export interface PricedSplit {
  /** Accounts to choose from. */
  accounts: Account[]
  /** What each account used is to pay. */
  parts: SplitPart[]
  /** Every claim that can be paid, in the order in which they were chosen. */
  claims: Claim[]
  leftOut: Claim[]
  /** Every claim with the account that is to pay it. */
  chosen: ChosenClaims
}

/** Accounts that don't pay, or are not the customer's, give way to the default. */
const onPayingAccounts = (
  { orderNumbers, account, accountOf }: ChosenClaims,
  accounts: readonly Account[],
): ChosenClaims => {
  const known = (one: string | undefined) => accounts.find((own) => own.account === one)?.account
  const fallback = known(account) ?? accounts[0]?.account
  const entries = orderNumbers.map(
    (number) => [number, known(accountOf.get(number)) ?? fallback] as const,
  )
  return {
    orderNumbers,
    account: fallback,
    accountOf: new Map(entries.filter((entry): entry is [string, string] => !!entry[1])),
  }
}

/**
 * What each of several accounts would pay of the chosen claims (Figs. 12, 13). Nothing is held. A
 * foreign claim throws `not-found`.
 */
export const priceSplit = async (
  deps: Calls,
  customer: Customer,
  asked: ChosenClaims,
): Promise<PricedSplit> => {
  const { accounts } = await listPayingAccounts(deps, customer)
  const chosen = onPayingAccounts(asked, accounts)
  const parts = await Promise.all(
    partsOf(chosen).flatMap(({ account: key, orderNumbers }) => {
      const account = accounts.find((one) => one.account === key)
      if (!account) return []
      return [
        priceBasket(deps, customer, { orderNumbers, accounts: [account], chosen: key }).then(
          (priced) => ({ account, priced }),
        ),
      ]
    }),
  )
  const place = (claim: Claim) => chosen.orderNumbers.indexOf(claim.orderNumber)
  const claims = parts.flatMap(({ priced }) =>
    priced.outcome === 'priced' ? priced.basket.claims : [],
  )
  const leftOut = parts.flatMap(({ priced }) => {
    if (priced.outcome === 'priced') return priced.basket.leftOut
    return priced.outcome === 'nothing' ? priced.leftOut : []
  })
  return {
    accounts,
    parts,
    claims: claims.toSorted((a, b) => place(a) - place(b)),
    leftOut,
    chosen,
  }
}
