import { and, desc, eq, gte, ilike, inArray, lt, lte, or, type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Transaction } from '#shared/database.ts'
import { parseOrderNumber } from '#shared/order-number.ts'
import type { ServiceCaller } from '#shared/service-token.ts'
import type { Received, ReplyOf } from '#shared/contracts/call.ts'
import type { searchClaims as searchClaimsCall } from '#shared/contracts/staff.ts'
import { customers } from '../banks/banks.table.ts'
import { hasStatus } from '../claims/claims.queries.ts'
import { claims } from '../claims/claims.table.ts'
import { readCursor } from '../cursor.ts'
import type { Deps } from '../deps.ts'
import { orders } from '../orders/orders.table.ts'
import { shops } from '../shops/shops.table.ts'
import { byStaff } from './by-staff.ts'
import { inWords } from './in-words.ts'
import { contains, toPage } from './pages.ts'
import { selectStaffClaims, toStaffClaim } from './staff-claims.queries.ts'

type Query = Received<typeof searchClaimsCall>['query']

const mostNames = 500
const nothing = sql`false`

const findCustomers = (tx: Transaction, bank: string, which: SQL) =>
  tx
    .select({ customerId: customers.customerId })
    .from(customers)
    .where(and(eq(customers.bank, bank), which))
    .limit(mostNames)

const ofCustomer = async (tx: Transaction, bank: string, text: string): Promise<SQL> => {
  // The names of all customers are read only for what is nobody's id.
  const byId = await findCustomers(tx, bank, eq(customers.customerId, text))
  const found =
    byId.length > 0 ? byId : await findCustomers(tx, bank, ilike(customers.name, contains(text)))
  return found.length === 0
    ? nothing
    : inArray(
        claims.customerId,
        found.map((row) => row.customerId),
      )
}

const ofShop = async (tx: Transaction, bank: string, text: string): Promise<SQL> => {
  const found = await tx
    .select({ id: shops.id })
    .from(shops)
    .where(
      and(
        eq(shops.bank, bank),
        or(
          eq(sql`${shops.id}::text`, text),
          ilike(shops.name, contains(text)),
          ilike(shops.nameJa, contains(text)),
        ),
      ),
    )
    .limit(mostNames)
  return found.length === 0
    ? nothing
    : inArray(
        claims.shopId,
        found.map((row) => row.id),
      )
}

// The account that was chosen at acceptance, and every account that a payment was made from. A union:
// with an "or" over two tables the database would read all claims.
const ofAccount = (account: string) => sql`${claims.orderId} in (
  select order_id from claim_server.claims where account = ${account}
  union
  select paid.order_id from claim_server.payment_claims as paid
    join claim_server.payments as payment on payment.id = paid.payment_id
    where payment.account = ${account})`

const ofNumber = (text: string) => {
  const number = parseOrderNumber(text)
  return number ? eq(orders.orderNumber, number) : nothing
}

// Days are put in order by their own index: by the ids alone, the database would read every order
// since the last of those days.
const isByDay = ({ from, until }: Query) => from !== undefined || until !== undefined

const place = z.object({ day: z.iso.date(), id: z.uuid() })

const isAfter = (query: Query): SQL | undefined => {
  if (query.cursor === undefined) return undefined
  const { day, id } = readCursor(place, query.cursor)
  return isByDay(query)
    ? sql`(${orders.orderedOn}, ${orders.id}) < (${day}::date, ${id}::uuid)`
    : sql`${orders.id} < ${id}::uuid`
}

const unusual: readonly string[] = ['abandoned', 'expired', 'cancelled', 'declined']

// The database would walk all orders from the newest on, as if the rare ones were spread among them
// evenly: their own index has the page at once.
const isOnUnusualPage = (bank: string, query: Query): SQL | undefined => {
  const { status, amountMinor, cursor, limit } = query
  if (status === undefined || !unusual.includes(status) || isByDay(query)) return undefined
  if (query.customer || query.shop || query.account || query.orderNumber) return undefined
  const before = cursor === undefined ? undefined : readCursor(place, cursor).id
  const where = and(
    eq(claims.bank, bank),
    hasStatus(status),
    amountMinor === undefined ? undefined : eq(claims.amountMinor, amountMinor),
    before === undefined ? undefined : lt(claims.orderId, before),
  )
  return sql`${orders.id} in (select ${claims.orderId} from ${claims} where ${where}
    order by ${desc(claims.orderId)} ${sql.raw(`limit ${limit + 1}`)})`
}

const conditions = async (tx: Transaction, bank: string, query: Query) => {
  const said = (text: string | undefined) => (text?.trim() === '' ? undefined : text?.trim())
  const customer = said(query.customer)
  const shop = said(query.shop)
  const account = said(query.account)
  const number = said(query.orderNumber)
  return and(
    eq(claims.bank, bank),
    number === undefined ? undefined : ofNumber(number),
    customer === undefined ? undefined : await ofCustomer(tx, bank, customer),
    shop === undefined ? undefined : await ofShop(tx, bank, shop),
    account === undefined ? undefined : ofAccount(account),
    query.amountMinor === undefined ? undefined : eq(orders.amountMinor, query.amountMinor),
    query.from === undefined ? undefined : gte(orders.orderedOn, query.from),
    query.until === undefined ? undefined : lte(orders.orderedOn, query.until),
    query.status === undefined ? undefined : hasStatus(query.status),
    isOnUnusualPage(bank, query),
    isAfter(query),
  )
}

/**
 * Finds any claim of the bank, newest first, by number, customer (id, or part of the name), account
 * (accepted with or paid from), shop (id, or part of the name), amount, days of the order, status.
 */
export const searchClaims = async (
  deps: Pick<Deps, 'db' | 'clock'>,
  { query, caller }: { query: Query; caller: ServiceCaller },
): Promise<ReplyOf<typeof searchClaimsCall>> =>
  byStaff(
    deps,
    caller,
    { act: 'searchClaims', subject: 'claims', detail: inWords(query) },
    async ({ tx, bank }) => {
      const rows = await selectStaffClaims(tx)
        .where(await conditions(tx, bank.code, query))
        .orderBy(...(isByDay(query) ? [desc(orders.orderedOn)] : []), desc(orders.id))
        .limit(query.limit + 1)
      const { shown, nextCursor } = toPage(rows, query.limit, ({ id, orderedOn: day }) => ({
        day,
        id,
      }))
      return { claims: shown.map(toStaffClaim), nextCursor }
    },
  )
