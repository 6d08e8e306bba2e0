import { and, eq, inArray, sql } from 'drizzle-orm'
import { AppError } from '#shared/errors.ts'
import type { ServiceCaller } from '#shared/service-token.ts'
import { claims } from '../claims/claims.table.ts'
import type { Deps } from '../deps.ts'
import { notices } from '../notices/notices.table.ts'
import { byStaff } from './by-staff.ts'

/**
 * Puts a notice about a claim of the bank back in line, at once and with all its attempts, delivered or
 * not; its message id stays, so that who gets it twice can tell. Throws `not-found`.
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
    const again = await tx
      .update(notices)
      .set({ status: 'waiting', attempts: 0, attemptAt: sql`now()`, lastError: null })
      .where(and(eq(notices.id, noticeId), inArray(notices.orderId, ofBank)))
      .returning({ id: notices.id })
    if (again.length === 0) throw new AppError('not-found')
    return { status: 'waiting' }
  })
