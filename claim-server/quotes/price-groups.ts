import { type AccountKey, accountParts } from '#shared/accounts.ts'
import { sumMinor } from '#shared/money.ts'

/** How two accounts stand to each other: what a fee depends on (Fig. 23C). */
export type Relation = 'same-branch' | 'same-bank' | 'affiliated' | 'other-bank'

/** One line of the fee table: amounts in minor units, from inclusive, below exclusive. */
export interface FeeRule {
  relation: Relation
  fromAmountMinor: bigint
  belowAmountMinor: bigint | null
  feeMinor: bigint
}

export interface PricedClaim {
  orderNumber: string
  shopId: string
  amountMinor: bigint
}

/** Claims of one payee in one basket: one transfer, one fee. */
export interface PricedGroup {
  payeeAccount: AccountKey
  shopId: string
  orderNumbers: string[]
  amountMinor: bigint
  feeMinor: bigint
  /** What a transfer for each claim would have cost on top; never below zero. */
  savedMinor: bigint
}

export const relationOf = (payer: AccountKey, payee: AccountKey): Relation => {
  const from = accountParts(payer)
  const to = accountParts(payee)
  if (from.bank !== to.bank) return 'other-bank'
  return from.branch === to.branch ? 'same-branch' : 'same-bank'
}

/** The fee of one transfer, or undefined where the table has no line for it. */
export const feeOf = (
  rules: readonly FeeRule[],
  payer: AccountKey,
  payee: AccountKey,
  amountMinor: bigint,
): bigint | undefined => {
  const relation = relationOf(payer, payee)
  return rules.find(
    (rule) =>
      rule.relation === relation &&
      amountMinor >= rule.fromAmountMinor &&
      (rule.belowAmountMinor === null || amountMinor < rule.belowAmountMinor),
  )?.feeMinor
}

/** Of a payee's accounts the one with the lowest fee (Fig. 14, S85); the first of equals. */
const cheapestAccount = (
  rules: readonly FeeRule[],
  payer: AccountKey,
  payees: readonly AccountKey[],
  amountMinor: bigint,
): { account: AccountKey; feeMinor: bigint } | undefined => {
  let best: { account: AccountKey; feeMinor: bigint } | undefined
  for (const account of payees) {
    if (account === payer) continue
    const feeMinor = feeOf(rules, payer, account, amountMinor)
    if (feeMinor !== undefined && (!best || feeMinor < best.feeMinor)) best = { account, feeMinor }
  }
  return best
}

const byPayee = (claims: readonly PricedClaim[]): Map<string, PricedClaim[]> => {
  const payees = new Map<string, PricedClaim[]>()
  for (const claim of claims) {
    const known = payees.get(claim.shopId)
    if (known) known.push(claim)
    else payees.set(claim.shopId, [claim])
  }
  return payees
}

/**
 * The groups of a basket as paid from one account (Figs. 14, 15), in the order in which their payees
 * come first. Undefined when a payee has no account that can be paid from there.
 */
export const priceGroups = (
  rules: readonly FeeRule[],
  payer: AccountKey,
  claims: readonly PricedClaim[],
  accountsOf: ReadonlyMap<string, readonly AccountKey[]>,
): PricedGroup[] | undefined => {
  const groups: PricedGroup[] = []
  for (const [shopId, own] of byPayee(claims)) {
    const accounts = accountsOf.get(shopId) ?? []
    const amountMinor = sumMinor(own.map((claim) => claim.amountMinor))
    const cheapest = cheapestAccount(rules, payer, accounts, amountMinor)
    if (!cheapest) return undefined
    const alone = sumMinor(
      own.map(
        (claim) => cheapestAccount(rules, payer, accounts, claim.amountMinor)?.feeMinor ?? 0n,
      ),
    )
    groups.push({
      payeeAccount: cheapest.account,
      shopId,
      orderNumbers: own.map((claim) => claim.orderNumber),
      amountMinor,
      feeMinor: cheapest.feeMinor,
      savedMinor: alone > cheapest.feeMinor ? alone - cheapest.feeMinor : 0n,
    })
  }
  return groups
}
