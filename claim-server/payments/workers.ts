import { repeat } from '#shared/service-process.ts'
import type { Deps } from '../deps.ts'
import { resolveOpenPayments } from './resolve-open-payments.ts'

const resolveEveryMs = 500

/** Runs the resolver; safe on any number of replicas. */
export const startPaymentWorkers = (deps: Deps): { stop(): Promise<void> } =>
  repeat('resolve open payments', resolveEveryMs, () => resolveOpenPayments(deps), deps.log)
