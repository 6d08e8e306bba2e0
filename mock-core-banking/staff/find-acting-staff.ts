import { eq } from 'drizzle-orm'
import type { DeskRole } from '#shared/contracts/core-staff.ts'
import { AppError } from '#shared/errors.ts'
import type { ServiceCaller } from '#shared/service-token.ts'
import { normalId } from '#shared/normal-id.ts'
import { staff } from '../credentials/credentials.table.ts'
import type { Deps } from '../deps.ts'

export type StaffRow = typeof staff.$inferSelect

/** The staff member on whose behalf a call is made, whatever their roles. Throws `forbidden`. */
export const findCallingStaff = async (
  { db }: Pick<Deps, 'db'>,
  { onBehalfOf }: Pick<ServiceCaller, 'onBehalfOf'>,
): Promise<StaffRow> => {
  const [, staffId] = /^staff:(.+)$/.exec(onBehalfOf ?? '') ?? []
  if (!staffId) throw new AppError('forbidden')
  const [found] = await db
    .select()
    .from(staff)
    .where(eq(staff.staffId, normalId(staffId)))
  if (!found || found.suspendedAt) throw new AppError('forbidden')
  return found
}

/** The same, with one of these roles and a password of their own. Throws `forbidden`. */
export const findActingStaff = async (
  deps: Pick<Deps, 'db'>,
  caller: Pick<ServiceCaller, 'onBehalfOf'>,
  ...roles: DeskRole[]
): Promise<StaffRow> => {
  const found = await findCallingStaff(deps, caller)
  const may = found.roles.some((role) => roles.some((one) => one === role))
  if (!may || found.passwordIsTemporary) throw new AppError('forbidden')
  return found
}
