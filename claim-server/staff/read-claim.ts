import { and, asc, eq, inArray, not } from 'drizzle-orm'
import { union } from 'drizzle-orm/pg-core'
import type { Transaction } from '#shared/database.ts'
import { AppError } from '#shared/errors.ts'
import type { ServiceCaller } from '#shared/service-token.ts'
import type { ReplyOf } from '#shared/contracts/call.ts'
import type { readClaim as readClaimCall } from '#shared/contracts/staff.ts'
import { claimHistory, claims } from '../claims/claims.table.ts'
import type { Deps } from '../deps.ts'
import { notices } from '../notices/notices.table.ts'
import { orders } from '../orders/orders.table.ts'
import { exceptions, paymentClaims, payments, refunds } from '../payments/payments.table.ts'
import { byStaff } from './by-staff.ts'
import { toTimeline } from './claim-timeline.ts'
import { selectStaffClaims, toStaffClaim } from './staff-claims.queries.ts'
import { verifyReceipt } from './verify-receipt.ts'

type Reply = ReplyOf<typeof readClaimCall>

/** Every payment that ever held, paid or paid back this claim, by the time of its row. */
const findPayments = (tx: Transaction, orderId: string) =>
  tx
    .select()
    .from(payments)
    .where(
      inArray(
        payments.id,
        union(
          tx
            .select({ id: paymentClaims.paymentId })
            .from(paymentClaims)
            .where(and(eq(paymentClaims.orderId, orderId), paymentClaims.live)),
          tx
            .select({ id: paymentClaims.paymentId })
            .from(paymentClaims)
            .where(and(eq(paymentClaims.orderId, orderId), not(paymentClaims.live))),
          tx.select({ id: refunds.paymentId }).from(refunds).where(eq(refunds.orderId, orderId)),
        ),
      ),
    )
    .orderBy(asc(payments.createdAt), asc(payments.id))

const toPayment = async (
  tx: Transaction,
  deps: Pick<Deps, 'trust'>,
  payment: typeof payments.$inferSelect,
): Promise<Reply['payments'][number]> => ({
  paymentId: payment.id,
  reference: payment.reference,
  status: payment.status,
  reason: payment.reason,
  account: payment.account,
  amountMinor: payment.amountMinor,
  createdAt: payment.createdAt,
  decidedAt: payment.decidedAt,
  receiptVerified: await verifyReceipt(tx, deps, payment),
})

const toNotice = (notice: typeof notices.$inferSelect): Reply['notices'][number] => ({
  noticeId: notice.id,
  event: notice.event,
  recipient: notice.recipient,
  channel: notice.channel,
  status: notice.status,
  attempts: notice.attempts,
  deliveredAt: notice.deliveredAt,
})

/**
 * One claim of the bank with everything that is known of it: timeline over the three services,
 * payments with their receipts verified by the archived keys, exceptions, mails. Throws `not-found`.
 */
export const readClaim = async (
  deps: Pick<Deps, 'db' | 'clock' | 'trust'>,
  { orderNumber, caller }: { orderNumber: string; caller: ServiceCaller },
): Promise<Reply> =>
  byStaff(deps, caller, { act: 'readClaim', subject: orderNumber }, async ({ tx, bank }) => {
    const [row] = await selectStaffClaims(tx).where(
      and(eq(orders.orderNumber, orderNumber), eq(claims.bank, bank.code)),
    )
    if (!row) throw new AppError('not-found')
    const history = await tx
      .select()
      .from(claimHistory)
      .where(eq(claimHistory.orderId, row.id))
      .orderBy(asc(claimHistory.id))
    const written = await tx
      .select()
      .from(notices)
      .where(eq(notices.orderId, row.id))
      .orderBy(asc(notices.createdAt), asc(notices.id))
    const cases = await tx
      .select({ exceptionId: exceptions.id, kind: exceptions.kind, closedAt: exceptions.closedAt })
      .from(exceptions)
      .where(eq(exceptions.orderId, row.id))
      .orderBy(asc(exceptions.openedAt), asc(exceptions.id))
    const paid = await findPayments(tx, row.id)
    const shownPayments: Reply['payments'] = []
    for (const payment of paid) shownPayments.push(await toPayment(tx, deps, payment))
    return {
      claim: toStaffClaim(row),
      timeline: toTimeline({ history, payments: paid, notices: written }),
      payments: shownPayments,
      exceptions: cases,
      notices: written.map(toNotice),
    }
  })
