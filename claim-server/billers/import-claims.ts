import { createHash } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import type * as z from 'zod'
import { canonicalJson } from '#shared/canonical-json.ts'
import type { Transaction } from '#shared/database.ts'
import { dateIn } from '#shared/dates.ts'
import { AppError } from '#shared/errors.ts'
import { toJson } from '#shared/json.ts'
import { problemType } from '#shared/problem.ts'
import type { batchResult, claimBatch } from '#shared/contracts/billers.ts'
import type { Deps } from '../deps.ts'
import type { ShopCaller } from '../shops/find-key-owner.ts'
import { lockBiller } from './biller-lock.ts'
import { claimBatches } from './billers.table.ts'
import { type BatchRow, readBatchRows } from './read-batch-rows.ts'
import { storeBatchClaims } from './store-batch-claims.ts'
import { storeBatchOrders, type StoredRow } from './store-batch-orders.ts'

type ImportDeps = Pick<Deps, 'db' | 'clock' | 'newId' | 'newOrderNumber'>
type Batch = z.output<typeof claimBatch>
type RowResult = z.input<typeof batchResult>['results'][number]

const checkBiller = ({ shop }: ShopCaller) => {
  if (shop.kind !== 'biller')
    throw new AppError('forbidden', { detail: 'batches are for billers; a shop sends orders' })
  if (shop.status !== 'live')
    throw new AppError('forbidden', { detail: 'the bank has not opened this biller for claims' })
}

const toResult = (row: BatchRow, stored: ReadonlyMap<number, StoredRow>): RowResult => {
  const known = stored.get(row.row)
  if (!known || 'errors' in row) {
    const errors = 'errors' in row ? row.errors : []
    return { row: row.row, outcome: 'refused', type: problemType('invalid'), errors }
  }
  const { outcome, orderNumber, claim } = known
  if (outcome !== 'order-exists')
    return { row: row.row, outcome, orderNumber, shopOrderRef: claim.shopOrderRef }
  const detail = `this reference belongs to claim ${orderNumber}, with other content`
  const errors = [{ pointer: `#/claims/${row.row}/shopOrderRef`, detail }]
  return { row: row.row, outcome: 'refused', type: problemType('order-exists'), errors }
}

const work = async (
  tx: Transaction,
  deps: ImportDeps,
  caller: ShopCaller,
  { batchRef, claims }: Batch,
): Promise<string> => {
  await lockBiller(tx, caller.shop.id, 'shared')
  const today = dateIn(caller.bank.timeZone, deps.clock.now())
  const rows = readBatchRows(claims, caller, today)
  const readable = rows.filter((row) => 'claim' in row)
  const stored =
    readable.length === 0
      ? []
      : await storeBatchOrders(tx, deps, { shop: caller.shop, today, rows: readable })
  const received = stored.filter((row) => row.outcome === 'received')
  await storeBatchClaims(tx, deps, caller, { today, rows: received })
  const byRow = new Map(stored.map((row) => [row.row, row]))
  const results = rows.map((row) => toResult(row, byRow))
  const refused = results.filter((result) => result.outcome === 'refused').length
  return toJson({ batchRef, received: results.length - refused, refused, results })
}

/**
 * Takes a biller's batch of claims in, each row by itself, and answers a result per row as JSON text.
 * The same batch again gets the same answer, for ever; another content under its reference throws
 * `batch-exists`. Throws `forbidden` for who is no live biller.
 */
export const importClaims = async (
  deps: ImportDeps,
  caller: ShopCaller,
  batch: Batch,
): Promise<{ result: string; replayed: boolean }> => {
  checkBiller(caller)
  const shopId = caller.shop.id
  const { batchRef } = batch
  const fingerprint = createHash('sha256').update(canonicalJson(batch)).digest('base64url')
  return deps.db.transaction(async (tx) => {
    const ofBatch = and(eq(claimBatches.shopId, shopId), eq(claimBatches.batchRef, batchRef))
    // A second batch of that reference waits here until the first has its answer.
    const first = await tx
      .insert(claimBatches)
      .values({ shopId, batchRef, fingerprint, result: '', createdAt: deps.clock.now() })
      .onConflictDoNothing()
      .returning({ batchRef: claimBatches.batchRef })
    if (first.length === 0) {
      const [known] = await tx.select().from(claimBatches).where(ofBatch)
      if (known?.fingerprint !== fingerprint) throw new AppError('batch-exists')
      return { result: known.result, replayed: true }
    }
    const result = await work(tx, deps, caller, batch)
    await tx.update(claimBatches).set({ result }).where(ofBatch)
    return { result, replayed: false }
  })
}
