import type { AnyCall } from '#shared/contracts/call.ts'
import { allClaimServerCalls } from '#shared/contracts/claim-server-calls.ts'
import { coreBankingCalls } from '#shared/contracts/core-banking.ts'
import { staffCalls } from '#shared/contracts/staff.ts'

export { shopOperations } from './mock-shop-api.ts'

/**
 * What the mocks don't answer: the claim server's calls for the bank's staff, which need the audit log,
 * the outbox and the queues of the real one.
 */
export const unservedCalls: readonly AnyCall[] = [...staffCalls]

/** Every call between services that the mocks answer. */
export const servedCalls: readonly AnyCall[] = [...coreBankingCalls, ...allClaimServerCalls].filter(
  (call: AnyCall) => !unservedCalls.includes(call),
)
