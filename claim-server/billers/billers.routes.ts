import type { AnyApp } from '#shared/any-app.ts'
import { serveCall } from '#shared/service-routes.ts'
import {
  linkBiller as linkBillerCall,
  listBillers as listBillersCall,
  unlinkBiller as unlinkBillerCall,
} from '#shared/contracts/billers.ts'
import { findBankOfCustomer } from '../banks/find-bank.ts'
import type { Deps } from '../deps.ts'
import { linkBiller } from './link-biller.ts'
import { listBillers } from './list-billers.ts'
import { unlinkBiller } from './unlink-biller.ts'

/** A customer's links to utilities and other billers, for the portal of their bank. */
export const serveBillers = (app: AnyApp, deps: Deps): void => {
  serveCall(app, deps, listBillersCall, async ({ params: { customerId }, caller }) => {
    const bank = await findBankOfCustomer(deps, caller, customerId)
    return listBillers(deps, { bank: bank.code, customerId })
  })

  serveCall(app, deps, linkBillerCall, async (input) => {
    const bank = await findBankOfCustomer(deps, input.caller, input.params.customerId)
    return linkBiller(deps, { ...input, bank })
  })

  serveCall(app, deps, unlinkBillerCall, async ({ params, caller }) => {
    const bank = await findBankOfCustomer(deps, caller, params.customerId)
    return unlinkBiller(deps, { bank: bank.code, ...params, caller })
  })
}
