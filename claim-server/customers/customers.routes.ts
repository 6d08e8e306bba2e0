import type { AnyApp } from '#shared/any-app.ts'
import { serveBatchedRead } from '#shared/batched-calls.ts'
import { serveCall } from '#shared/service-routes.ts'
import {
  chooseAccounts as chooseAccountsCall,
  chooseLanguage as chooseLanguageCall,
  declineClaim as declineClaimCall,
  findChoices as findChoicesCall,
  settledMonths as settledMonthsCall,
  summariseClaims as summariseClaimsCall,
} from '#shared/contracts/customer-choices.ts'
import { findBankOfCustomer } from '../banks/find-bank.ts'
import { declineClaim } from '../claims/decline-claim.ts'
import type { Deps } from '../deps.ts'
import { chooseAccounts } from './choose-accounts.ts'
import { chooseLanguage } from './choose-language.ts'
import { findChoices } from './find-choices.ts'
import { settledMonths } from './settled-months.ts'
import { summariseClaims } from './summarise-claims.ts'

/** What a customer chooses and is told in the member menu, for the portal of their bank. */
export const serveCustomers = (app: AnyApp, deps: Deps): void => {
  serveBatchedRead(app, deps, findChoicesCall, async ({ params: { customerId }, caller }) => {
    const bank = await findBankOfCustomer(deps, caller, customerId)
    return findChoices(deps.db, { bank: bank.code, customerId })
  })

  serveCall(app, deps, chooseAccountsCall, async ({ params: { customerId }, body, caller }) => {
    const bank = await findBankOfCustomer(deps, caller, customerId)
    return chooseAccounts(deps, { bank, customerId, body, caller })
  })

  serveCall(app, deps, chooseLanguageCall, async ({ params: { customerId }, body, caller }) => {
    const bank = await findBankOfCustomer(deps, caller, customerId)
    return chooseLanguage(deps, { bank: bank.code, customerId, caller, ...body })
  })

  serveBatchedRead(app, deps, summariseClaimsCall, async ({ params: { customerId }, caller }) => {
    const bank = await findBankOfCustomer(deps, caller, customerId)
    return summariseClaims(deps, { bank, customerId })
  })

  serveCall(app, deps, settledMonthsCall, async ({ params: { customerId }, caller }) => {
    const bank = await findBankOfCustomer(deps, caller, customerId)
    return settledMonths(deps, { bank, customerId })
  })

  serveCall(app, deps, declineClaimCall, async ({ params, body, caller }) => {
    const bank = await findBankOfCustomer(deps, caller, params.customerId)
    return declineClaim(deps, { bank: bank.code, ...params, ...body, caller })
  })
}
