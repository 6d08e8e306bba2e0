import type { Sql } from 'postgres'
import { addBaskets } from '../bank/add-baskets.ts'
import type { BenchBank } from '../bank/start-bank.ts'

const due = {
  warning: `warn_on = (now() at time zone 'Asia/Tokyo')::date, warned_at = null`,
  expiry: `time_limit = (now() at time zone 'Asia/Tokyo')::date - 1, warned_at = now()`,
}

/** Open claims of which so many are due: to be warned of, or to expire. */
export const addDueClaims = async (
  { sql, world, shops }: BenchBank,
  kind: keyof typeof due,
  count: number,
): Promise<void> => {
  const baskets = await addBaskets(sql.claims, {
    baskets: count,
    claimsEach: 1,
    customerIds: world.customers.map((one) => one.customerId),
    shopIds: shops.map((one) => one.shopId),
  })
  const numbers = baskets.flatMap((basket) => basket.claims.map((claim) => claim.orderNumber))
  await setDue(sql.claims, kind, numbers)
}

const setDue = (sql: Sql, kind: keyof typeof due, numbers: string[]) =>
  sql.unsafe(
    `update claim_server.claims set ${due[kind]}
     where order_id in (select id from claim_server.orders where order_number = any ($1::text[]))`,
    [numbers],
  )
