import { and, eq, inArray } from 'drizzle-orm'
import type { Transaction } from '#shared/database.ts'
import type { LocalDate } from '#shared/dates.ts'
import { claimHistory, claims } from '../claims/claims.table.ts'
import { customerChoices } from '../customers/choices.table.ts'
import type { Deps } from '../deps.ts'
import { writeNotices } from '../notices/write-notices.ts'
import type { ShopCaller } from '../shops/find-key-owner.ts'
import { lastLimit, toClaimLimit } from '../time-limits/choose-limit.ts'
import { findHolidays } from '../time-limits/holidays.ts'
import { hashFact, plainKey } from './biller-keys.ts'
import { billerFacts, billerLinks, waitingClaims } from './billers.table.ts'
import type { StoredRow } from './store-batch-orders.ts'

const findLinks = async (tx: Transaction, shopId: string, numberKeys: string[]) => {
  const rows = await tx
    .select({
      numberKey: billerLinks.numberKey,
      customerId: billerLinks.customerId,
      account: customerChoices.defaultAccount,
    })
    .from(billerLinks)
    .leftJoin(
      customerChoices,
      and(
        eq(customerChoices.bank, billerLinks.bank),
        eq(customerChoices.customerId, billerLinks.customerId),
      ),
    )
    .where(and(eq(billerLinks.shopId, shopId), inArray(billerLinks.numberKey, numberKeys)))
  return new Map(rows.map(({ numberKey, ...link }) => [numberKey, link]))
}

const keepFacts = async (tx: Transaction, shopId: string, at: Date, rows: readonly StoredRow[]) => {
  const facts = rows.map(({ claim }) => {
    const numberKey = plainKey(claim.customerNumber)
    const factHash = hashFact(shopId, numberKey, claim.secondFact)
    return { shopId, numberKey, factHash, firstSeenAt: at }
  })
  await tx.insert(billerFacts).values(facts).onConflictDoNothing()
}

/**
 * Makes the claims of orders just stored: on the list of the customer who linked that number, told as
 * new; the others wait, without a payer, where only a link finds them.
 */
export const storeBatchClaims = async (
  tx: Transaction,
  { clock, newId }: Pick<Deps, 'clock' | 'newId'>,
  { shop, bank }: ShopCaller,
  { today, rows }: { today: LocalDate; rows: readonly StoredRow[] },
): Promise<void> => {
  if (rows.length === 0) return
  const at = clock.now()
  const keyed = rows.map((row) => ({ ...row, numberKey: plainKey(row.claim.customerNumber) }))
  const links = await findLinks(
    tx,
    shop.id,
    keyed.map((row) => row.numberKey),
  )
  const isHoliday = await findHolidays(tx, bank.code, { from: today, until: lastLimit(today) })
  const values = keyed.map(({ orderId, numberKey, timeLimit }) => {
    const link = links.get(numberKey)
    return {
      orderId,
      shopId: shop.id,
      bank: bank.code,
      status: link ? ('unsettled' as const) : ('provisional' as const),
      revision: 1,
      customerId: link?.customerId ?? null,
      account: link?.account ?? null,
      acceptedAt: link ? at : null,
      ...toClaimLimit(timeLimit, { today, warningDays: shop.warningDays, isHoliday }),
    }
  })
  await tx.insert(claims).values(values)
  await tx
    .insert(claimHistory)
    .values(values.map(({ orderId, status }) => ({ orderId, at, event: status, by: 'shop' })))
  await keepFacts(tx, shop.id, at, rows)
  const waiting = keyed.filter(({ numberKey }) => !links.has(numberKey))
  if (waiting.length > 0)
    await tx
      .insert(waitingClaims)
      .values(waiting.map(({ orderId, numberKey }) => ({ orderId, shopId: shop.id, numberKey })))
  const linked = keyed.filter(({ numberKey }) => links.has(numberKey))
  await writeNotices(
    tx,
    { newId },
    linked.map(({ orderId }) => ({ orderId, event: 'new-claim', occasion: '' })),
  )
}
