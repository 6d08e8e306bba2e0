import type { Claim } from '#shared/contracts/claim-server.ts'
import type { Account } from '#shared/contracts/core-banking.ts'
import { mostClaimsOfPayment } from '#shared/contracts/payment-content.ts'
import type { LocalDate } from '#shared/dates.ts'
import type { Currency } from '#shared/money.ts'
import { type Quote, quoteBasket } from '../claim-server-client.ts'
import type { Calls, Customer } from '../deps.ts'

type AccountQuote = Quote['quotes'][number]

/** One account as it would pay the basket: its quote, and what is left or missing. */
export interface PricedAccount {
  account: Account
  /** Undefined where it can't pay this basket at all: another currency. */
  quote: AccountQuote | undefined
  afterMinor: bigint | undefined
  shortByMinor: bigint | undefined
  /** Its fee is the lowest, and some other account's is higher. */
  hasLowestFee: boolean
}

export interface Basket {
  /** What can be paid of what was ticked. */
  claims: Claim[]
  /** Ticked, but meanwhile paid, cancelled or past its limit. */
  leftOut: Claim[]
  currency: Currency
  amountMinor: bigint
  payees: number
  /** Today at the bank. */
  today: LocalDate
  /** By ascending fee (Fig. 14). */
  accounts: PricedAccount[]
  /** The account asked for, else the default where it can pay, else the cheapest that can. */
  chosen: PricedAccount | undefined
}

export type PricedBasket =
  | { outcome: 'priced'; basket: Basket }
  | { outcome: 'nothing'; leftOut: Claim[] }
  | { outcome: 'mixed-currencies' | 'too-many' | 'no-accounts' }

const priceAccount = (
  account: Account,
  { quotes, currency }: Quote,
): Omit<PricedAccount, 'hasLowestFee'> => {
  const quote = quotes.find((one) => one.account === account.account)
  if (!quote || account.currency !== currency)
    return { account, quote: undefined, afterMinor: undefined, shortByMinor: undefined }
  const missing = quote.totalMinor - account.availableMinor
  return {
    account,
    quote,
    afterMinor: account.balanceMinor - quote.totalMinor,
    shortByMinor: missing > 0n ? missing : undefined,
  }
}

const byFee = (a: PricedAccount, b: PricedAccount) => {
  if (!a.quote || !b.quote) return a.quote ? -1 : b.quote ? 1 : 0
  return a.quote.feeMinor < b.quote.feeMinor ? -1 : a.quote.feeMinor > b.quote.feeMinor ? 1 : 0
}

const priceAccounts = (accounts: readonly Account[], quote: Quote): PricedAccount[] => {
  const priced = accounts.map((account) => priceAccount(account, quote))
  const fees = priced.flatMap((one) => (one.quote ? [one.quote.feeMinor] : []))
  const differs = fees.some((fee) => fee !== fees[0])
  const isLowest = (fee: bigint) => fees.every((other) => fee <= other)
  return priced
    .map((one) => ({
      ...one,
      hasLowestFee: differs && one.quote !== undefined && isLowest(one.quote.feeMinor),
    }))
    .sort(byFee)
}

interface PriceInput {
  orderNumbers: string[]
  /** Those that pay. */
  accounts: readonly Account[]
  /** The account asked for. */
  chosen: string | undefined
  defaultAccount?: string | undefined
}

/** Of the ticked claims, those that the quote prices; the claims that can't be paid are left out. */
const toBasket = (
  quote: Quote & { currency: Currency },
  { accounts, chosen, defaultAccount }: Omit<PriceInput, 'orderNumbers'>,
): Basket => {
  const claims = quote.claims.filter((claim) => !quote.notPayable.includes(claim.orderNumber))
  const priced = priceAccounts(accounts, quote)
  const quoted = priced.filter((one) => one.quote)
  const canPay = quoted.filter((one) => one.shortByMinor === undefined)
  const byAccount = (from: readonly PricedAccount[], account: string | undefined) =>
    from.find((one) => one.account.account === account)
  return {
    claims,
    leftOut: quote.claims.filter((claim) => quote.notPayable.includes(claim.orderNumber)),
    currency: quote.currency,
    amountMinor: quote.amountMinor,
    today: quote.today,
    payees: new Set(claims.map((claim) => claim.payee.shopId)).size,
    accounts: priced,
    chosen:
      byAccount(quoted, chosen) ?? byAccount(canPay, defaultAccount) ?? canPay[0] ?? quoted[0],
  }
}

/**
 * What the ticked claims cost from each account, in ascending fee, with the balance after or by how
 * much it is short (Figs. 14, 21). Nothing is held. A foreign claim throws `not-found`.
 */
export const priceBasket = async (
  deps: Pick<Calls, 'callClaimServer'>,
  customer: Customer,
  input: PriceInput,
): Promise<PricedBasket> => {
  const { orderNumbers, accounts } = input
  if (orderNumbers.length === 0) return { outcome: 'nothing', leftOut: [] }
  if (orderNumbers.length > mostClaimsOfPayment) return { outcome: 'too-many' }
  if (accounts.length === 0) return { outcome: 'no-accounts' }
  const quote = await quoteBasket(deps, customer, {
    orderNumbers,
    accounts: accounts.map((one) => one.account),
  })
  const { currency } = quote
  const payable = quote.claims.filter((claim) => !quote.notPayable.includes(claim.orderNumber))
  if (payable.length === 0) return { outcome: 'nothing', leftOut: quote.claims }
  if (currency === null) return { outcome: 'mixed-currencies' }
  return { outcome: 'priced', basket: toBasket({ ...quote, currency }, input) }
}
