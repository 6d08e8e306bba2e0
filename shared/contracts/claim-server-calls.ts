import { advertCalls } from './adverts.ts'
import { billerCalls } from './billers.ts'
import { claimServerCalls } from './claim-server.ts'
import { customerChoiceCalls } from './customer-choices.ts'
import { staffCalls } from './staff.ts'

/** Every call that the claim server answers: to customers' pages, and to the bank's staff. */
export const allClaimServerCalls = [
  ...claimServerCalls,
  ...customerChoiceCalls,
  ...billerCalls,
  ...advertCalls,
  ...staffCalls,
] as const
