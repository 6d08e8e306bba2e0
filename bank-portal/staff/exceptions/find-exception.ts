import type { ReplyOf } from '#shared/contracts/call.ts'
import { listExceptions } from '#shared/contracts/staff.ts'
import { AppError } from '#shared/errors.ts'
import type { Calls } from '../../deps.ts'
import { askClaimServer } from '../staff-client.ts'
import type { StaffMember } from '../staff-deps.ts'

export type Exceptions = ReplyOf<typeof listExceptions>
export type ExceptionCase = Exceptions['exceptions'][number]

/** One case, open or closed. Throws `not-found`. */
export const findException = async (
  deps: Pick<Calls, 'callClaimServer'>,
  member: StaffMember,
  exceptionId: string,
): Promise<ExceptionCase> => {
  const ask = askClaimServer(deps, member)
  const { exceptions } = await ask(listExceptions, { query: { exceptionId, limit: 1 } })
  const found = exceptions.find((one) => one.exceptionId === exceptionId)
  if (!found) throw new AppError('not-found')
  return found
}
