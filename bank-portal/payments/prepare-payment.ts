import type { Claim } from '#shared/contracts/claim-server.ts'
import type { Account } from '#shared/contracts/core-banking.ts'
import { mostClaimsOfPayment, type PaymentContent } from '#shared/contracts/payment-content.ts'
import { AppError } from '#shared/errors.ts'
import { listPayingAccounts, type PayingAccounts } from '../accounts/paying-accounts.ts'
import type { Quote } from '../claim-server-client.ts'
import { type Basket, type PricedAccount, priceBasket } from '../claims/price-basket.ts'
import { nameHolders } from '../core-banking-client.ts'
import type { Calls, Customer } from '../deps.ts'

type Groups = Quote['quotes'][number]['groups']

/** One payment of a run as it is confirmed. */
export interface PaymentDraft {
  /** What D covers, whole. */
  content: PaymentContent
  claims: Claim[]
  account: Account
  afterMinor: bigint
  /** What each group saves by being one transfer, and all of them together. */
  groups: Groups
  savedMinor: bigint
}

/** What one account is to pay. */
export interface PaymentPart {
  paymentId: string
  orderNumbers: string[]
  /** Without it the default, or the cheapest that can pay. */
  account: string | undefined
}

export interface ShortPart {
  basket: Basket
  chosen: PricedAccount
  shortByMinor: bigint
}

export type Preparation =
  | {
      outcome: 'ready'
      drafts: [PaymentDraft, ...PaymentDraft[]]
      /** Chosen, but meanwhile paid, cancelled or past its limit. */
      leftOut: Claim[]
      /** Other accounts of the customer could pay some of the claims. */
      canSplit: boolean
    }
  | { outcome: 'short'; short: ShortPart; canSplit: boolean }
  | {
      outcome:
        | 'not-payable'
        | 'mixed-currencies'
        | 'too-many'
        | 'no-accounts'
        | 'account-off'
        | 'no-holder'
    }

const toContent = (
  { paymentId }: PaymentPart,
  { claims: payable, currency, today }: Basket,
  { account, groups }: { account: Account; groups: Groups },
  holders: ReadonlyMap<string, string>,
): PaymentContent | undefined => {
  const amountOf = new Map(payable.map((claim) => [claim.orderNumber, claim.amountMinor]))
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
    day: today,
    payerAccount: account.account,
    claims,
    fees: groups.map(({ payeeAccount, feeMinor }) => ({ payeeAccount, feeMinor })),
    currency,
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

type PartPreparation =
  | { outcome: 'ready'; draft: PaymentDraft; leftOut: Claim[] }
  | { outcome: 'short'; short: ShortPart }
  | { outcome: 'nothing'; leftOut: Claim[] }
  | { outcome: Exclude<Preparation['outcome'], 'ready' | 'short' | 'not-payable'> }

const preparePart = async (
  deps: Calls,
  customer: Customer,
  part: PaymentPart,
  { accounts, defaultAccount, others }: PayingAccounts,
): Promise<PartPreparation> => {
  if (others.some((one) => one.account === part.account)) return { outcome: 'account-off' }
  const { orderNumbers, account: asked } = part
  const chosenFrom = { orderNumbers, accounts, chosen: asked, defaultAccount }
  const priced = await priceBasket(deps, customer, chosenFrom)
  if (priced.outcome !== 'priced') return priced
  const { basket } = priced
  const chosen = choose(basket, asked)
  const { account, quote, shortByMinor, afterMinor } = chosen
  if (!quote || afterMinor === undefined) throw new AppError('not-found')
  if (shortByMinor !== undefined)
    return { outcome: 'short', short: { basket, chosen, shortByMinor } }
  const { groups } = quote
  const holders = await nameHolders(
    deps,
    customer,
    groups.map((group) => group.payeeAccount),
  )
  const content = toContent(part, basket, { account, groups }, holders)
  if (!content) return { outcome: 'no-holder' }
  const savedMinor = groups.reduce((sum, group) => sum + group.savedMinor, 0n)
  const { claims, leftOut } = basket
  const draft = { content, claims, account, afterMinor, groups, savedMinor }
  return { outcome: 'ready', draft, leftOut }
}

/**
 * Design §5 step 1, for every payment of a run: all that the confirmation page shows and D covers,
 * from the claim server's quotes and the core's balances and holders. Nothing is held. Foreign claims
 * and accounts throw `not-found`.
 */
export const prepareRun = async (
  deps: Calls,
  customer: Customer,
  parts: readonly PaymentPart[],
): Promise<Preparation> => {
  const count = parts.reduce((sum, part) => sum + part.orderNumbers.length, 0)
  if (count > mostClaimsOfPayment) return { outcome: 'too-many' }
  const paying = await listPayingAccounts(deps, customer)
  const prepared = await Promise.all(parts.map((part) => preparePart(deps, customer, part, paying)))
  const canSplit = count > 1 && paying.accounts.length > 1
  const drafts: PaymentDraft[] = []
  const leftOut: Claim[] = []
  for (const part of prepared) {
    if (part.outcome === 'short') return { outcome: 'short', short: part.short, canSplit }
    if (part.outcome !== 'ready' && part.outcome !== 'nothing') return part
    leftOut.push(...part.leftOut)
    if (part.outcome === 'ready') drafts.push(part.draft)
  }
  const [first, ...others] = drafts
  if (!first) return { outcome: 'not-payable' }
  return { outcome: 'ready', drafts: [first, ...others], leftOut, canSplit }
}
