import type { Transaction } from '#shared/database.ts'
import { AppError } from '#shared/errors.ts'
import type { ServiceCaller } from '#shared/service-token.ts'
import type { Bank } from '../banks/find-bank.ts'
import { findCallingBank } from '../banks/find-bank.ts'
import { changeByCall } from '../change-by-call.ts'
import type { Deps } from '../deps.ts'
import { auditLog } from './audit.table.ts'

/** Who of which bank's staff acts; in the transaction that also holds the audit row. */
export interface ByStaff {
  tx: Transaction
  bank: Bank
  staffId: string
}

/** What the audit log says of a call. */
export interface Act {
  act: string
  subject: string
  detail?: string | null
}

const staffIdOf = ({ onBehalfOf }: ServiceCaller): string => {
  const [, staffId] = /^staff:([A-Za-z0-9._@-]{1,60})$/.exec(onBehalfOf ?? '') ?? []
  if (staffId === undefined) throw new AppError('not-found')
  return staffId
}

/**
 * Does a staff call's work in one transaction with its audit row and its spent token: what can't be
 * written down is not read either. A refused call is in the log too. Throws `not-found` for a call
 * that is not made on behalf of a member of staff.
 */
export const byStaff = async <T>(
  deps: Pick<Deps, 'db' | 'clock'>,
  caller: ServiceCaller,
  { act, subject, detail = null }: Act,
  work: (by: ByStaff) => Promise<T>,
): Promise<T> => {
  const staffId = staffIdOf(caller)
  const bank = await findCallingBank(deps, caller)
  return changeByCall(deps, caller, async (tx) => {
    await tx
      .insert(auditLog)
      .values({ bank: bank.code, at: deps.clock.now(), staffId, act, subject, detail })
    return work({ tx, bank, staffId })
  })
}
