import {
  and,
  asc,
  count,
  eq,
  gte,
  inArray,
  isNull,
  lt,
  lte,
  or,
  type Placeholder,
  type SQL,
  sql,
} from 'drizzle-orm'
import type { Database } from '#shared/database.ts'
import { dateIn, type LocalDate, startOfDay } from '#shared/dates.ts'
import { fieldError } from '#shared/errors.ts'
import { prepareOnce, type ValueOf } from '#shared/prepare-once.ts'
import type { Received, ReplyOf } from '#shared/contracts/call.ts'
import type {
  ClaimFilter,
  ClaimSort,
  listClaims as listClaimsCall,
} from '#shared/contracts/claim-server.ts'
import type { Bank } from '../banks/find-bank.ts'
import { orders } from '../orders/orders.table.ts'
import { shops } from '../shops/shops.table.ts'
import { claimOrder, cursorAfter, isAfter } from './claim-order.ts'
import {
  isListedAs,
  isNew,
  isOf,
  isPayableOn,
  newSince,
  type ReadDeps,
  selectClaims,
  toParts,
} from './claims.queries.ts'
import { claims } from './claims.table.ts'
import { toClaim } from './to-claim.ts'

type Query = Received<typeof listClaimsCall>['query']
type Reply = ReplyOf<typeof listClaimsCall>

const defaultSorts = { unsettled: 'time-limit', settled: 'settled-at' } as const

interface At {
  now: Date
  today: LocalDate
}

const passesFilter = (filter: ClaimFilter, { now, today }: At): SQL | undefined => {
  const payable = isPayableOn(today)
  switch (filter) {
    case 'payable':
      return payable
    case 'in-progress':
      return eq(claims.status, 'paying')
    case 'near-limit':
      return and(payable, lte(claims.warnOn, today))
    case 'new':
      return isNew(newSince(now))
  }
}

const contains = (text: string) => `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`

const matches = (search: string): SQL | undefined => {
  const text = search.normalize('NFC').trim()
  if (text === '') return undefined
  if (/\p{Cc}/u.test(text)) throw fieldError('?search', 'remove control characters')
  const number = text.replaceAll(/[\s-]/g, '').toUpperCase()
  const named = or(
    sql`shop.name ilike ${contains(text)}`,
    sql`shop.name_ja ilike ${contains(text)}`,
    sql`goods.description ilike ${contains(text)}`,
    number === '' ? undefined : sql`replace(goods.order_number, '-', '') like ${contains(number)}`,
  )
  return sql`exists (
    select from ${orders} as goods join ${shops} as shop on shop.id = goods.shop_id
    where goods.id = ${claims.orderId} and ${named})`
}

const isInMonth = (month: string, list: Query['list'], timeZone: string): SQL | undefined => {
  const first = `${month}-01`
  if (!Number(month.slice(5)) || Number(month.slice(5)) > 12 || month < '1900')
    throw fieldError('?month', 'this is no month')
  const next = `${Temporal.PlainDate.from(first).add({ months: 1 })}`
  return list === 'unsettled'
    ? and(gte(claims.timeLimit, first), lt(claims.timeLimit, next))
    : and(
        gte(claims.settledAt, startOfDay(timeZone, first)),
        lt(claims.settledAt, startOfDay(timeZone, next)),
      )
}

const wholeList = (customer: Parameters<typeof isOf>[0], list: Query['list']) =>
  and(isOf(customer), isListedAs(list))

const conditions = (
  { bank, customerId, ...at }: { bank: Bank; customerId: string } & At,
  { list, filter, search, shopId, month }: Query,
) =>
  and(
    wholeList({ bank: bank.code, customerId }, list),
    filter && passesFilter(filter, at),
    search === undefined ? undefined : matches(search),
    shopId === undefined ? undefined : eq(claims.shopId, shopId),
    month === undefined ? undefined : isInMonth(month, list, bank.timeZone),
  )

const selectPage = (
  db: Database,
  { sort, limit, where }: { sort: ClaimSort; limit: number | Placeholder; where: SQL | undefined },
) => {
  // The page first, its rows' goods and shops after: thousands of claims are never read for a hundred.
  const matching = db.select({ orderId: claims.orderId }).from(claims).$dynamic()
  const named = sort === 'shop' ? matching.innerJoin(shops, eq(shops.id, claims.shopId)) : matching
  const page = named
    .where(where)
    .orderBy(...claimOrder(sort))
    .limit(limit)
    .as('page')
  return selectClaims(db)
    .innerJoin(page, eq(page.orderId, claims.orderId))
    .orderBy(...claimOrder(sort))
}

const selectTotals = (db: Database, where: SQL | undefined) => {
  // By payee first: counting the different ones among thousands of rows would sort them all.
  const ofPayees = db
    .select({
      currency: claims.currency,
      claims: sql`count(*)`.as('claims'),
      amountMinor: sql`sum(${claims.amountMinor})`.as('amount_minor'),
    })
    .from(claims)
    .where(where)
    .groupBy(claims.currency, claims.shopId)
    .as('of_payees')
  return db
    .select({
      currency: ofPayees.currency,
      count: sql`sum(${ofPayees.claims})`.mapWith(Number),
      amountMinor: sql`sum(${ofPayees.amountMinor})`.mapWith(BigInt),
      payees: count(),
    })
    .from(ofPayees)
    .groupBy(ofPayees.currency)
    .orderBy(ofPayees.currency)
}

type PlainValues = { bank: string; customerId: string; limit: number }

const prepareList = (list: Query['list']) => {
  type Value = ValueOf<PlainValues>
  const sort = defaultSorts[list]
  const where = (value: Value) =>
    wholeList({ bank: value('bank'), customerId: value('customerId') }, list)
  return {
    findPage: prepareOnce((db, value: Value) =>
      selectPage(db, { sort, limit: value('limit'), where: where(value) }),
    ),
    sumUp: prepareOnce((db, value: Value) => selectTotals(db, where(value))),
  }
}

/** The first page of a whole list, which is what nearly all ask for. */
const plainLists = {
  unsettled: prepareList('unsettled'),
  settled: prepareList('settled'),
}

const isPlain = ({ list, sort, filter, search, shopId, month, cursor }: Query) =>
  sort === defaultSorts[list] &&
  [filter, search, shopId, month, cursor].every((value) => value === undefined)

const findPageAndTotals = (
  { db }: Pick<ReadDeps, 'db'>,
  of: { bank: Bank; customerId: string } & At,
  query: Query & { sort: ClaimSort },
) => {
  const { list, sort, cursor } = query
  const limit = query.limit + 1
  if (isPlain(query)) {
    const values = { bank: of.bank.code, customerId: of.customerId, limit }
    const { findPage, sumUp } = plainLists[list]
    return Promise.all([findPage(db, values), sumUp(db, values)])
  }
  const where = conditions(of, query)
  const onPage = cursor === undefined ? where : and(where, isAfter(sort, cursor))
  return Promise.all([selectPage(db, { sort, limit, where: onPage }), selectTotals(db, where)])
}

const markSeen = async ({ db, clock }: ReadDeps, orderIds: string[]) => {
  if (orderIds.length === 0) return
  // In order of their ids, as every basket locks them; one that is being paid was seen before.
  const unseen = db
    .select({ orderId: claims.orderId })
    .from(claims)
    .where(and(inArray(claims.orderId, orderIds), isNull(claims.seenAt)))
    .orderBy(asc(claims.orderId))
    .for('update', { skipLocked: true })
  await db.update(claims).set({ seenAt: clock.now() }).where(inArray(claims.orderId, unseen))
}

/**
 * A page of the customer's unsettled (being paid included) or settled claims, with the totals of all
 * that match (Figs. 11, 33). What is new says so, and is marked as seen.
 */
export const listClaims = async (
  deps: ReadDeps,
  { bank, customerId, query }: { bank: Bank; customerId: string; query: Query },
): Promise<Reply> => {
  const now = deps.clock.now()
  const today = dateIn(bank.timeZone, now)
  const sort = query.sort ?? defaultSorts[query.list]
  if (sort === 'settled-at' && query.list === 'unsettled')
    throw fieldError('?sort', 'unsettled claims have no date of settlement')
  const of = { bank, customerId, now, today }
  const [found, totals] = await findPageAndTotals(deps, of, { ...query, sort })
  const shown = found.slice(0, query.limit).map(toParts)
  const last = shown.at(-1)
  if (query.list === 'unsettled')
    await markSeen(
      deps,
      shown.filter(({ claim }) => claim.seenAt === null).map(({ claim }) => claim.orderId),
    )
  return {
    claims: shown.map((row) => toClaim(row, { now, today })),
    nextCursor: found.length > query.limit && last ? cursorAfter(sort, last) : null,
    totals,
    today,
    timeZone: bank.timeZone,
  }
}
