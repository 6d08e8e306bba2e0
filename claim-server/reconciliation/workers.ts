import { repeat } from '#shared/service-process.ts'
import type { Deps } from '../deps.ts'
import type { Extent } from './compared.ts'
import { reconcileIfDue } from './reconcile-if-due.ts'

const everyMs = 300_000

const reconcileAndTell = async (deps: Deps, extent: Extent, signal: AbortSignal) => {
  const made = await reconcileIfDue(deps, extent, { signal })
  if (!made) return
  const { counts, differences } = made
  for (const { kind, id } of differences)
    deps.log.error({ kind, id }, 'reconciliation: a row differs')
  deps.log.info({ extent, ...counts, differences: differences.length }, 'reconciled')
}

/** Reconciles every night and every hour, each by itself; safe on any number of replicas. */
export const startReconciliationWorkers = (deps: Deps): { stop(): Promise<void> } => {
  const stopping = new AbortController()
  const start = (name: string, extent: Extent) =>
    repeat(name, everyMs, () => reconcileAndTell(deps, extent, stopping.signal), deps.log, {
      afterMs: everyMs,
    })
  const workers = [
    start('reconcile all history', 'whole'),
    start('reconcile the last days', 'recent'),
  ]
  return {
    async stop() {
      stopping.abort()
      await Promise.all(workers.map((worker) => worker.stop()))
    },
  }
}
