import type { AnyCall } from '#shared/contracts/call.ts'
import { allClaimServerCalls } from '#shared/contracts/claim-server-calls.ts'
import { coreBankingCalls } from '#shared/contracts/core-banking.ts'

export { shopOperations } from './mock-shop-api.ts'

/** Every call between services: the mocks answer them all. */
export const servedCalls: readonly AnyCall[] = [...coreBankingCalls, ...allClaimServerCalls]
