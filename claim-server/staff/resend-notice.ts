import { and, eq, inArray } from 'drizzle-orm'
import { AppError } from '#shared/errors.ts'
import type { ServiceCaller } from '#shared/service-token.ts'
import { claims } from '../claims/claims.table.ts'
import type { Deps } from '../deps.ts'
import { notices } from '../notices/notices.table.ts'
import { putInLine } from '../notices/resend-notice.ts'
import { byStaff } from './by-staff.ts'

/**
 * Puts a notice about a claim of the bank in line again, delivered or not; its message id stays, so that
 * who gets it twice can tell. Throws `not-found`.
 */
export const resendNotice = async (
  deps: Pick<Deps, 'db' | 'clock'>,
  { noticeId, caller }: { noticeId: string; caller: ServiceCaller },
): Promise<{ status: 'waiting' }> =>
  byStaff(deps, caller, { act: 'resendNotice', subject: noticeId }, async ({ tx, bank }) => {
    const ofBank = tx
      .select({ orderId: claims.orderId })
      .from(claims)
      .where(and(eq(claims.orderId, notices.orderId), eq(claims.bank, bank.code)))
    const isOfBank = and(eq(notices.id, noticeId), inArray(notices.orderId, ofBank))
    if (!(await putInLine(tx, isOfBank))) throw new AppError('not-found')
    return { status: 'waiting' }
  })
