import type { AnyApp } from '#shared/any-app.ts'
import { serveCall } from '#shared/service-routes.ts'
import {
  acceptOrder as acceptOrderCall,
  findEntry as findEntryCall,
} from '#shared/contracts/claim-server.ts'
import { findCallingBank } from '../banks/find-bank.ts'
import type { Deps } from '../deps.ts'
import { acceptOrder } from './accept-order.ts'
import { findEntryAtBank } from './find-entry.ts'

/** Entry and acceptance, for the portal of the customer's bank. */
export const serveEntries = (app: AnyApp, deps: Deps): void => {
  serveCall(app, deps, findEntryCall, async ({ params: { entryToken }, caller }) => {
    const bank = await findCallingBank(deps, caller)
    const { order } = await findEntryAtBank(deps, deps.db, { bank, entryToken })
    return order
  })

  serveCall(app, deps, acceptOrderCall, (input) => acceptOrder(deps, input))
}
