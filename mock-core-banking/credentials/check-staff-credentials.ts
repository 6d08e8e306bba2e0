import { eq } from 'drizzle-orm'
import type { StaffRole } from '#shared/contracts/core-banking.ts'
import type { Deps } from '../deps.ts'
import { normalId } from './check-credentials.ts'
import { staff } from './credentials.table.ts'
import { passwordFits } from '#shared/hash-password.ts'

export interface StaffMember {
  staffId: string
  name: string
  roles: StaffRole[]
}

/** Checks a staff member's sign-in. One answer, in the same time, for unknown ids and wrong passwords. */
export const checkStaffCredentials = async (
  { config, db }: Pick<Deps, 'config' | 'db'>,
  { staffId, password }: { staffId: string; password: string },
): Promise<{ outcome: 'accepted'; staff: StaffMember } | { outcome: 'not-accepted' }> => {
  const [found] = await db
    .select()
    .from(staff)
    .where(eq(staff.staffId, normalId(staffId)))
  const fits = await passwordFits(config, found?.passwordHash, password)
  if (!found || !fits) return { outcome: 'not-accepted' }
  return {
    outcome: 'accepted',
    staff: { staffId: found.staffId, name: found.name, roles: found.roles },
  }
}
