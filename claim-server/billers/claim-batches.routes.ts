import { Hono } from 'hono'
import { AppError } from '#shared/errors.ts'
import { parseFields, parseJsonBody, readBody } from '#shared/request-body.ts'
import { claimBatch } from '#shared/contracts/billers.ts'
import type { Deps } from '../deps.ts'
import type { ShopEnv } from '../shops/shop-env.ts'
import { findBatch } from './find-batch.ts'
import { importClaims } from './import-claims.ts'

/** A thousand rows with every text at its longest, in three-byte characters. */
export const largestBatchBytes = 2 * 1024 * 1024

/** Billers' batches of claims, under the shops' API. */
export const claimBatchRoutes = (deps: Deps): Hono<ShopEnv> => {
  const api = new Hono<ShopEnv>()

  api.post('/', async (c) => {
    if (!/^application\/json\s*(;|$)/i.test(c.req.header('content-type') ?? ''))
      throw new AppError('unsupported-media-type', { detail: 'send application/json' })
    const raw = await readBody(c, largestBatchBytes)
    const batch = parseFields(claimBatch, parseJsonBody(raw))
    const { result, replayed } = await importClaims(deps, c.var.caller, batch)
    return c.body(result, 200, {
      'content-type': 'application/json',
      location: `/v1/claim-batches/${encodeURIComponent(batch.batchRef)}`,
      ...(replayed ? { 'idempotency-replayed': 'true' } : {}),
    })
  })

  api.get('/:batchRef', async (c) =>
    c.body(await findBatch(deps, c.var.caller, c.req.param('batchRef')), 200, {
      'content-type': 'application/json',
    }),
  )

  return api
}
