import type { AnyApp } from '#shared/any-app.ts'
import { serveCall } from '#shared/service-routes.ts'
import { chooseAdvert as chooseAdvertCall } from '#shared/contracts/adverts.ts'
import { findBankOfCustomer } from '../banks/find-bank.ts'
import type { Deps } from '../deps.ts'
import { chooseAdvert } from './choose-advert.ts'

/** The one quiet line under the list (Fig. 18). */
export const serveAdverts = (app: AnyApp, deps: Deps): void => {
  serveCall(app, deps, chooseAdvertCall, async ({ params: { customerId }, body, caller }) => {
    const bank = await findBankOfCustomer(deps, caller, customerId)
    return chooseAdvert(deps, { bank, customerId, ...body, caller })
  })
}
