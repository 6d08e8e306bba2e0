import { and, asc, eq } from 'drizzle-orm'
import type { ServiceCaller } from '#shared/service-token.ts'
import type { Received, ReplyOf } from '#shared/contracts/call.ts'
import type { listOpenPayments as listOpenPaymentsCall } from '#shared/contracts/staff.ts'
import type { Deps } from '../deps.ts'
import { payments } from '../payments/payments.table.ts'
import { byStaff } from './by-staff.ts'
import { beyondTime, exactTime, toPage } from './pages.ts'

/** Payments of the bank's customers without a receipt yet, oldest first: in doubt once that lasts. */
export const listOpenPayments = async (
  deps: Pick<Deps, 'db' | 'clock'>,
  {
    query: { cursor, limit },
    caller,
  }: Pick<Received<typeof listOpenPaymentsCall>, 'query'> & { caller: ServiceCaller },
): Promise<ReplyOf<typeof listOpenPaymentsCall>> =>
  byStaff(
    deps,
    caller,
    { act: 'listOpenPayments', subject: 'open payments' },
    async ({ tx, bank }) => {
      const rows = await tx
        .select({
          at: exactTime(payments.createdAt),
          paymentId: payments.id,
          reference: payments.reference,
          customerId: payments.customerId,
          account: payments.account,
          amountMinor: payments.amountMinor,
          currency: payments.currency,
          since: payments.createdAt,
          submitBefore: payments.submitBefore,
          timesAsked: payments.timesAsked,
        })
        .from(payments)
        .where(
          and(
            eq(payments.status, 'paying'),
            eq(payments.bank, bank.code),
            beyondTime({ at: payments.createdAt, id: payments.id }, 'up', cursor),
          ),
        )
        .orderBy(asc(payments.createdAt), asc(payments.id))
        .limit(limit + 1)
      const page = toPage(rows, limit, ({ at, paymentId: id }) => ({ at, id }))
      const shown = page.shown.map(({ at: _at, ...payment }) => payment)
      return { payments: shown, nextCursor: page.nextCursor }
    },
  )
