import { advertCalls, chooseAdvert } from './adverts.ts'
import { billerCalls } from './billers.ts'
import {
  claimServerCalls,
  completePayment,
  findPayment,
  listClaims,
  quoteBasket,
  reserveRun,
} from './claim-server.ts'
import { customerChoiceCalls, findChoices, summariseClaims } from './customer-choices.ts'
import { staffCalls } from './staff.ts'

/** Every call that the claim server answers: to customers' pages, and to the bank's staff. */
export const allClaimServerCalls = [
  ...claimServerCalls,
  ...customerChoiceCalls,
  ...billerCalls,
  ...advertCalls,
  ...staffCalls,
] as const

/** Those of which several may travel as one: steps of a payment, each asked for once by each. */
export const claimServerSteps = [findPayment, reserveRun, completePayment] as const

/** And what a customer's list is made of. */
export const claimServerPages = [
  listClaims,
  summariseClaims,
  findChoices,
  quoteBasket,
  chooseAdvert,
] as const

export const claimServerBatches = [...claimServerSteps, ...claimServerPages] as const
