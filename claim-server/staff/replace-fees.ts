import { and, eq, gt, isNull, or, sql } from 'drizzle-orm'
import { dateIn } from '#shared/dates.ts'
import type { ServiceCaller } from '#shared/service-token.ts'
import type { Received, ReplyOf } from '#shared/contracts/call.ts'
import type { replaceFees as replaceFeesCall } from '#shared/contracts/staff.ts'
import type { Deps } from '../deps.ts'
import { fees } from '../quotes/fees.table.ts'
import { byStaff } from './by-staff.ts'
import { checkRanges } from './check-ranges.ts'
import { findFeeTable } from './list-fees.ts'

type Input = Received<typeof replaceFeesCall>

/**
 * Replaces the fees of one relation from a day on, today at the earliest. A range ends where the next
 * begins, so that they meet without a gap. Lines before keep their days: payments made then were priced
 * by them. Answers the whole table; throws `invalid` naming the field.
 */
export const replaceFees = async (
  deps: Pick<Deps, 'db' | 'clock' | 'newId'>,
  { params: { relation }, body, caller }: Input & { caller: ServiceCaller },
): Promise<ReplyOf<typeof replaceFeesCall>> => {
  const { validFrom, ranges } = body
  const said = ranges.map((range) => `from ${range.fromAmountMinor}: ${range.feeMinor}`)
  const detail = `from ${validFrom} on: ${said.join('; ')}`
  return byStaff(deps, caller, { act: 'replaceFees', subject: relation, detail }, async (by) => {
    const { tx, bank } = by
    checkRanges(body, dateIn(bank.timeZone, deps.clock.now()))
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('replace fees', 0))`)
    await tx
      .update(fees)
      .set({ validUntil: sql`greatest(${fees.validFrom}, ${validFrom}::date)` })
      .where(
        and(
          eq(fees.bank, bank.code),
          eq(fees.relation, relation),
          or(isNull(fees.validUntil), gt(fees.validUntil, validFrom)),
        ),
      )
    await tx.insert(fees).values(
      ranges.map((range, at) => ({
        ...range,
        id: deps.newId(),
        bank: bank.code,
        relation,
        belowAmountMinor: ranges[at + 1]?.fromAmountMinor ?? null,
        validFrom,
      })),
    )
    return { fees: await findFeeTable(tx, bank.code) }
  })
}
