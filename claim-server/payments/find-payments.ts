import { and, asc, eq, inArray, ne } from 'drizzle-orm'
import { type Answer, answerOf } from '#shared/batched-calls.ts'
import type { Payment, PaymentStatus } from '#shared/contracts/claim-server.ts'
import { AppError } from '#shared/errors.ts'
import type { Bank } from '../banks/find-bank.ts'
import { claims } from '../claims/claims.table.ts'
import { toPayee } from '../claims/to-claim.ts'
import type { Deps } from '../deps.ts'
import { orders } from '../orders/orders.table.ts'
import { shopAccounts, shops } from '../shops/shops.table.ts'
import type { PaymentRow } from './decide-payment.ts'
import { exceptions, groups, paymentClaims, payments } from './payments.table.ts'

type Group = Payment['groups'][number]

const findGroups = ({ db }: Pick<Deps, 'db'>, paymentId: string) =>
  db
    .select({ group: groups, shop: shops })
    .from(groups)
    .innerJoin(shopAccounts, eq(shopAccounts.account, groups.payeeAccount))
    .innerJoin(shops, eq(shops.id, shopAccounts.shopId))
    .where(eq(groups.paymentId, paymentId))
    .orderBy(asc(shops.name), asc(groups.transferId))

const findClaims = ({ db }: Pick<Deps, 'db'>, paymentId: string) =>
  db
    .select({
      transferId: paymentClaims.transferId,
      orderNumber: orders.orderNumber,
      description: orders.description,
      amountMinor: paymentClaims.amountMinor,
      status: claims.status,
      exceptionId: exceptions.id,
      refundedAt: exceptions.closedAt,
    })
    .from(paymentClaims)
    .innerJoin(orders, eq(orders.id, paymentClaims.orderId))
    .innerJoin(claims, eq(claims.orderId, paymentClaims.orderId))
    .leftJoin(
      exceptions,
      and(
        eq(exceptions.paymentId, paymentClaims.paymentId),
        eq(exceptions.orderNumber, orders.orderNumber),
      ),
    )
    .where(eq(paymentClaims.paymentId, paymentId))
    .orderBy(asc(orders.orderNumber))

const hasException = async ({ db }: Pick<Deps, 'db'>, paymentId: string): Promise<boolean> =>
  (await db.$count(exceptions, eq(exceptions.paymentId, paymentId))) > 0

/** What the customer reads: an executed payment with a claim that was not free is an exception. */
const shownStatus = ({ status }: PaymentRow, isException: boolean): PaymentStatus => {
  if (status !== 'executed') return status
  return isException ? 'exception' : 'settled'
}

const describe = async (deps: Pick<Deps, 'db'>, payment: PaymentRow): Promise<Payment> => {
  const [groupRows, claimRows, isException] = await Promise.all([
    findGroups(deps, payment.id),
    findClaims(deps, payment.id),
    hasException(deps, payment.id),
  ])
  const toGroup = ({ group, shop }: (typeof groupRows)[number]): Group => ({
    groupNumber: group.groupNumber,
    transferId: group.transferId,
    payeeAccount: group.payeeAccount,
    payeeHolder: group.payeeHolder,
    payee: toPayee(shop),
    amountMinor: group.amountMinor,
    feeMinor: group.feeMinor,
    claims: claimRows.filter((claim) => claim.transferId === group.transferId),
  })
  return {
    paymentId: payment.id,
    runId: payment.runId,
    status: shownStatus(payment, isException),
    reason: payment.reason,
    shortByMinor: payment.shortByMinor,
    reference: payment.reference,
    account: payment.account,
    day: payment.day,
    currency: payment.currency,
    amountMinor: payment.amountMinor,
    feeMinor: payment.feeMinor,
    totalMinor: payment.amountMinor + payment.feeMinor,
    since: payment.authorisedAt,
    decidedAt: payment.decidedAt,
    groups: groupRows.map(toGroup),
  }
}

/**
 * Payments as their customers see them, from our own rows alone, so that any replica, a reload or
 * another device shows the same. Somebody else's answers `not-found`, as do refunds. Nearly all that
 * are asked for before they are paid are not there yet: one query tells of all.
 */
export const findPayments = async (
  deps: Pick<Deps, 'db'>,
  bank: Bank,
  wanted: readonly { customerId: string; paymentId: string }[],
): Promise<Answer<Payment>[]> => {
  const ids = wanted.map((one) => one.paymentId)
  const rows = await deps.db
    .select()
    .from(payments)
    .where(
      and(inArray(payments.id, ids), eq(payments.bank, bank.code), ne(payments.kind, 'refund')),
    )
  return Promise.all(
    wanted.map(({ customerId, paymentId }) =>
      answerOf(() => {
        const payment = rows.find((row) => row.id === paymentId && row.customerId === customerId)
        if (!payment) throw new AppError('not-found')
        return describe(deps, payment)
      }),
    ),
  )
}
