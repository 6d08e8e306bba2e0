import type { ReplyOf } from '#shared/contracts/call.ts'
import { listShops } from '#shared/contracts/staff.ts'
import { AppError } from '#shared/errors.ts'
import type { Calls } from '../../deps.ts'
import { askClaimServer } from '../staff-client.ts'
import type { StaffMember } from '../staff-deps.ts'

export type Shops = ReplyOf<typeof listShops>
export type Shop = Shops['shops'][number]

/** One shop in whatever state. Throws `not-found`. */
export const findShop = async (
  deps: Pick<Calls, 'callClaimServer'>,
  member: StaffMember,
  shopId: string,
): Promise<Shop> => {
  const { shops } = await askClaimServer(deps, member)(listShops, { query: { shopId, limit: 1 } })
  const found = shops.find((one) => one.shopId === shopId)
  if (!found) throw new AppError('not-found')
  return found
}
