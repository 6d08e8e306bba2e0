import type { AnyApp } from '#shared/any-app.ts'
import { serveBatchedRead } from '#shared/batched-calls.ts'
import { serveCall } from '#shared/service-routes.ts'
import {
  findClaim as findClaimCall,
  listClaims as listClaimsCall,
} from '#shared/contracts/claim-server.ts'
import { findBankOfCustomer } from '../banks/find-bank.ts'
import type { Deps } from '../deps.ts'
import { findClaim } from './find-claim.ts'
import { listClaims } from './list-claims.ts'

/** Presentment: a customer's claims, for the portal of their bank. */
export const serveClaims = (app: AnyApp, deps: Deps): void => {
  serveBatchedRead(app, deps, listClaimsCall, async ({ params: { customerId }, query, caller }) => {
    const bank = await findBankOfCustomer(deps, caller, customerId)
    return listClaims(deps, { bank, customerId, query })
  })

  serveCall(app, deps, findClaimCall, async ({ params: { customerId, orderNumber }, caller }) => {
    const bank = await findBankOfCustomer(deps, caller, customerId)
    return findClaim(deps, { bank, customerId, orderNumber })
  })
}
