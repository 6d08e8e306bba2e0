import { AppError } from '#shared/errors.ts'
import type { Deps } from '../../deps.ts'
import { type Resending, resendNotice } from '../../notices/resend-notice.ts'
import type { ShopCaller } from '../../shops/find-key-owner.ts'
import { findOwnOrder } from './open-order.ts'

/** Sends a mail about one of the shop's orders again. Throws `not-found` for a foreign order or mail. */
export const resendMail = async (
  deps: Pick<Deps, 'db'>,
  caller: ShopCaller,
  { orderNumber, noticeId }: { orderNumber: string; noticeId: string },
): Promise<Exclude<Resending, 'not-found'>> => {
  const { orderId } = await findOwnOrder(deps, caller, orderNumber)
  const resent = await resendNotice(deps, { noticeId, orderId })
  if (resent === 'not-found') throw new AppError('not-found')
  return resent
}
