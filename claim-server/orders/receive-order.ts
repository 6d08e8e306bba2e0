import { createHash, randomBytes } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { canonicalJson } from '#shared/canonical-json.ts'
import type { Transaction } from '#shared/database.ts'
import { addDays, dateIn, type LocalDate } from '#shared/dates.ts'
import { AppError, fieldError } from '#shared/errors.ts'
import type { NewOrder, ShopOrder } from '#shared/contracts/shop-api.ts'
import { claimHistory, claims } from '../claims/claims.table.ts'
import type { Deps } from '../deps.ts'
import { allowsHttp } from '../shops/add-return-address.ts'
import type { ShopCaller } from '../shops/find-key-owner.ts'
import { beginsWithOneOf, readAddress } from '../shops/return-address.ts'
import { shopReturnAddresses } from '../shops/shops.table.ts'
import { limitProblem, toClaimLimit } from '../time-limits/choose-limit.ts'
import { findHolidays } from '../time-limits/holidays.ts'
import { orders } from './orders.table.ts'
import { selectShopOrders, toShopOrder } from './shop-orders.queries.ts'

const chooseTimeLimit = (order: NewOrder, today: LocalDate, defaultDays: number): LocalDate => {
  const limit = order.timeLimit ?? addDays(today, defaultDays)
  const problem = limitProblem(limit, today)
  if (problem) throw fieldError('#/timeLimit', problem)
  return limit
}

/** The address as a browser will be sent to it, or null. Throws `invalid` unless the shop registered its beginning. */
const checkReturnUrl = async (tx: Transaction, deps: Deps, shopId: string, text?: string) => {
  if (text === undefined) return null
  const read = readAddress(text, { httpAllowed: allowsHttp(deps) })
  if ('problem' in read) throw fieldError('#/returnUrl', read.problem)
  const registered = await tx
    .select({ prefix: shopReturnAddresses.prefix })
    .from(shopReturnAddresses)
    .where(eq(shopReturnAddresses.shopId, shopId))
  const prefixes = registered.map((row) => row.prefix)
  if (!beginsWithOneOf(read.address, prefixes))
    throw fieldError('#/returnUrl', 'this is not one of your registered addresses')
  return read.address.href
}

const fingerprintOf = (order: NewOrder) =>
  createHash('sha256').update(canonicalJson(order)).digest('base64url')

const findByReference = async (tx: Transaction, shopId: string, shopOrderRef: string) => {
  const [row] = await selectShopOrders(tx).where(
    and(eq(orders.shopId, shopId), eq(orders.shopOrderRef, shopOrderRef)),
  )
  return row
}

type OrderValues = Omit<typeof orders.$inferInsert, 'orderNumber' | 'entryToken'>

/** Inserts the order unless its reference is taken; draws another number if the number is. */
const insertOrder = async (tx: Transaction, deps: Deps, values: OrderValues): Promise<boolean> => {
  for (let draw = 0; draw < 5; draw++) {
    const inserted = await tx
      .insert(orders)
      .values({
        ...values,
        orderNumber: deps.newOrderNumber(),
        entryToken: randomBytes(16).toString('base64url'),
      })
      .onConflictDoNothing()
      .returning({ id: orders.id })
    if (inserted.length > 0) return true
    if (await findByReference(tx, values.shopId, values.shopOrderRef)) return false
  }
  throw new Error('no free order number in five draws')
}

const insertClaim = async (
  tx: Transaction,
  { clock }: Deps,
  { shop, bank }: ShopCaller,
  { id, timeLimit, orderedOn }: OrderValues,
  openMinutes: number,
) => {
  const at = clock.now()
  const isHoliday = await findHolidays(tx, bank.code, { from: timeLimit, until: timeLimit })
  await tx.insert(claims).values({
    orderId: id,
    shopId: shop.id,
    bank: bank.code,
    status: 'provisional',
    revision: 1,
    openUntil: new Date(at.getTime() + openMinutes * 60_000),
    ...toClaimLimit(timeLimit, { today: orderedOn, warningDays: shop.warningDays, isHoliday }),
  })
  await tx.insert(claimHistory).values({ orderId: id, at, event: 'provisional', by: 'shop' })
}

/**
 * Takes a shop's order in as provisional, with a number for people and an entry link that is open for
 * so many minutes (Fig. 32).
 * The same reference with the same content answers the order that exists; with other content it
 * throws `order-exists` with its Location. Throws `invalid` naming the field, `forbidden` for a shop
 * that is not live.
 */
export const receiveOrder = async (
  tx: Transaction,
  deps: Deps,
  caller: ShopCaller,
  order: NewOrder,
  openMinutes: number = deps.config.PROVISIONAL_MINUTES,
): Promise<{ outcome: 'created' | 'known'; order: ShopOrder }> => {
  const { shop, bank } = caller
  if (shop.status !== 'live')
    throw new AppError('forbidden', { detail: 'the bank has not opened this shop for orders' })
  const fingerprint = fingerprintOf(order)
  const known = await findByReference(tx, shop.id, order.shopOrderRef)
  let created = false
  if (!known) {
    if (order.amount.currency !== bank.currency)
      throw fieldError('#/amount/currency', `this bank’s accounts are held in ${bank.currency}`)
    const orderedOn = dateIn(bank.timeZone, deps.clock.now())
    const values: OrderValues = {
      id: deps.newId(),
      shopId: shop.id,
      shopOrderRef: order.shopOrderRef,
      fingerprint,
      description: order.description,
      category: order.category ?? null,
      amountMinor: order.amount.value,
      currency: order.amount.currency,
      orderedOn,
      timeLimit: chooseTimeLimit(order, orderedOn, shop.defaultDaysToPay),
      returnUrl: await checkReturnUrl(tx, deps, shop.id, order.returnUrl),
      language: order.language ?? null,
      createdAt: deps.clock.now(),
    }
    created = await insertOrder(tx, deps, values)
    if (created) await insertClaim(tx, deps, caller, values, openMinutes)
  }
  const row = known ?? (await findByReference(tx, shop.id, order.shopOrderRef))
  if (!row) throw new Error('an order that was just stored is not there')
  if (row.fingerprint !== fingerprint) throw orderExists(row.orderNumber)
  return { outcome: created ? 'created' : 'known', order: toShopOrder(deps, caller, row) }
}

const orderExists = (orderNumber: string) =>
  new AppError('order-exists', {
    detail: `this reference belongs to order ${orderNumber}`,
    headers: { location: orderPath(orderNumber) },
  })

export const orderPath = (orderNumber: string): string => `/v1/orders/${orderNumber}`
