import { eq } from 'drizzle-orm'
import type { Database, Transaction } from '#shared/database.ts'
import { dateIn } from '#shared/dates.ts'
import { AppError } from '#shared/errors.ts'
import type { EntryOrder } from '#shared/contracts/claim-server.ts'
import { banks } from '../banks/banks.table.ts'
import type { Bank } from '../banks/find-bank.ts'
import { claims } from '../claims/claims.table.ts'
import { toPayee } from '../claims/to-claim.ts'
import type { Deps } from '../deps.ts'
import { shops } from '../shops/shops.table.ts'
import { orders } from './orders.table.ts'

/** An order as its entry link leads to it, with the bank where it can be accepted. */
export interface Entry {
  order: EntryOrder
  orderId: string
  bank: Bank
  claim: typeof claims.$inferSelect
  /** Of the entry screen, as far as the shop knows it. */
  language: 'en' | 'ja' | null
}

/** The order behind an entry link. Throws `not-found` for a token that leads nowhere. */
export const findEntry = async (
  { clock }: Pick<Deps, 'clock'>,
  db: Database | Transaction,
  entryToken: string,
): Promise<Entry> => {
  const [row] = await db
    .select({ order: orders, claim: claims, shop: shops, bank: banks })
    .from(orders)
    .innerJoin(claims, eq(claims.orderId, orders.id))
    .innerJoin(shops, eq(shops.id, orders.shopId))
    .innerJoin(banks, eq(banks.code, claims.bank))
    .where(eq(orders.entryToken, entryToken))
  if (!row) throw new AppError('not-found')
  const { order, claim, shop, bank } = row
  const now = clock.now()
  // Billers' claims have no entry link, every other order has its end.
  const openUntil = claim.openUntil ?? order.createdAt
  const open =
    claim.status === 'provisional' &&
    now < openUntil &&
    dateIn(bank.timeZone, now) <= claim.timeLimit &&
    shop.status === 'live'
  return {
    orderId: order.id,
    bank,
    claim,
    language: order.language,
    order: {
      orderNumber: order.orderNumber,
      open,
      openUntil,
      payee: toPayee(shop),
      description: order.description,
      category: order.category,
      amountMinor: order.amountMinor,
      currency: order.currency,
      orderedOn: order.orderedOn,
      timeLimit: claim.timeLimit,
      returnUrl: order.returnUrl,
    },
  }
}

/** As `findEntry`, for a portal: orders of another bank are `not-found`. */
export const findEntryAtBank = async (
  deps: Pick<Deps, 'db' | 'clock'>,
  db: Database | Transaction,
  { bank, entryToken }: { bank: Bank; entryToken: string },
): Promise<Entry> => {
  const entry = await findEntry(deps, db, entryToken)
  if (entry.bank.code !== bank.code) throw new AppError('not-found')
  return entry
}
