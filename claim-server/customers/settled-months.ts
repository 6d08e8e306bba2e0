import { and, count, desc, eq, type SQL, sql } from 'drizzle-orm'
import type { ReplyOf } from '#shared/contracts/call.ts'
import type { settledMonths as settledMonthsCall } from '#shared/contracts/customer-choices.ts'
import type { Bank } from '../banks/find-bank.ts'
import { isListedAs, isOf, type ReadDeps } from '../claims/claims.queries.ts'
import { claims } from '../claims/claims.table.ts'
import { shops } from '../shops/shops.table.ts'

interface Sum {
  count: number
  currency: (typeof claims.$inferSelect)['currency']
  amountMinor: bigint
}

/** Rows of one key and several currencies become one, keys in the order in which they first come. */
const byKey = <Row extends Sum>(rows: readonly Row[], keyOf: (row: Row) => string) => {
  const found = new Map<string, { row: Row; count: number; totals: Omit<Sum, 'count'>[] }>()
  for (const row of rows) {
    const known = found.get(keyOf(row)) ?? { row, count: 0, totals: [] }
    known.count += row.count
    known.totals.push({ currency: row.currency, amountMinor: row.amountMinor })
    found.set(keyOf(row), known)
  }
  return [...found.values()]
}

/**
 * A customer's settled claims by month at the bank, newest first, and by shop in the order of their
 * names, with totals per currency: headings and choices of the history.
 */
export const settledMonths = async (
  { db }: ReadDeps,
  { bank, customerId }: { bank: Bank; customerId: string },
): Promise<ReplyOf<typeof settledMonthsCall>> => {
  const settled: SQL | undefined = and(isOf({ bank: bank.code, customerId }), isListedAs('settled'))
  // A subquery: its zone is a parameter, and two parameters are never the same expression to group by.
  const dated = db
    .select({
      month:
        sql<string>`to_char(${claims.settledAt} at time zone ${bank.timeZone}::text, 'YYYY-MM')`.as(
          'month',
        ),
      currency: claims.currency,
      amountMinor: claims.amountMinor,
    })
    .from(claims)
    .where(settled)
    .as('dated')
  const [months, ofShops] = await Promise.all([
    db
      .select({
        month: dated.month,
        currency: dated.currency,
        count: count(),
        amountMinor: sql`sum(${dated.amountMinor})`.mapWith(BigInt),
      })
      .from(dated)
      .groupBy(dated.month, dated.currency)
      .orderBy(desc(dated.month), dated.currency),
    db
      .select({
        shopId: shops.id,
        name: shops.name,
        nameJa: shops.nameJa,
        currency: claims.currency,
        count: count(),
        amountMinor: sql`sum(${claims.amountMinor})`.mapWith(BigInt),
      })
      .from(claims)
      .innerJoin(shops, eq(shops.id, claims.shopId))
      .where(settled)
      .groupBy(shops.id, claims.currency)
      .orderBy(sql`lower(${shops.name}) collate "C"`, shops.id, claims.currency),
  ])
  return {
    months: byKey(months, (one) => one.month).map(({ row, ...sum }) => ({
      month: row.month,
      ...sum,
    })),
    shops: byKey(ofShops, (one) => one.shopId).map(({ row, ...sum }) => ({
      shopId: row.shopId,
      name: row.name,
      nameJa: row.nameJa,
      ...sum,
    })),
  }
}
