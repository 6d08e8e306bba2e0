import { and, count, eq, gte, lt, lte, or, type SQL, sql } from 'drizzle-orm'
import { dateIn, endOfDay, type LocalDate, startOfDay } from '#shared/dates.ts'
import type { Currency } from '#shared/money.ts'
import { parseOrderNumber } from '#shared/order-number.ts'
import { customers } from '../../banks/banks.table.ts'
import { hasStatus, isListedAs } from '../../claims/claims.queries.ts'
import { claims } from '../../claims/claims.table.ts'
import { isOnPage, inOrder, listsOf } from '../../claims/page-of-shop.ts'
import type { Deps } from '../../deps.ts'
import { orders } from '../../orders/orders.table.ts'
import type { ShopCaller } from '../../shops/find-key-owner.ts'
import { shopCustomers } from '../../shops/console.table.ts'
import { nameCustomers } from '../../shops/name-customers.ts'
import { type InquiredOrder, type OrderRow, selectOrders, toInquired } from './inquiry.queries.ts'
import { cursorAfter, isAfter, orderBy } from './order-place.ts'
import { type DateKind, type OrderQuery, sortOf } from './order-query.ts'

export interface OrderTotal {
  currency: Currency
  count: number
  amountMinor: bigint
}

/** So many are added up for every page. */
export const mostAddedUp = 300

export interface Inquiry {
  orders: InquiredOrder[]
  nextCursor: string | null
  /**
   * Of everything that was asked for, not of this page alone; one row per currency. Null for more than
   * `mostAddedUp` unless the question is for a period or for totals: reading them all takes a while.
   */
  totals: OrderTotal[] | null
  today: LocalDate
}

export const countOf = (totals: readonly OrderTotal[]): number =>
  totals.reduce((sum, total) => sum + total.count, 0)

/** One customer of the shop, as the claim server knows them. */
export interface OneCustomer {
  bank: string
  customerId: string
}

const isInList = ({ list, status }: OrderQuery): SQL | undefined => {
  if (list !== 'all') return isListedAs(list)
  return status && hasStatus(status)
}

const isInDates = (
  kind: DateKind,
  { from, until }: Pick<OrderQuery, 'from' | 'until'>,
  timeZone: string,
): SQL | undefined => {
  if (kind === 'settled')
    return and(
      from === undefined ? undefined : gte(claims.settledAt, startOfDay(timeZone, from)),
      until === undefined ? undefined : lt(claims.settledAt, endOfDay(timeZone, until)),
    )
  const column = kind === 'ordered' ? claims.orderedOn : claims.timeLimit
  return and(
    from === undefined ? undefined : gte(column, from),
    until === undefined ? undefined : lte(column, until),
  )
}

const contains = (text: string) => `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`

const matches = (search: string): SQL | undefined => {
  if (search === '') return undefined
  const number = parseOrderNumber(search)
  const reference = search.normalize('NFKC').toUpperCase()
  const named = or(
    number === undefined ? undefined : sql`goods.order_number = ${number}`,
    sql`goods.shop_order_ref ilike ${contains(search)}`,
    sql`goods.description ilike ${contains(search)}`,
    sql`goods.order_number like ${`${reference.replaceAll(/[\\%_]/g, '\\$&')}%`}`,
    sql`person.name ilike ${contains(search)}`,
    sql`known.reference = ${reference}`,
  )
  return sql`exists (
    select from ${orders} as goods
    left join ${customers} as person
      on person.bank = ${claims.bank} and person.customer_id = ${claims.customerId}
    left join ${shopCustomers} as known
      on known.shop_id = ${claims.shopId} and known.bank = ${claims.bank}
        and known.customer_id = ${claims.customerId}
    where goods.id = ${claims.orderId} and ${named})`
}

const sumUp = (
  { db }: Pick<Deps, 'db'>,
  where: SQL | undefined,
  most?: number,
): Promise<OrderTotal[]> => {
  // Written out: for a limit that it does not know, a plan that is kept expects a tenth of them all.
  const first = most === undefined ? sql`` : sql.raw(`limit ${most}`)
  const found = sql`(
    select ${claims.currency} as currency, ${claims.amountMinor} as amount from ${claims}
    where ${where} ${first}) as found`
  const currency = sql<Currency>`found.currency`
  return db
    .select({ currency, count: count(), amountMinor: sql`sum(found.amount)`.mapWith(BigInt) })
    .from(found)
    .groupBy(currency)
    .orderBy(currency)
}

const boundCustomers = (rows: readonly OrderRow[]) =>
  rows.flatMap(({ bank, customerId }) => (customerId === null ? [] : [{ bank, customerId }]))

/** The conditions of a shop's question; orders of other shops never fit. */
const conditionsOf = (
  { shop, bank }: ShopCaller,
  query: OrderQuery,
  customer?: OneCustomer,
): SQL | undefined =>
  and(
    eq(claims.shopId, shop.id),
    customer && and(eq(claims.bank, customer.bank), eq(claims.customerId, customer.customerId)),
    isInList(query),
    isInDates(query.date, query, bank.timeZone),
    matches(query.search),
  )

/** What fits a shop's question, counted and summed; one row per currency. */
export const sumOrders = (
  deps: Pick<Deps, 'db'>,
  caller: ShopCaller,
  query: OrderQuery,
  customer?: OneCustomer,
): Promise<OrderTotal[]> => sumUp(deps, conditionsOf(caller, query, customer))

/** The same, or null for more than are added up unasked. A period is added up whatever it holds. */
const sumFew = async (
  deps: Pick<Deps, 'db'>,
  caller: ShopCaller,
  query: OrderQuery,
): Promise<OrderTotal[] | null> => {
  const isPeriod = query.from !== undefined && query.until !== undefined
  if (isPeriod || query.totals === 'all') return sumOrders(deps, caller, query)
  const totals = await sumUp(deps, conditionsOf(caller, query), mostAddedUp + 1)
  return countOf(totals) > mostAddedUp ? null : totals
}

/** One page of what a shop asked for, without totals. Throws `invalid` for a foreign cursor. */
export const readOrders = async (
  deps: Pick<Deps, 'db'>,
  caller: ShopCaller,
  {
    query,
    limit,
    customer,
  }: { query: OrderQuery; limit: number; customer?: OneCustomer | undefined },
): Promise<Pick<Inquiry, 'orders' | 'nextCursor'>> => {
  const sort = sortOf(query)
  const order = orderBy(sort)
  const asked = conditionsOf(caller, query, customer)
  const where = query.cursor === undefined ? asked : and(asked, isAfter(sort, query.cursor))
  const lists = listsOf(query.list === 'all' ? query.status : query.list)
  const rows = await selectOrders(deps)
    .where(isOnPage({ ...order, lists, where, limit: limit + 1 }))
    .orderBy(...inOrder(order))
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const referenceOf = await nameCustomers(deps, caller.shop.id, boundCustomers(shown))
  return {
    orders: shown.map((row) => toInquired(row, referenceOf)),
    nextCursor: rows.length > limit && last ? cursorAfter(sort, last) : null,
  }
}

/**
 * A page of the shop's unsettled (being paid included), settled or all orders, with the totals of all
 * that match (Figs. 19, 22); of one customer, if one is named. What it costs does not grow with the
 * shop, unless a period or all totals are asked for.
 */
export const inquireOrders = async (
  deps: Pick<Deps, 'db' | 'clock'>,
  caller: ShopCaller,
  question: { query: OrderQuery; limit: number; customer?: OneCustomer | undefined },
): Promise<Inquiry> => {
  const [page, totals] = await Promise.all([
    readOrders(deps, caller, question),
    question.customer
      ? sumOrders(deps, caller, question.query, question.customer)
      : sumFew(deps, caller, question.query),
  ])
  return { ...page, totals, today: dateIn(caller.bank.timeZone, deps.clock.now()) }
}
