import { repeat } from '#shared/service-process.ts'
import type { Deps } from '../deps.ts'
import { reconcileIfDue } from './reconcile-if-due.ts'

const everyMs = 300_000

const reconcileAndTell = async (deps: Deps) => {
  const made = await reconcileIfDue(deps)
  if (!made) return
  const { extent, counts, differences } = made
  for (const { kind, id } of differences)
    deps.log.error({ kind, id }, 'reconciliation: a row differs')
  deps.log.info({ extent, ...counts, differences: differences.length }, 'reconciled')
}

/** Reconciles every night and every hour; safe on any number of replicas. */
export const startReconciliationWorkers = (deps: Deps): { stop(): Promise<void> } =>
  repeat('reconcile', everyMs, () => reconcileAndTell(deps), deps.log, { afterMs: everyMs })
