import { sql } from 'drizzle-orm'
import { dateIn } from '#shared/dates.ts'
import { banks } from '../banks/banks.table.ts'
import { claimHistory, claims } from '../claims/claims.table.ts'
import type { Deps } from '../deps.ts'
import { writeNotices } from '../notices/write-notices.ts'

const batch = 500

// A payment authorised just before midnight is on time and may take five minutes to be submitted.
const graceMs = 6 * 60_000

const expireBatch = (deps: Pick<Deps, 'db' | 'clock' | 'newId'>, bank: string, timeZone: string) =>
  deps.db.transaction(async (tx) => {
    const at = deps.clock.now()
    const firstPayableDay = dateIn(timeZone, new Date(at.getTime() - graceMs))
    const expired = await tx.execute<{ order_id: string; time_limit: string }>(sql`
      with late as (
        select order_id from ${claims}
        where listed_as = 'unsettled' and status = 'unsettled' and bank = ${bank}
          and time_limit < ${firstPayableDay}::date
        order by time_limit limit ${batch} for update skip locked
      ), closed as (
        update ${claims} as claim
        set status = 'expired', closed_at = ${at.toISOString()}::timestamptz,
          revision = claim.revision + 1
        from late where claim.order_id = late.order_id
        returning claim.order_id, claim.time_limit
      ), told as (
        insert into ${claimHistory} (order_id, at, event, by)
        select order_id, ${at.toISOString()}::timestamptz, 'expired', 'time' from closed
      )
      select order_id, time_limit::text from closed`)
    await writeNotices(
      tx,
      deps,
      expired.map((row) => ({
        orderId: row.order_id,
        event: 'claim-expired',
        occasion: row.time_limit,
      })),
    )
    return expired.length
  })

/**
 * unsettled → expired for claims whose time limit has passed by six minutes, both told (Fig. 17). A
 * tombstone: the row and its history stay. Replicas share the work; a claim that is being held is
 * left alone. Returns how many expired.
 */
export const expireClaims = async (deps: Pick<Deps, 'db' | 'clock' | 'newId'>): Promise<number> => {
  const rows = await deps.db.select({ code: banks.code, timeZone: banks.timeZone }).from(banks)
  let total = 0
  for (const { code, timeZone } of rows) {
    for (let last = batch; last === batch; total += last)
      last = await expireBatch(deps, code, timeZone)
  }
  return total
}
