import * as calls from '#shared/contracts/staff.ts'
import { AppError } from '#shared/errors.ts'
import { addressOf, type MockNotice } from './claim-notices.ts'
import type { ClaimServerState } from './claim-server-state.ts'
import type { ServeStaff } from './staff-audit.ts'
import { pageOf } from './staff-pages.ts'

const patienceMs = 60_000

/** One that was just written and waits for its first turn is no trouble. */
const isTrouble = ({ status, attempts, createdAt }: MockNotice) =>
  status === 'failed' ||
  (status === 'waiting' && (attempts > 0 || Date.now() - createdAt.getTime() > patienceMs))

const toStaffNotice = (notice: MockNotice): calls.StaffNotice => ({
  noticeId: notice.noticeId,
  orderNumber: notice.orderNumber,
  event: notice.event,
  recipient: notice.recipient,
  address: notice.address,
  status: notice.status,
  attempts: notice.attempts,
  lastError: notice.lastError,
  createdAt: notice.createdAt,
  attemptAt: notice.attemptAt,
})

const resend = (state: ClaimServerState, noticeId: string): { status: 'waiting' } => {
  const notice = state.notices.find((one) => one.noticeId === noticeId)
  if (!notice) throw new AppError('not-found')
  const claim = state.claims.get(notice.orderNumber)
  const address = claim && addressOf(state, claim, notice.recipient)
  notice.status = 'waiting'
  notice.attempts = 0
  notice.attemptAt = new Date()
  notice.deliveredAt = null
  notice.lastError = null
  notice.address = address ?? notice.address
  return { status: 'waiting' }
}

/** Mails that were not delivered at once or not at all, and sending any of them again. */
export const serveStaffNotices = (serve: ServeStaff, state: ClaimServerState): void => {
  serve(
    calls.listUndelivered,
    () => ({ subject: 'undelivered mails' }),
    ({ query }) => {
      const { shown, nextCursor } = pageOf(state.notices.filter(isTrouble), query, {
        first: 'oldest',
        placeOf: ({ createdAt, noticeId }) => [`${createdAt.toISOString()} ${noticeId}`, 0],
      })
      return { notices: shown.map(toStaffNotice), nextCursor }
    },
  )

  serve(
    calls.resendNotice,
    ({ params }) => ({ subject: params.noticeId }),
    ({ params }) => resend(state, params.noticeId),
  )
}
