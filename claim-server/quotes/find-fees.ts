import { and, desc, eq, gt, isNull, lte, or } from 'drizzle-orm'
import type { Database, Transaction } from '#shared/database.ts'
import type { LocalDate } from '#shared/dates.ts'
import { fees } from './fees.table.ts'
import type { FeeRule } from './price-groups.ts'

/** The bank's fee table as it counts on that day; where lines overlap, the newest comes first. */
export const findFees = (
  db: Database | Transaction,
  bank: string,
  day: LocalDate,
): Promise<FeeRule[]> =>
  db
    .select({
      relation: fees.relation,
      fromAmountMinor: fees.fromAmountMinor,
      belowAmountMinor: fees.belowAmountMinor,
      feeMinor: fees.feeMinor,
    })
    .from(fees)
    .where(
      and(
        eq(fees.bank, bank),
        lte(fees.validFrom, day),
        or(isNull(fees.validUntil), gt(fees.validUntil, day)),
      ),
    )
    .orderBy(desc(fees.validFrom), desc(fees.id))
