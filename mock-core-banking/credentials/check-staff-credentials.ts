import { eq } from 'drizzle-orm'
import type { StaffRole } from '#shared/contracts/core-banking.ts'
import type { Deps } from '../deps.ts'
import { staff } from './credentials.table.ts'
import { passwordFits } from '#shared/hash-password.ts'
import { normalId } from '#shared/normal-id.ts'

export interface StaffMember {
  staffId: string
  name: string
  roles: StaffRole[]
  /** Good for choosing an own one, for nothing else. */
  passwordIsTemporary: boolean
}

/**
 * Checks a staff member's sign-in. One answer, in the same time, for unknown ids, wrong passwords and
 * members who are suspended.
 */
export const checkStaffCredentials = async (
  { config, db }: Pick<Deps, 'config' | 'db'>,
  { staffId, password }: { staffId: string; password: string },
): Promise<{ outcome: 'accepted'; staff: StaffMember } | { outcome: 'not-accepted' }> => {
  const [found] = await db
    .select()
    .from(staff)
    .where(eq(staff.staffId, normalId(staffId)))
  const fits = await passwordFits(config, found?.passwordHash, password)
  if (!found || !fits || found.suspendedAt) return { outcome: 'not-accepted' }
  const { name, roles, passwordIsTemporary } = found
  return {
    outcome: 'accepted',
    staff: { staffId: found.staffId, name, roles, passwordIsTemporary },
  }
}
