import { and, asc, inArray, isNull } from 'drizzle-orm'
import { dateIn } from '#shared/dates.ts'
import { AppError } from '#shared/errors.ts'
import { sumMinor } from '#shared/money.ts'
import type { Received, ReplyOf } from '#shared/contracts/call.ts'
import type { Claim, quoteBasket as quoteBasketCall } from '#shared/contracts/claim-server.ts'
import type { Bank } from '../banks/find-bank.ts'
import { isOf, type ReadDeps, selectClaims, toParts } from '../claims/claims.queries.ts'
import { toClaim } from '../claims/to-claim.ts'
import { orders } from '../orders/orders.table.ts'
import { shopAccounts } from '../shops/shops.table.ts'
import { findFees } from './find-fees.ts'
import { type FeeRule, priceGroups, type PricedGroup } from './price-groups.ts'

type Body = Received<typeof quoteBasketCall>['body']
type Reply = ReplyOf<typeof quoteBasketCall>

/** The accounts on which payees take payments, each payee's in the order in which they were registered. */
export const findPayeeAccounts = async (
  { db }: Pick<ReadDeps, 'db'>,
  shopIds: readonly string[],
): Promise<Map<string, string[]>> => {
  const accountsOf = new Map<string, string[]>(shopIds.map((id) => [id, []]))
  const rows = await db
    .select({ shopId: shopAccounts.shopId, account: shopAccounts.account })
    .from(shopAccounts)
    .where(
      and(inArray(shopAccounts.shopId, [...accountsOf.keys()]), isNull(shopAccounts.stoppedAt)),
    )
    .orderBy(asc(shopAccounts.createdAt), asc(shopAccounts.account))
  for (const { shopId, account } of rows) accountsOf.get(shopId)?.push(account)
  return accountsOf
}

const findBasket = async (
  { db }: ReadDeps,
  bank: Bank,
  customerId: string,
  orderNumbers: readonly string[],
) => {
  const wanted = [...new Set(orderNumbers)]
  const rows = await selectClaims(db).where(
    and(inArray(orders.orderNumber, wanted), isOf({ bank: bank.code, customerId })),
  )
  const byNumber = new Map(rows.map((row) => [row.order.orderNumber, toParts(row)]))
  return wanted.map((number) => {
    const row = byNumber.get(number)
    if (!row) throw new AppError('not-found')
    return row
  })
}

const quoteOf = (account: string, groups: PricedGroup[], amountMinor: bigint) => {
  const feeMinor = sumMinor(groups.map((group) => group.feeMinor))
  return { account, groups, feeMinor, totalMinor: amountMinor + feeMinor }
}

const toPriced = ({ orderNumber, payee, amountMinor }: Claim) => ({
  orderNumber,
  shopId: payee.shopId,
  amountMinor,
})

const byFee = (a: { feeMinor: bigint }, b: { feeMinor: bigint }) =>
  a.feeMinor < b.feeMinor ? -1 : a.feeMinor > b.feeMinor ? 1 : 0

/** Prices claims for each account, lowest fee first; an account from which a payee can't be paid is left out. */
const quoteAccounts = (
  rules: readonly FeeRule[],
  accounts: readonly string[],
  payable: readonly Claim[],
  accountsOf: ReadonlyMap<string, readonly string[]>,
): Reply['quotes'] => {
  const amountMinor = sumMinor(payable.map((claim) => claim.amountMinor))
  return [...new Set(accounts)]
    .flatMap((account) => {
      const groups = priceGroups(rules, account, payable.map(toPriced), accountsOf)
      return groups ? [quoteOf(account, groups, amountMinor)] : []
    })
    .sort(byFee)
}

/**
 * Prices a basket for each of the customer's accounts, lowest fee first (Figs. 14, 15). Holds nothing.
 * What can't be paid now is named and left out; a basket of several currencies has no quotes. Throws
 * `not-found` when one of the claims is not this customer's.
 */
export const quoteBasket = async (
  deps: ReadDeps,
  { bank, customerId, body }: { bank: Bank; customerId: string; body: Body },
): Promise<Reply> => {
  const now = deps.clock.now()
  const today = dateIn(bank.timeZone, now)
  const basket = await findBasket(deps, bank, customerId, body.orderNumbers)
  const shown = basket.map((row) => toClaim(row, { now, today }))
  const payable = shown.filter((claim) => claim.payable)
  const currencies = new Set(payable.map((claim) => claim.currency))
  const [currency = null] = currencies
  const reply = {
    claims: shown,
    notPayable: shown.filter((claim) => !claim.payable).map((claim) => claim.orderNumber),
    today,
  }
  if (!currency || currencies.size > 1)
    return { ...reply, currency: null, amountMinor: 0n, quotes: [] }
  const shopIds = payable.map((claim) => claim.payee.shopId)
  const [rules, accountsOf] = await Promise.all([
    findFees(deps.db, bank.code, today),
    findPayeeAccounts(deps, shopIds),
  ])
  return {
    ...reply,
    currency,
    amountMinor: sumMinor(payable.map((claim) => claim.amountMinor)),
    quotes: quoteAccounts(rules, body.accounts, payable, accountsOf),
  }
}
