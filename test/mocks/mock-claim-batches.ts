import type { Hono } from 'hono'
import type * as z from 'zod'
import { canonicalJson } from '#shared/canonical-json.ts'
import { type batchResult, claimBatch } from '#shared/contracts/billers.ts'
import { daysBetween } from '#shared/dates.ts'
import { AppError } from '#shared/errors.ts'
import { toJson } from '#shared/json.ts'
import { problemType } from '#shared/problem.ts'
import { parseFields, parseJsonBody } from '#shared/request-body.ts'
import { type BatchRow, readBatchRows } from '../../claim-server/billers/read-batch-rows.ts'
import { daysToPay } from './claim-orders.ts'
import { type ClaimServerState, type MockShop, todayOf } from './claim-server-state.ts'
import { addBill } from './mock-billers.ts'
import { readRawJson, type ShopEnv } from './shop-requests.ts'
import { checkLive, chooseLimit } from './shop-orders.ts'

type Result = z.output<typeof batchResult>['results'][number]
type ReadRow = Extract<BatchRow, { claim: unknown }>

const largestBatchBytes = 2 * 1024 * 1024

/** The claim of a row whose reference is new, or the one that has it already. */
const receive = (
  state: ClaimServerState,
  shop: MockShop,
  { row, claim, timeLimit }: ReadRow,
): Result => {
  const { shopOrderRef } = claim
  const name = JSON.stringify([shop.shopId, shopOrderRef])
  const fingerprint = canonicalJson(claim)
  const known = state.sent.get(name)
  if (known?.fingerprint === fingerprint)
    return { row, outcome: 'existing', orderNumber: known.result, shopOrderRef }
  if (known) {
    const detail = `this reference belongs to claim ${known.result}, with other content`
    const errors = [{ pointer: `#/claims/${row}/shopOrderRef`, detail }]
    return { row, outcome: 'refused', type: problemType('order-exists'), errors }
  }
  const limit = chooseLimit(state, shop, timeLimit)
  const made = addBill(state, {
    shop: shop.name,
    shopOrderRef,
    description: claim.description,
    category: claim.category ?? null,
    amountMinor: claim.amount.value,
    currency: claim.amount.currency,
    days: daysBetween(todayOf(state), limit.timeLimit),
    customerNumber: claim.customerNumber,
    secondFact: claim.secondFact,
  })
  Object.assign(made, limit)
  state.sent.set(name, { fingerprint, result: made.orderNumber })
  return { row, outcome: 'received', orderNumber: made.orderNumber, shopOrderRef }
}

const importBatch = (
  state: ClaimServerState,
  shop: MockShop,
  batch: z.output<typeof claimBatch>,
): string => {
  const { batchRef, claims } = batch
  const caller = {
    shop: { defaultDaysToPay: daysToPay(shop) },
    bank: { currency: 'JPY' },
  } as unknown as Parameters<typeof readBatchRows>[1]
  const results = readBatchRows(claims, caller, todayOf(state)).map((one): Result => {
    if ('claim' in one) return receive(state, shop, one)
    return { row: one.row, outcome: 'refused', type: problemType('invalid'), errors: one.errors }
  })
  const refused = results.filter((one) => one.outcome === 'refused').length
  return toJson({ batchRef, received: results.length - refused, refused, results })
}

/** Billers' batches of claims: a result per row, the same answer for the same batch. */
export const serveClaimBatches = (api: Hono<ShopEnv>, state: ClaimServerState): void => {
  const { batches } = state

  api.post('/claim-batches', async (c) => {
    const raw = await readRawJson(c, largestBatchBytes)
    const batch = parseFields(claimBatch, parseJsonBody(raw))
    const { shop } = c.var
    if (shop.kind !== 'biller')
      throw new AppError('forbidden', { detail: 'batches are for billers; a shop sends orders' })
    checkLive(shop)
    const name = JSON.stringify([shop.shopId, batch.batchRef])
    const fingerprint = canonicalJson(batch)
    const known = batches.get(name)
    if (known && known.fingerprint !== fingerprint) throw new AppError('batch-exists')
    const result = known?.result ?? importBatch(state, shop, batch)
    batches.set(name, { fingerprint, result })
    return c.body(result, 200, {
      'content-type': 'application/json',
      location: `/v1/claim-batches/${encodeURIComponent(batch.batchRef)}`,
      ...(known ? { 'idempotency-replayed': 'true' } : {}),
    })
  })

  api.get('/claim-batches/:batchRef', async (c) => {
    const name = JSON.stringify([c.var.shop.shopId, c.req.param('batchRef')])
    const known = batches.get(name)
    if (!known) throw new AppError('not-found')
    return c.body(known.result, 200, { 'content-type': 'application/json' })
  })
}
