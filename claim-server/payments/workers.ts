import { repeat } from '#shared/service-process.ts'
import { resolveOpenPayments } from './resolve-open-payments.ts'

const turnMs = 500

/** Runs the resolver until stopped; safe on any number of replicas. */
export const startPaymentWorkers = (
  deps: Parameters<typeof resolveOpenPayments>[0],
): { stop(): Promise<void> } =>
  repeat('resolve open payments', turnMs, () => resolveOpenPayments(deps), deps.log)
