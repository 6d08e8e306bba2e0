import type { LocalDate } from '#shared/dates.ts'
import type * as z from 'zod'
import type { Claim, claimSettlement, payee } from '#shared/contracts/claim-server.ts'
import type { shops } from '../shops/shops.table.ts'
import type { ClaimRow, OrderRow } from './change-claims.ts'

type ShopRow = typeof shops.$inferSelect
export type ShownShop = Pick<
  ShopRow,
  'id' | 'name' | 'nameJa' | 'kind' | 'phone' | 'contactAddress' | 'website'
>

/** A shop as customers see it. */
export const toPayee = (shop: ShownShop): z.output<typeof payee> => ({
  shopId: shop.id,
  name: shop.name,
  nameJa: shop.nameJa,
  kind: shop.kind,
  phone: shop.phone,
  mailAddress: shop.contactAddress,
  website: shop.website,
})

/** What is shown of the executed payment; null unless the claim is settled. */
export interface SettlementRow {
  transferId: string | null
  groupNumber: string | null
  account: string | null
}

type ShownClaim = Pick<
  ClaimRow,
  | 'orderId'
  | 'status'
  | 'timeLimit'
  | 'originalTimeLimit'
  | 'seenAt'
  | 'paymentId'
  | 'payingSince'
  | 'settledAt'
>
type ShownOrder = Pick<
  OrderRow,
  'orderNumber' | 'description' | 'category' | 'amountMinor' | 'currency' | 'orderedOn'
>

export interface ClaimParts {
  claim: ShownClaim
  order: ShownOrder
  shop: ShownShop & Pick<ShopRow, 'status'>
  settlement: SettlementRow
}

const toSettlement = (
  { paymentId, settledAt }: ShownClaim,
  { transferId, groupNumber, account }: SettlementRow,
): z.output<typeof claimSettlement> | null =>
  paymentId && settledAt && transferId && groupNumber && account
    ? { paymentId, settledAt, transferId, groupNumber, account }
    : null

const isOnHold = ({ claim, shop }: Pick<ClaimParts, 'claim' | 'shop'>): boolean =>
  claim.status === 'unsettled' && shop.status === 'suspended'

/** Whether the customer may pay it on that day at the bank: `isPayableOn` for a row that was read. */
const isPayable = (parts: ClaimParts, today: LocalDate): boolean =>
  parts.claim.status === 'unsettled' && today <= parts.claim.timeLimit && !isOnHold(parts)

/** From its first display on a claim stays new for as long as a visit may last. */
export const newForMs = 30 * 60_000

/** One claim as its customer sees it at that instant, on that day at the bank. */
export const toClaim = (
  parts: ClaimParts,
  { now, today }: { now: Date; today: LocalDate },
): Claim => {
  const { claim, order, shop, settlement } = parts
  return {
    orderNumber: order.orderNumber,
    status: claim.status,
    payee: toPayee(shop),
    description: order.description,
    category: order.category,
    amountMinor: order.amountMinor,
    currency: order.currency,
    orderedOn: order.orderedOn,
    timeLimit: claim.timeLimit,
    originalTimeLimit: claim.originalTimeLimit,
    payable: isPayable(parts, today),
    onHold: isOnHold(parts),
    isNew: claim.seenAt === null || now.getTime() - claim.seenAt.getTime() < newForMs,
    inPayment:
      claim.status === 'paying' && claim.paymentId && claim.payingSince
        ? { paymentId: claim.paymentId, since: claim.payingSince }
        : null,
    settlement: toSettlement(claim, settlement),
  }
}
