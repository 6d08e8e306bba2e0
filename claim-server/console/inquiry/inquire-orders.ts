import { and, count, eq, gte, inArray, lt, lte, or, type SQL, sql } from 'drizzle-orm'
import { dateIn, endOfDay, type LocalDate, startOfDay } from '#shared/dates.ts'
import type { Currency } from '#shared/money.ts'
import { parseOrderNumber } from '#shared/order-number.ts'
import { customers } from '../../banks/banks.table.ts'
import { claims } from '../../claims/claims.table.ts'
import type { Deps } from '../../deps.ts'
import { orders } from '../../orders/orders.table.ts'
import type { ShopCaller } from '../../shops/find-key-owner.ts'
import { nameCustomers } from '../../shops/name-customers.ts'
import { type InquiredOrder, type OrderRow, selectOrders, toInquired } from './inquiry.queries.ts'
import { cursorAfter, inOrder, isAfter } from './order-place.ts'
import { type DateKind, type OrderQuery, sortOf } from './order-query.ts'

export interface OrderTotal {
  currency: Currency
  count: number
  amountMinor: bigint
}

export interface Inquiry {
  orders: InquiredOrder[]
  nextCursor: string | null
  /** Of everything that was asked for, not of this page alone; one row per currency. */
  totals: OrderTotal[]
  today: LocalDate
}

/** One customer of the shop, as the claim server knows them. */
export interface OneCustomer {
  bank: string
  customerId: string
}

const isInList = ({ list, status }: OrderQuery): SQL | undefined => {
  switch (list) {
    case 'unsettled':
      return inArray(claims.status, ['unsettled', 'paying'])
    case 'settled':
      return eq(claims.status, 'settled')
    case 'all':
      return status && eq(claims.status, status)
  }
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
  return or(
    number === undefined ? undefined : eq(orders.orderNumber, number),
    sql`${orders.shopOrderRef} ilike ${contains(search)}`,
    sql`${orders.description} ilike ${contains(search)}`,
    sql`${customers.name} ilike ${contains(search)}`,
    sql`${orders.orderNumber} like ${`${reference.replaceAll(/[\\%_]/g, '\\$&')}%`}`,
    sql`exists (select 1 from claim_server.shop_customers as known
      where known.shop_id = ${claims.shopId} and known.bank = ${claims.bank}
        and known.customer_id = ${claims.customerId} and known.reference = ${reference})`,
  )
}

const sumUp = async (
  { db }: Pick<Deps, 'db'>,
  where: SQL | undefined,
  search: string,
): Promise<OrderTotal[]> => {
  const columns = {
    currency: claims.currency,
    count: count(),
    amountMinor: sql`sum(${claims.amountMinor})`.mapWith(BigInt),
  }
  const sums = db.select(columns).from(claims).$dynamic()
  // A search looks at goods and names; without one the claims alone know it all.
  const searched =
    search === ''
      ? sums
      : sums
          .innerJoin(orders, eq(orders.id, claims.orderId))
          .leftJoin(
            customers,
            and(eq(customers.bank, claims.bank), eq(customers.customerId, claims.customerId)),
          )
  return searched.where(where).groupBy(claims.currency).orderBy(claims.currency)
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
): Promise<OrderTotal[]> => sumUp(deps, conditionsOf(caller, query, customer), query.search)

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
  const where = conditionsOf(caller, query, customer)
  const rows = await selectOrders(deps)
    .where(query.cursor === undefined ? where : and(where, isAfter(sort, query.cursor)))
    .orderBy(...inOrder(sort))
    .limit(limit + 1)
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
 * that match (Figs. 19, 22); of one customer, if one is named.
 */
export const inquireOrders = async (
  deps: Pick<Deps, 'db' | 'clock'>,
  caller: ShopCaller,
  question: { query: OrderQuery; limit: number; customer?: OneCustomer | undefined },
): Promise<Inquiry> => {
  const [page, totals] = await Promise.all([
    readOrders(deps, caller, question),
    sumOrders(deps, caller, question.query, question.customer),
  ])
  return { ...page, totals, today: dateIn(caller.bank.timeZone, deps.clock.now()) }
}
