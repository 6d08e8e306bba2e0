import type * as z from 'zod'
import type { timelineStep } from '#shared/contracts/staff.ts'
import type { claimHistory } from '../claims/claims.table.ts'
import type { NoticeEvent } from '../notices/notice-events.ts'
import type { notices } from '../notices/notices.table.ts'
import type { payments } from '../payments/payments.table.ts'

type Step = z.output<typeof timelineStep>
type HistoryRow = Pick<typeof claimHistory.$inferSelect, 'at' | 'event' | 'by' | 'reason'>
type NoticeRow = Pick<
  typeof notices.$inferSelect,
  | 'event'
  | 'recipient'
  | 'address'
  | 'status'
  | 'createdAt'
  | 'attemptAt'
  | 'deliveredAt'
  | 'lastError'
>
type PaymentRow = Pick<
  typeof payments.$inferSelect,
  'kind' | 'status' | 'reference' | 'account' | 'reason' | 'authorisedAt' | 'decidedAt'
>

/** The history's word for what a notice tells. */
const told: Record<NoticeEvent, string> = {
  'order-received': 'unsettled',
  'claim-settled': 'settled',
  'limit-warning': 'warned',
  'claim-expired': 'expired',
  'claim-cancelled': 'cancelled',
  'claim-declined': 'declined',
  'claim-revived': 'revived',
  'new-claim': 'unsettled',
  'paid-late': 'paid-late',
  'claim-refunded': 'refunded',
  'entry-link': 'provisional',
}

const serviceOf = (by: string): Step['service'] => {
  if (by === 'core') return 'core-banking'
  return by === 'customer' || by.startsWith('staff:') ? 'bank-portal' : 'claim-server'
}

const ofHistory = ({ at, event, by, reason }: HistoryRow): Step => ({
  at,
  service: serviceOf(by),
  event,
  by,
  detail: reason,
})

const ofPayment = (payment: PaymentRow): Step[] => [
  {
    at: payment.authorisedAt,
    service: 'core-banking',
    event: 'authorised',
    by: payment.kind === 'refund' ? 'staff' : 'customer',
    detail: `${payment.reference}, ${payment.account}`,
  },
  ...(payment.decidedAt
    ? [
        {
          at: payment.decidedAt,
          service: 'core-banking' as const,
          event: payment.status,
          by: 'core',
          detail: payment.reason ? `${payment.reference}, ${payment.reason}` : payment.reference,
        },
      ]
    : []),
]

const toleranceMs = 60_000

/**
 * How far the business clock stood from the real one when a notice was written: rows of the history
 * are in business time, deliveries in real time, and a timeline needs one of them.
 */
const shiftOf = (notice: NoticeRow, history: readonly HistoryRow[]): number => {
  const event = told[notice.event]
  const distances = history
    .filter((row) => row.event === event)
    .map((row) => row.at.getTime() - notice.createdAt.getTime())
  const nearest = distances.toSorted((a, b) => Math.abs(a) - Math.abs(b))[0] ?? 0
  return Math.abs(nearest) < toleranceMs ? 0 : nearest
}

const ofNotice = (notice: NoticeRow, history: readonly HistoryRow[]): Step[] => {
  const shift = shiftOf(notice, history)
  const step = (at: Date, outcome: string, detail: string | null): Step => ({
    at: new Date(at.getTime() + shift),
    service: 'mail',
    event: `${notice.event} ${outcome}`,
    by: notice.recipient,
    detail,
  })
  const sent = notice.deliveredAt
    ? [step(notice.deliveredAt, 'delivered', notice.address)]
    : notice.status === 'failed'
      ? [step(notice.attemptAt, 'failed', notice.lastError)]
      : []
  return [step(notice.createdAt, 'written', notice.address), ...sent]
}

/** One timeline over the three services, oldest first: order, acceptance, mails, payment steps. */
export const toTimeline = (rows: {
  history: readonly HistoryRow[]
  payments: readonly PaymentRow[]
  notices: readonly NoticeRow[]
}): Step[] =>
  [
    ...rows.history.map(ofHistory),
    ...rows.payments.flatMap(ofPayment),
    ...rows.notices.flatMap((notice) => ofNotice(notice, rows.history)),
  ].toSorted((a, b) => a.at.getTime() - b.at.getTime())
