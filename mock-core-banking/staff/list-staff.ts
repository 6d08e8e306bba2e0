import { asc } from 'drizzle-orm'
import type { BankStaffMember } from '#shared/contracts/core-staff.ts'
import type { ServiceCaller } from '#shared/service-token.ts'
import { staff } from '../credentials/credentials.table.ts'
import type { Deps } from '../deps.ts'
import { findActingStaff } from './find-acting-staff.ts'

/** Everybody who works at the bank, by id. Throws `forbidden` for others than approvers. */
export const listStaff = async (
  deps: Pick<Deps, 'db'>,
  { caller }: { caller: ServiceCaller },
): Promise<{ staff: BankStaffMember[] }> => {
  await findActingStaff(deps, caller, 'approver')
  const { staffId, name, roles, passwordIsTemporary, suspendedAt } = staff
  const rows = await deps.db
    .select({ staffId, name, roles, passwordIsTemporary, suspendedAt })
    .from(staff)
    .orderBy(asc(staffId))
  return { staff: rows }
}
