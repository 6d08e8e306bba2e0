import type { ReplyOf, Sent } from '#shared/contracts/call.ts'
import { searchClaims } from '#shared/contracts/staff.ts'
import { parseOrderNumber } from '#shared/order-number.ts'
import type { Calls } from '../../deps.ts'
import { askClaimServer } from '../staff-client.ts'
import type { StaffMember } from '../staff-deps.ts'

export type FoundClaims = ReplyOf<typeof searchClaims>
export type ClaimsQuery = Omit<Sent<typeof searchClaims>['query'], 'limit'>

const limit = 50

/** Claims that match all that was filled in, the newest first. */
export const findClaims = (
  deps: Pick<Calls, 'callClaimServer'>,
  member: StaffMember,
  { orderNumber, ...query }: ClaimsQuery,
): Promise<FoundClaims> =>
  askClaimServer(deps, member)(searchClaims, {
    query: {
      ...query,
      limit,
      ...(orderNumber ? { orderNumber: parseOrderNumber(orderNumber) ?? orderNumber } : {}),
    },
  })
