import { and, desc, eq, isNotNull, isNull } from 'drizzle-orm'
import type { ServiceCaller } from '#shared/service-token.ts'
import type { Received, ReplyOf } from '#shared/contracts/call.ts'
import type { listExceptions as listExceptionsCall } from '#shared/contracts/staff.ts'
import type { Deps } from '../deps.ts'
import { exceptions, payments } from '../payments/payments.table.ts'
import { byStaff } from './by-staff.ts'
import { inWords } from './in-words.ts'
import { beyondTime, exactTime, toPage } from './pages.ts'

/** Receipts that found their claim not free, newest first: all, the open ones or the closed ones. */
export const listExceptions = async (
  deps: Pick<Deps, 'db' | 'clock'>,
  { query, caller }: Pick<Received<typeof listExceptionsCall>, 'query'> & { caller: ServiceCaller },
): Promise<ReplyOf<typeof listExceptionsCall>> =>
  byStaff(
    deps,
    caller,
    { act: 'listExceptions', subject: 'exceptions', detail: inWords(query) },
    async ({ tx, bank }) => {
      const isOpen = query.open
        ? isNull(exceptions.closedAt)
        : query.open === false
          ? isNotNull(exceptions.closedAt)
          : undefined
      const rows = await tx
        .select({
          at: exactTime(exceptions.openedAt),
          exceptionId: exceptions.id,
          orderNumber: exceptions.orderNumber,
          kind: exceptions.kind,
          paymentId: exceptions.paymentId,
          customerId: payments.customerId,
          customerAccount: payments.account,
          payeeAccount: exceptions.payeeAccount,
          amountMinor: exceptions.amountMinor,
          currency: payments.currency,
          openedAt: exceptions.openedAt,
          closedAt: exceptions.closedAt,
          refundPaymentId: exceptions.refundPaymentId,
        })
        .from(exceptions)
        .innerJoin(payments, eq(payments.id, exceptions.paymentId))
        .where(
          and(
            eq(payments.bank, bank.code),
            isOpen,
            query.exceptionId === undefined ? undefined : eq(exceptions.id, query.exceptionId),
            beyondTime({ at: exceptions.openedAt, id: exceptions.id }, 'down', query.cursor),
          ),
        )
        .orderBy(desc(exceptions.openedAt), desc(exceptions.id))
        .limit(query.limit + 1)
      const page = toPage(rows, query.limit, ({ at, exceptionId: id }) => ({ at, id }))
      const shown = page.shown.map(({ at: _at, ...exception }) => exception)
      return { exceptions: shown, nextCursor: page.nextCursor }
    },
  )
