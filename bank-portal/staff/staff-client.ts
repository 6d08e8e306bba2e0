import type { AnyCall, ReplyOf, Sent } from '#shared/contracts/call.ts'
import { checkStaffCredentials as checkStaffCredentialsCall } from '#shared/contracts/core-banking.ts'
import { recordAct as recordActCall } from '#shared/contracts/staff.ts'
import type { ServiceClient } from '#shared/service-client.ts'
import type { Calls } from '../deps.ts'
import type { StaffMember } from './staff-deps.ts'

type Who = Pick<StaffMember, 'staffId'>

const onBehalfOf = ({ staffId }: Who) => ({ onBehalfOf: `staff:${staffId}` })

const askAs =
  (client: ServiceClient, member: Who) =>
  <C extends AnyCall>(call: C, sent: Sent<C>): Promise<ReplyOf<C>> =>
    client(call, sent, onBehalfOf(member))

/**
 * Calls on behalf of a member of staff: the claim server writes each into the audit log, the core
 * looks up what the member may. Each throws the peer's `AppError`, or `NoAnswer`.
 */
export const askClaimServer = ({ callClaimServer }: Pick<Calls, 'callClaimServer'>, member: Who) =>
  askAs(callClaimServer, member)

export const askCore = ({ callCore }: Pick<Calls, 'callCore'>, member: Who) =>
  askAs(callCore, member)

/** A sign-in is nobody's act until it is accepted. */
export const checkStaffCredentials = (
  { callCore }: Pick<Calls, 'callCore'>,
  body: { staffId: string; password: string },
) => callCore(checkStaffCredentialsCall, { body })

export interface Act {
  act: string
  /** What it is about: an order number, a customer, "staff:<id>". */
  subject: string
  detail?: string
}

/**
 * Writes an act that happens here or at the core into the audit log. It comes before the act itself:
 * what can't be recorded is not done.
 */
export const recordAct = async (
  deps: Pick<Calls, 'callClaimServer'>,
  member: Who,
  act: Act,
): Promise<void> => {
  await askClaimServer(deps, member)(recordActCall, { body: act })
}
