import { eq } from 'drizzle-orm'
import type { ServiceCaller } from '#shared/service-token.ts'
import { spendToken } from '#shared/spent-tokens.ts'
import { staff } from '../credentials/credentials.table.ts'
import type { Deps } from '../deps.ts'
import { spentTokens } from '../spent-tokens.table.ts'
import { findManagedStaff } from './find-managed-staff.ts'

/** Suspends somebody else, from this moment on, or takes them back. */
export const suspendStaff = async (
  deps: Pick<Deps, 'db'>,
  { staffId, suspended, caller }: { staffId: string; suspended: boolean; caller: ServiceCaller },
): Promise<{ suspended: boolean }> => {
  const { member } = await findManagedStaff(deps, { staffId, caller })
  return deps.db.transaction(async (tx) => {
    await spendToken(tx, spentTokens, caller)
    await tx
      .update(staff)
      .set({ suspendedAt: suspended ? (member.suspendedAt ?? new Date()) : null })
      .where(eq(staff.staffId, member.staffId))
    return { suspended }
  })
}
