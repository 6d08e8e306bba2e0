import type { Claim } from '#shared/contracts/claim-server.ts'
import type { Account } from '#shared/contracts/core-banking.ts'
import type { PaymentContent } from '#shared/contracts/payment-content.ts'
import type { LocalDate } from '#shared/dates.ts'
import { AppError } from '#shared/errors.ts'
import type { Quote } from '../claim-server-client.ts'
import { type Basket, type PricedAccount, priceBasket } from '../claims/price-basket.ts'
import { listAccounts, nameHolders } from '../core-banking-client.ts'
import type { Calls, Customer } from '../deps.ts'

export interface PaymentDraft {
  /** What D covers, whole. */
  content: PaymentContent
  claims: Claim[]
  leftOut: Claim[]
  account: Account
  afterMinor: bigint
  savedMinor: bigint
}

export type Preparation =
  | { outcome: 'ready'; draft: PaymentDraft }
  | { outcome: 'short'; basket: Basket; chosen: PricedAccount; shortByMinor: bigint }
  | { outcome: 'not-payable' | 'mixed-currencies' | 'too-many' | 'no-accounts' | 'no-holder' }

export interface PrepareInput {
  paymentId: string
  orderNumbers: string[]
  /** The account to pay from; without it the cheapest that can pay. */
  account: string | undefined
}

type Groups = Quote['quotes'][number]['groups']

const toContent = (
  { paymentId }: PrepareInput,
  basket: Basket,
  payer: string,
  groups: Groups,
  holders: ReadonlyMap<string, string>,
  day: LocalDate,
): PaymentContent | undefined => {
  const amountOf = new Map(basket.claims.map((claim) => [claim.orderNumber, claim.amountMinor]))
  const claims = groups.flatMap(({ payeeAccount, orderNumbers }) =>
    orderNumbers.map((orderNumber) => ({
      orderNumber,
      payeeAccount,
      payeeHolder: holders.get(payeeAccount) ?? '',
      amountMinor: amountOf.get(orderNumber) ?? 0n,
    })),
  )
  if (claims.some((claim) => claim.payeeHolder === '')) return undefined
  return {
    kind: 'payment',
    paymentId,
    day,
    payerAccount: payer,
    claims,
    fees: groups.map(({ payeeAccount, feeMinor }) => ({ payeeAccount, feeMinor })),
    currency: basket.currency,
  }
}

const choose = (basket: Basket, account: string | undefined): PricedAccount => {
  const chosen = account
    ? basket.accounts.find((one) => one.account.account === account)
    : basket.chosen
  // Somebody else's account answers as one that does not exist.
  if (!chosen?.quote) throw new AppError('not-found')
  return chosen
}

/**
 * Design §5 step 1: everything that the confirmation page shows and D covers, from the claim server's
 * quote and the core's balances and holders. Nothing is held. Foreign claims and accounts throw
 * `not-found`.
 */
export const preparePayment = async (
  deps: Calls,
  customer: Customer,
  input: PrepareInput,
): Promise<Preparation> => {
  const accounts = await listAccounts(deps, customer)
  const priced = await priceBasket(deps, customer, {
    orderNumbers: input.orderNumbers,
    accounts,
    chosen: input.account,
  })
  if (priced.outcome === 'nothing') return { outcome: 'not-payable' }
  if (priced.outcome !== 'priced') return priced
  const { basket } = priced
  const chosen = choose(basket, input.account)
  const { account, quote, shortByMinor, afterMinor } = chosen
  if (!quote || afterMinor === undefined) throw new AppError('not-found')
  if (shortByMinor !== undefined) return { outcome: 'short', basket, chosen, shortByMinor }
  const payees = quote.groups.map((group) => group.payeeAccount)
  const holders = await nameHolders(deps, customer, payees)
  const content = toContent(input, basket, account.account, quote.groups, holders, basket.today)
  if (!content) return { outcome: 'no-holder' }
  const savedMinor = quote.groups.reduce((sum, group) => sum + group.savedMinor, 0n)
  const { claims, leftOut } = basket
  return { outcome: 'ready', draft: { content, claims, leftOut, account, afterMinor, savedMinor } }
}
