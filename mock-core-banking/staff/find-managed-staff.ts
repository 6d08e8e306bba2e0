import { eq } from 'drizzle-orm'
import { AppError } from '#shared/errors.ts'
import type { ServiceCaller } from '#shared/service-token.ts'
import { normalId } from '#shared/normal-id.ts'
import { staff } from '../credentials/credentials.table.ts'
import type { Deps } from '../deps.ts'
import { findActingStaff, type StaffRow } from './find-acting-staff.ts'

export interface Managed {
  acting: StaffRow
  member: StaffRow
}

/** Who is managed, and the approver who does it. Throws `forbidden` for oneself, and `not-found`. */
export const findManagedStaff = async (
  deps: Pick<Deps, 'db'>,
  { staffId: typed, caller }: { staffId: string; caller: ServiceCaller },
): Promise<Managed> => {
  const acting = await findActingStaff(deps, caller, 'approver')
  const staffId = normalId(typed)
  if (staffId === acting.staffId) throw new AppError('forbidden', { detail: 'oneself' })
  const [member] = await deps.db.select().from(staff).where(eq(staff.staffId, staffId))
  if (!member) throw new AppError('not-found')
  return { acting, member }
}
