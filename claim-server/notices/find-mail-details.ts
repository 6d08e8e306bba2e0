import { and, eq, inArray, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { banks, customers } from '../banks/banks.table.ts'
import { claims } from '../claims/claims.table.ts'
import type { Deps } from '../deps.ts'
import { orders } from '../orders/orders.table.ts'
import { groups, paymentClaims, payments, refunds } from '../payments/payments.table.ts'
import { shops } from '../shops/shops.table.ts'
import { notices } from './notices.table.ts'

const reason = sql<string | null>`(
  select told.reason from claim_server.claim_history as told
  where told.order_id = ${notices.orderId} and told.event in ('cancelled', 'declined')
  order by told.id desc limit 1)`

const refundPayments = alias(payments, 'refund_payments')
const refundGroups = alias(groups, 'refund_groups')

const paymentOfNotice = sql<string | null>`
  case when ${notices.event} in ('claim-settled', 'paid-late') then ${notices.occasion}::uuid end`

const refundOfNotice = sql<string | null>`
  case when ${notices.event} = 'claim-refunded' then ${notices.occasion}::uuid end`

const claimsOfGroup = sql<number>`(
  select count(*)::int from claim_server.payment_claims as together
  where together.payment_id = ${groups.paymentId} and together.transfer_id = ${groups.transferId})`

/** Everything that the mails of these notices say, in one query. The occasion of a payment's notice is its id. */
export const findMailDetails = ({ db }: Pick<Deps, 'db'>, noticeIds: readonly string[]) =>
  db
    .select({
      notice: {
        id: notices.id,
        event: notices.event,
        recipient: notices.recipient,
        address: notices.address,
        language: notices.language,
        attempts: notices.attempts,
      },
      order: {
        orderNumber: orders.orderNumber,
        shopOrderRef: orders.shopOrderRef,
        description: orders.description,
        amountMinor: orders.amountMinor,
        currency: orders.currency,
        orderedOn: orders.orderedOn,
        entryToken: orders.entryToken,
      },
      openUntil: claims.openUntil,
      timeLimit: claims.timeLimit,
      reason,
      shop: {
        name: shops.name,
        nameJa: shops.nameJa,
        kind: shops.kind,
        phone: shops.phone,
        contactAddress: shops.contactAddress,
      },
      customer: { name: customers.name },
      bank: {
        name: banks.name,
        nameJa: banks.nameJa,
        portalUrl: banks.portalUrl,
        timeZone: banks.timeZone,
      },
      payment: {
        reference: payments.reference,
        account: payments.account,
        decidedAt: payments.decidedAt,
        transferId: groups.transferId,
        groupNumber: groups.groupNumber,
        payeeAccount: groups.payeeAccount,
        groupAmountMinor: groups.amountMinor,
        claimsOfGroup,
      },
      /** Of a notice about money that went back. */
      refund: {
        amountMinor: refunds.amountMinor,
        decidedAt: refundPayments.decidedAt,
        fromAccount: refundPayments.account,
        toAccount: refundGroups.payeeAccount,
        transferId: refundGroups.transferId,
      },
    })
    .from(notices)
    .innerJoin(orders, eq(orders.id, notices.orderId))
    .innerJoin(claims, eq(claims.orderId, notices.orderId))
    .innerJoin(shops, eq(shops.id, claims.shopId))
    .innerJoin(banks, eq(banks.code, claims.bank))
    .leftJoin(
      customers,
      and(eq(customers.bank, claims.bank), eq(customers.customerId, claims.customerId)),
    )
    .leftJoin(
      paymentClaims,
      and(eq(paymentClaims.orderId, notices.orderId), eq(paymentClaims.paymentId, paymentOfNotice)),
    )
    .leftJoin(payments, eq(payments.id, paymentClaims.paymentId))
    .leftJoin(groups, eq(groups.transferId, paymentClaims.transferId))
    .leftJoin(refunds, eq(refunds.paymentId, refundOfNotice))
    .leftJoin(refundPayments, eq(refundPayments.id, refunds.paymentId))
    .leftJoin(refundGroups, eq(refundGroups.paymentId, refunds.paymentId))
    .where(inArray(notices.id, [...noticeIds]))

export type MailDetails = Awaited<ReturnType<typeof findMailDetails>>[number]
