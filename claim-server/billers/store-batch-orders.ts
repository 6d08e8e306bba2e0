import { createHash } from 'node:crypto'
import { and, eq, inArray } from 'drizzle-orm'
import { canonicalJson } from '#shared/canonical-json.ts'
import type { Transaction } from '#shared/database.ts'
import type { LocalDate } from '#shared/dates.ts'
import type { Deps } from '../deps.ts'
import { orders } from '../orders/orders.table.ts'
import type { Shop } from '../shops/find-key-owner.ts'
import type { BatchClaim } from './read-batch-rows.ts'

interface ReadRow {
  row: number
  claim: BatchClaim
  timeLimit: LocalDate
}

/** A row with the order of its reference: its own, or one that was there before. */
export interface StoredRow extends ReadRow {
  outcome: 'received' | 'existing' | 'order-exists'
  orderId: string
  orderNumber: string
}

type StoreDeps = Pick<Deps, 'clock' | 'newId' | 'newOrderNumber'>

const toValues = (
  { clock, newId }: StoreDeps,
  shop: Shop,
  today: LocalDate,
  { claim, timeLimit }: ReadRow,
) => ({
  id: newId(),
  shopId: shop.id,
  shopOrderRef: claim.shopOrderRef,
  fingerprint: createHash('sha256').update(canonicalJson(claim)).digest('base64url'),
  description: claim.description,
  category: claim.category ?? null,
  amountMinor: claim.amount.value,
  currency: claim.amount.currency,
  orderedOn: today,
  timeLimit,
  createdAt: clock.now(),
})

const findByReferences = async (tx: Transaction, shopId: string, references: string[]) => {
  const rows = await tx
    .select({
      id: orders.id,
      orderNumber: orders.orderNumber,
      shopOrderRef: orders.shopOrderRef,
      fingerprint: orders.fingerprint,
    })
    .from(orders)
    .where(and(eq(orders.shopId, shopId), inArray(orders.shopOrderRef, references)))
  return new Map(rows.map((row) => [row.shopOrderRef, row]))
}

/**
 * Inserts an order for each row whose reference is new. Numbers are drawn again for the few that are
 * taken: with ten million orders, one in a hundred batches has one.
 */
export const storeBatchOrders = async (
  tx: Transaction,
  deps: StoreDeps,
  { shop, today, rows }: { shop: Shop; today: LocalDate; rows: readonly ReadRow[] },
): Promise<StoredRow[]> => {
  const wanted = rows.map((row) => ({ row, values: toValues(deps, shop, today, row) }))
  const references = [...new Set(rows.map(({ claim }) => claim.shopOrderRef))]
  let known = new Map<string, { id: string; orderNumber: string; fingerprint: string }>()
  for (let draw = 0; draw < 5 && known.size < references.length; draw++) {
    const missing = wanted.filter(({ values }) => !known.has(values.shopOrderRef))
    await tx
      .insert(orders)
      .values(missing.map(({ values }) => ({ ...values, orderNumber: deps.newOrderNumber() })))
      .onConflictDoNothing()
    known = await findByReferences(tx, shop.id, references)
  }
  return wanted.map(({ row, values }) => {
    const order = known.get(values.shopOrderRef)
    if (!order) throw new Error('no free order number in five draws')
    const same = order.fingerprint === values.fingerprint ? 'existing' : 'order-exists'
    return {
      ...row,
      outcome: order.id === values.id ? 'received' : same,
      orderId: order.id,
      orderNumber: order.orderNumber,
    }
  })
}
