import { sql } from 'drizzle-orm'
import { claimHistory, claims } from '../claims/claims.table.ts'
import type { Deps } from '../deps.ts'

const batch = 500

/**
 * provisional → abandoned for orders that nobody accepted in time, by the business clock. Replicas
 * share the work; a row that is just being accepted is left to its customer. Returns how many.
 */
export const abandonOrders = async ({ db, clock }: Pick<Deps, 'db' | 'clock'>): Promise<number> => {
  let abandoned = 0
  for (;;) {
    const at = clock.now().toISOString()
    const rows = await db.execute(sql`
      with late as (
        select order_id from ${claims}
        where listed_as = 'provisional' and open_until <= ${at}::timestamptz
        order by open_until limit ${batch} for update skip locked
      ), closed as (
        update ${claims} as claim
        set status = 'abandoned', closed_at = ${at}::timestamptz,
          revision = claim.revision + 1
        from late where claim.order_id = late.order_id
        returning claim.order_id
      )
      insert into ${claimHistory} (order_id, at, event, by)
      select order_id, ${at}::timestamptz, 'abandoned', 'time' from closed
      returning order_id`)
    abandoned += rows.length
    if (rows.length < batch) return abandoned
  }
}
