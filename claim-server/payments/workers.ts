import { repeat } from '#shared/service-process.ts'
import type { Deps } from '../deps.ts'
import { reconcile } from './reconcile.ts'
import { resolveOpenPayments } from './resolve-open-payments.ts'

const resolveEveryMs = 500
const reconcileEveryMs = 3_600_000

const reconcileAndTell = async (deps: Deps) => {
  const { counts, differences } = await reconcile(deps)
  for (const { kind, id } of differences)
    deps.log.error({ kind, id }, 'reconciliation: a row differs')
  deps.log.info({ ...counts, differences: differences.length }, 'reconciled')
}

/** Runs the resolver, and reconciles every hour; safe on any number of replicas. */
export const startPaymentWorkers = (deps: Deps): { stop(): Promise<void> } => {
  const workers = [
    repeat('resolve open payments', resolveEveryMs, () => resolveOpenPayments(deps), deps.log),
    repeat('reconcile', reconcileEveryMs, () => reconcileAndTell(deps), deps.log, {
      afterMs: reconcileEveryMs,
    }),
  ]
  return {
    async stop() {
      await Promise.all(workers.map((worker) => worker.stop()))
    },
  }
}
