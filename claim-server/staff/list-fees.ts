import { and, asc, desc, eq, gt, isNull, or } from 'drizzle-orm'
import type { Transaction } from '#shared/database.ts'
import { dateIn } from '#shared/dates.ts'
import type { ServiceCaller } from '#shared/service-token.ts'
import type { ReplyOf } from '#shared/contracts/call.ts'
import type { listFees as listFeesCall } from '#shared/contracts/staff.ts'
import type { Deps } from '../deps.ts'
import { fees } from '../quotes/fees.table.ts'
import { byStaff } from './by-staff.ts'

type Reply = ReplyOf<typeof listFeesCall>

/** The bank's fee table, past and coming lines too; lines that were replaced before they counted are left out. */
export const findFeeTable = (tx: Transaction, bank: string): Promise<Reply['fees']> =>
  tx
    .select({
      feeId: fees.id,
      relation: fees.relation,
      fromAmountMinor: fees.fromAmountMinor,
      belowAmountMinor: fees.belowAmountMinor,
      feeMinor: fees.feeMinor,
      validFrom: fees.validFrom,
      validUntil: fees.validUntil,
    })
    .from(fees)
    .where(
      and(eq(fees.bank, bank), or(isNull(fees.validUntil), gt(fees.validUntil, fees.validFrom))),
    )
    .orderBy(asc(fees.relation), desc(fees.validFrom), asc(fees.fromAmountMinor), asc(fees.id))

/** The fee table of the caller's bank in minor units, and the bank's own date today; read on behalf of staff alone. */
export const listFees = async (
  deps: Pick<Deps, 'db' | 'clock'>,
  { caller }: { caller: ServiceCaller },
): Promise<Reply> =>
  byStaff(deps, caller, { act: 'listFees', subject: 'fees' }, async ({ tx, bank }) => ({
    fees: await findFeeTable(tx, bank.code),
    today: dateIn(bank.timeZone, deps.clock.now()),
  }))
