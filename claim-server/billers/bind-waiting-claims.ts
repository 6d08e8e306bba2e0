import { and, eq, sql } from 'drizzle-orm'
import type { Transaction } from '#shared/database.ts'
import type { LocalDate } from '#shared/dates.ts'
import type { Customer } from '../claims/claims.queries.ts'
import { claimHistory, claims } from '../claims/claims.table.ts'
import type { Deps } from '../deps.ts'
import { writeNotices } from '../notices/write-notices.ts'
import { waitingClaims } from './billers.table.ts'

/**
 * The claims that waited for this number become the customer's: unsettled, or expired at once where
 * the limit has passed meanwhile. Returns how many can be paid; the customer is told of those.
 */
export const bindWaitingClaims = async (
  tx: Transaction,
  { clock, newId }: Pick<Deps, 'clock' | 'newId'>,
  of: Customer & { shopId: string; numberKey: string; account: string | null; today: LocalDate },
): Promise<number> => {
  const at = clock.now().toISOString()
  const bound = await tx.execute<{ order_id: string; status: string }>(sql`
    with bound as (
      update ${claims} as claim
      set status = case when claim.time_limit < ${of.today}::date then 'expired' else 'unsettled' end,
        closed_at = case when claim.time_limit < ${of.today}::date then ${at}::timestamptz end,
        customer_id = ${of.customerId}, account = ${of.account}::text,
        accepted_at = ${at}::timestamptz, revision = claim.revision + 1
      from ${waitingClaims} as waiting
      where waiting.shop_id = ${of.shopId} and waiting.number_key = ${of.numberKey}
        and claim.order_id = waiting.order_id and claim.status = 'provisional'
        and claim.bank = ${of.bank}
      returning claim.order_id, claim.status
    ), told as (
      insert into ${claimHistory} (order_id, at, event, by)
      select order_id, ${at}::timestamptz, status,
        case status when 'expired' then 'time' else 'customer' end from bound
    )
    select order_id, status from bound`)
  await tx
    .delete(waitingClaims)
    .where(and(eq(waitingClaims.shopId, of.shopId), eq(waitingClaims.numberKey, of.numberKey)))
  const payable = bound.filter((row) => row.status === 'unsettled')
  await writeNotices(
    tx,
    { newId },
    payable.map((row) => ({ orderId: row.order_id, event: 'new-claim', occasion: '' })),
  )
  return payable.length
}
