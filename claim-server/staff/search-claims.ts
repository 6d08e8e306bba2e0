import { and, desc, eq, gte, ilike, inArray, lte, or, type SQL, sql } from 'drizzle-orm'
import * as z from 'zod'
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

const unusual: readonly string[] = ['abandoned', 'expired', 'cancelled', 'declined']

/**
 * Whether the claims alone tell which are shown: those of one customer, and the rare states, which the
 * database would otherwise look for in all orders from the newest on, as if they were spread evenly.
 */
const isByClaims = (query: Query): boolean => {
  const { customer, shop, account, orderNumber, status } = query
  if (orderNumber) return false
  if (customer) return true
  return !shop && !account && !isByDay(query) && status !== undefined && unusual.includes(status)
}

// Claims have copies of what lists and totals need of their orders.
const columnsOf = (query: Query) =>
  isByClaims(query)
    ? { id: claims.orderId, day: claims.orderedOn, amountMinor: claims.amountMinor }
    : { id: orders.id, day: orders.orderedOn, amountMinor: orders.amountMinor }

const inOrder = (query: Query): SQL[] => {
  const { id, day } = columnsOf(query)
  return isByDay(query) ? [desc(day), desc(id)] : [desc(id)]
}

const place = z.object({ day: z.iso.date(), id: z.uuid() })

const isAfter = (query: Query): SQL | undefined => {
  if (query.cursor === undefined) return undefined
  const columns = columnsOf(query)
  const { day, id } = readCursor(place, query.cursor)
  return isByDay(query)
    ? sql`(${columns.day}, ${columns.id}) < (${day}::date, ${id}::uuid)`
    : sql`${columns.id} < ${id}::uuid`
}

const conditions = async (tx: Transaction, bank: string, query: Query) => {
  const said = (text: string | undefined) => (text?.trim() === '' ? undefined : text?.trim())
  const customer = said(query.customer)
  const shop = said(query.shop)
  const account = said(query.account)
  const number = said(query.orderNumber)
  const { day, amountMinor } = columnsOf(query)
  return and(
    eq(claims.bank, bank),
    number === undefined ? undefined : ofNumber(number),
    customer === undefined ? undefined : await ofCustomer(tx, bank, customer),
    shop === undefined ? undefined : await ofShop(tx, bank, shop),
    account === undefined ? undefined : ofAccount(account),
    query.amountMinor === undefined ? undefined : eq(amountMinor, query.amountMinor),
    query.from === undefined ? undefined : gte(day, query.from),
    query.until === undefined ? undefined : lte(day, query.until),
    query.status === undefined ? undefined : hasStatus(query.status),
    isAfter(query),
  )
}

// The limit is written out: one that it does not know, the database takes for a tenth of everything.
// An array: with a subquery it may walk all orders beside it.
const isOnPage = async (tx: Transaction, bank: string, query: Query): Promise<SQL | undefined> => {
  const where = await conditions(tx, bank, query)
  if (!isByClaims(query)) return where
  return sql`${orders.id} = any(array(select ${claims.orderId} from ${claims} where ${where}
    order by ${sql.join(inOrder(query), sql`, `)} ${sql.raw(`limit ${query.limit + 1}`)}))`
}

/**
 * Finds any claim of the bank, newest first, by number, customer (id, or part of the name where it is nobody's id), account
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
        .where(await isOnPage(tx, bank.code, query))
        .orderBy(...inOrder(query))
        .limit(query.limit + 1)
      const { shown, nextCursor } = toPage(rows, query.limit, ({ id, orderedOn: day }) => ({
        day,
        id,
      }))
      return { claims: shown.map(toStaffClaim), nextCursor }
    },
  )
