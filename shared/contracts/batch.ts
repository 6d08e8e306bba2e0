import * as z from 'zod'
import { problem } from '../problem.ts'
import type { AnyCall, Call } from './call.ts'

/** With so many of the longest documents a request stays below the largest body. */
export const mostOfBatch = 16

const batchBody = z.strictObject({
  items: z
    .array(
      z.strictObject({
        onBehalfOf: z.string().min(1).max(100).optional(),
        params: z.unknown().optional(),
        query: z.record(z.string(), z.union([z.string(), z.array(z.string())])).optional(),
        body: z.unknown().optional(),
      }),
    )
    .min(1)
    .max(mostOfBatch),
})
export type BatchItem = z.output<typeof batchBody>['items'][number]

const batchReply = z.strictObject({
  /** In the order of the items; one that was refused does not touch the others. */
  answers: z.array(z.union([z.strictObject({ reply: z.unknown() }), z.strictObject({ problem })])),
})

/**
 * The call that carries several of one kind: one token, one round trip, one transaction. An item is
 * what a single call has in its address and body.
 */
export const batchOf = ({
  name,
  callee,
  callers,
  changes,
}: AnyCall): Call<undefined, undefined, typeof batchBody, typeof batchReply> => ({
  name: `${name}Batch`,
  summary: `Several of ${name} at once, each answered on its own`,
  callee,
  callers,
  method: 'POST',
  path: `/batches/${name}`,
  changes,
  body: batchBody,
  reply: batchReply,
})

/** All routes of a service: its calls, and the batches of those that may travel together. */
export const withBatches = (
  calls: readonly AnyCall[],
  batched: readonly AnyCall[],
): readonly AnyCall[] => [...calls, ...batched.map(batchOf)]
