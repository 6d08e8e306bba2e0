import { repeat } from '#shared/service-process.ts'
import { sweepSpentTokens } from '#shared/spent-tokens.ts'
import type { Deps } from '../deps.ts'
import { sweepIdempotentRequests } from '../shops/answer-once.ts'
import { spentTokens } from '../spent-tokens.table.ts'
import { abandonOrders } from './abandon-orders.ts'

/** Abandons orders that nobody accepted, and drops what is past its use. */
export const startOrderWorkers = (deps: Deps): { stop(): Promise<void> } => {
  const workers = [
    repeat('abandon orders', 5000, () => abandonOrders(deps), deps.log),
    repeat('sweep tokens', 60_000, () => sweepSpentTokens(deps.db, spentTokens), deps.log),
    repeat('sweep answers', 3_600_000, () => sweepIdempotentRequests(deps), deps.log),
  ]
  return {
    async stop() {
      await Promise.all(workers.map((worker) => worker.stop()))
    },
  }
}
