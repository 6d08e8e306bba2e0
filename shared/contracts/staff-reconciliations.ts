import * as z from 'zod'
import { defineCall } from './call.ts'
import { instant, uuid } from './fields.ts'
import { callee, next, page, portal } from './staff-call.ts'

const count = z.int().min(0)

export const reconciliation = z.object({
  reconciliationId: uuid,
  /** All history, once a night, or what was decided within two days, every hour. */
  extent: z.enum(['recent', 'whole']),
  startedAt: instant,
  endedAt: instant,
  settledClaims: count,
  executedTransfers: count,
  rowsThatDiffer: count,
  /** The first hundred: a kind such as "claim-without-transfer", an order number or another id, a sentence. */
  differences: z.array(z.object({ kind: z.string(), id: z.string(), words: z.string() })),
})
export type StaffReconciliation = z.output<typeof reconciliation>

/** The comparisons of settled claims with the core's transfers and the mails, newest first. */
export const listReconciliations = defineCall({
  name: 'listReconciliations',
  summary: 'List reconciliations with the rows that differed',
  callee,
  callers: portal,
  method: 'GET',
  path: '/staff/reconciliations',
  changes: true,
  query: z.object(page),
  reply: z.object({ reconciliations: z.array(reconciliation), ...next }),
})
