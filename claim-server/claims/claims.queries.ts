import {
  and,
  eq,
  gt,
  gte,
  inArray,
  isNull,
  not,
  or,
  type Placeholder,
  type SQL,
  sql,
} from 'drizzle-orm'
import type { ClaimStatus } from '#shared/contracts/claim-server.ts'
import type { Database, Transaction } from '#shared/database.ts'
import type { LocalDate } from '#shared/dates.ts'
import type { Deps } from '../deps.ts'
import { orders } from '../orders/orders.table.ts'
import { groups, paymentClaims, payments } from '../payments/payments.table.ts'
import { shops } from '../shops/shops.table.ts'
import { claims, type ListedAs } from './claims.table.ts'
import { newForMs } from './to-claim.ts'

const shownClaim = {
  orderId: claims.orderId,
  status: claims.status,
  timeLimit: claims.timeLimit,
  originalTimeLimit: claims.originalTimeLimit,
  seenAt: claims.seenAt,
  paymentId: claims.paymentId,
  payingSince: claims.payingSince,
  settledAt: claims.settledAt,
}

const shownOrder = {
  orderNumber: orders.orderNumber,
  description: orders.description,
  category: orders.category,
  amountMinor: orders.amountMinor,
  currency: orders.currency,
  orderedOn: orders.orderedOn,
}

const shownShop = {
  id: shops.id,
  name: shops.name,
  nameJa: shops.nameJa,
  kind: shops.kind,
  phone: shops.phone,
  contactAddress: shops.contactAddress,
  website: shops.website,
  status: shops.status,
}

/** Claims with their orders and payees, and how a settled one was settled. */
export const selectClaims = (db: Database | Transaction) =>
  db
    .select({
      claim: shownClaim,
      order: shownOrder,
      shop: shownShop,
      settlement: {
        transferId: groups.transferId,
        groupNumber: groups.groupNumber,
        account: payments.account,
      },
    })
    .from(claims)
    .innerJoin(orders, eq(orders.id, claims.orderId))
    .innerJoin(shops, eq(shops.id, claims.shopId))
    .leftJoin(
      paymentClaims,
      and(
        eq(claims.status, 'settled'),
        eq(paymentClaims.orderId, claims.orderId),
        eq(paymentClaims.paymentId, claims.paymentId),
      ),
    )
    .leftJoin(groups, eq(groups.transferId, paymentClaims.transferId))
    .leftJoin(payments, eq(payments.id, paymentClaims.paymentId))
    .$dynamic()

type Found = Awaited<ReturnType<typeof selectClaims>>[number]

/** The joined row in the form of `toClaim`: without a payment there is no settlement. */
export const toParts = ({ settlement, ...row }: Found) => ({
  ...row,
  settlement: {
    transferId: settlement.transferId,
    groupNumber: settlement.groupNumber,
    account: settlement.account,
  },
})

export type Customer = { bank: string; customerId: string }

type Value<T> = T | Placeholder

/** Only what is bound to this customer of this bank. */
export const isOf = ({ bank, customerId }: { [K in keyof Customer]: Value<Customer[K]> }) =>
  and(eq(claims.bank, bank), eq(claims.customerId, customerId))

// Written out, not as a parameter: only so does a plan that is kept know the rare from the many.
export const isListedAs = (listedAs: ListedAs): SQL =>
  sql`${claims.listedAs} = ${sql.raw(`'${listedAs}'`)}`

/** Since when what is seen for the first time is new. */
export const newSince = (now: Date) => new Date(now.getTime() - newForMs)

/** Not shown on a list yet, or first shown on this visit. */
export const isNew = (since: Value<Date>) => or(isNull(claims.seenAt), gt(claims.seenAt, since))

/** The bank has suspended the payee: what was on lists before stays there, and is not paid. */
export const isOnHold = () =>
  inArray(
    claims.shopId,
    sql`(select suspended.id from ${shops} as suspended where suspended.status = 'suspended')`,
  )

// "Not being paid" rather than "unsettled": nearly all that are listed so, and the database knows it.
const isUnsettled = () => and(isListedAs('unsettled'), sql`${claims.status} <> 'paying'`)

/** In this status, as the indexes know it: what is being paid is found by its payment. */
export const hasStatus = (status: ClaimStatus): SQL | undefined => {
  switch (status) {
    case 'unsettled':
      return isUnsettled()
    case 'paying':
      return and(
        isListedAs('unsettled'),
        eq(claims.status, 'paying'),
        sql`${claims.orderId} in (
          select held.order_id from ${payments} as open
          join ${paymentClaims} as held on held.payment_id = open.id
          where open.status = 'paying')`,
      )
    default:
      return isListedAs(status)
  }
}

/** What its customer may pay on that day at the bank. */
export const isPayableOn = (today: Value<LocalDate>) =>
  and(isUnsettled(), gte(claims.timeLimit, today), not(isOnHold()))

export type ReadDeps = Pick<Deps, 'db' | 'clock'>
