import { sql } from 'drizzle-orm'
import { dateIn } from '#shared/dates.ts'
import { banks } from '../banks/banks.table.ts'
import { claimHistory, claims } from '../claims/claims.table.ts'
import type { Deps } from '../deps.ts'
import { writeNotices } from '../notices/write-notices.ts'
import { shops } from '../shops/shops.table.ts'

const batch = 500

const warnBatch = (deps: Pick<Deps, 'db' | 'clock' | 'newId'>, bank: string, timeZone: string) =>
  deps.db.transaction(async (tx) => {
    const at = deps.clock.now()
    const today = dateIn(timeZone, at)
    const warned = await tx.execute<{ order_id: string; time_limit: string }>(sql`
      with due as (
        select order_id from ${claims}
        where listed_as = 'unsettled' and status = 'unsettled' and bank = ${bank}
          and warned_at is null
          and warn_on <= ${today}::date and time_limit >= ${today}::date
          and shop_id not in (select id from ${shops} where status = 'suspended')
        order by warn_on limit ${batch} for update skip locked
      ), marked as (
        update ${claims} as claim set warned_at = ${at.toISOString()}::timestamptz
        from due where claim.order_id = due.order_id
        returning claim.order_id, claim.time_limit
      ), told as (
        insert into ${claimHistory} (order_id, at, event, by)
        select order_id, ${at.toISOString()}::timestamptz, 'warned', 'time' from marked
      )
      select order_id, time_limit::text from marked`)
    await writeNotices(
      tx,
      deps,
      warned.map((row) => ({
        orderId: row.order_id,
        event: 'limit-warning',
        occasion: row.time_limit,
      })),
    )
    return warned.length
  })

/**
 * Warns customer and shop of a limit, once each (Fig. 17, S137-S139): every claim whose warning date
 * has come and that was not warned of, so that days of downtime lose none. Nobody is asked to pay a
 * shop that is suspended: once it is back, so is the warning. Returns how many.
 */
export const warnOfLimits = async (deps: Pick<Deps, 'db' | 'clock' | 'newId'>): Promise<number> => {
  const rows = await deps.db.select({ code: banks.code, timeZone: banks.timeZone }).from(banks)
  let total = 0
  for (const { code, timeZone } of rows) {
    for (let last = batch; last === batch; total += last)
      last = await warnBatch(deps, code, timeZone)
  }
  return total
}
