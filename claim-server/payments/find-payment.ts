import { and, asc, eq, ne } from 'drizzle-orm'
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

/**
 * One payment as its customer sees it, from our own rows alone, so that any replica, a reload or
 * another device shows the same. Somebody else's answers `not-found`, as do refunds.
 */
export const findPayment = async (
  deps: Pick<Deps, 'db'>,
  { bank, customerId, paymentId }: { bank: Bank; customerId: string; paymentId: string },
): Promise<Payment> => {
  const [[payment], groupRows, claimRows, isException] = await Promise.all([
    deps.db
      .select()
      .from(payments)
      .where(
        and(
          eq(payments.id, paymentId),
          eq(payments.bank, bank.code),
          eq(payments.customerId, customerId),
          ne(payments.kind, 'refund'),
        ),
      ),
    findGroups(deps, paymentId),
    findClaims(deps, paymentId),
    hasException(deps, paymentId),
  ])
  if (!payment) throw new AppError('not-found')
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
