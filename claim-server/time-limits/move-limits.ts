import { sql } from 'drizzle-orm'
import type { Transaction } from '#shared/database.ts'
import { daysBetween, type LocalDate } from '#shared/dates.ts'
import { claimHistory, claims } from '../claims/claims.table.ts'
import type { Deps } from '../deps.ts'
import { effectiveLimit } from './effective-limit.ts'
import { findHolidays } from './holidays.ts'

/**
 * Moves the limits of open claims off a day that has become a holiday, to the next business day; the
 * first limit is kept beside, and a warning that was not sent moves along. Returns how many.
 */
export const moveLimitsOff = async (
  tx: Transaction,
  { clock }: Pick<Deps, 'clock'>,
  { bank, date, by }: { bank: string; date: LocalDate; by: `staff:${string}` },
): Promise<number> => {
  const isHoliday = await findHolidays(tx, bank, { from: date, until: date })
  const moved = effectiveLimit(date, isHoliday)
  if (moved === date) return 0
  const days = daysBetween(date, moved)
  const at = clock.now().toISOString()
  let count = 0
  // One statement for each: only what is unsettled has an index by its limit.
  for (const listedAs of ['unsettled', 'provisional']) {
    const rows = await tx.execute(sql`
      with moved as (
        update ${claims} as claim
        set time_limit = ${moved}::date, revision = claim.revision + 1,
          original_time_limit = coalesce(claim.original_time_limit, claim.time_limit),
          warn_on = case when claim.warned_at is null then claim.warn_on + ${days}::int
            else claim.warn_on end
        where claim.listed_as = ${sql.raw(`'${listedAs}'`)} and claim.bank = ${bank}
          and claim.time_limit = ${date}::date
        returning claim.order_id
      )
      insert into ${claimHistory} (order_id, at, event, by, reason)
      select order_id, ${at}::timestamptz, 'limit-moved', ${by}, ${`${date} → ${moved}`} from moved
      returning order_id`)
    count += rows.length
  }
  return count
}
