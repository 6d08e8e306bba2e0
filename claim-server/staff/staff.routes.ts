import type { AnyApp } from '#shared/any-app.ts'
import { serveCall } from '#shared/service-routes.ts'
import * as calls from '#shared/contracts/staff.ts'
import type { Deps } from '../deps.ts'
import { addAdvert } from './add-advert.ts'
import { addHoliday } from './add-holiday.ts'
import { decideShop } from './decide-shop.ts'
import { endAdvert } from './end-advert.ts'
import { listAdverts } from './list-adverts.ts'
import { listAudit } from './list-audit.ts'
import { listExceptions } from './list-exceptions.ts'
import { listFees } from './list-fees.ts'
import { listHolidays } from './list-holidays.ts'
import { listOpenPayments } from './list-open-payments.ts'
import { listReconciliations } from './list-reconciliations.ts'
import { listReports } from './list-reports.ts'
import { listShops } from './list-shops.ts'
import { listUndelivered } from './list-undelivered.ts'
import { readClaim } from './read-claim.ts'
import { recordAct } from './record-act.ts'
import { removeHoliday } from './remove-holiday.ts'
import { replaceFees } from './replace-fees.ts'
import { resendNotice } from './resend-notice.ts'
import { resetShopPassword } from './reset-shop-password.ts'
import { searchClaims } from './search-claims.ts'

/** What the bank's staff see and do, for the portal's pages under /staff; all of it in the audit log. */
export const serveStaff = (app: AnyApp, deps: Deps): void => {
  serveCall(app, deps, calls.searchClaims, (input) => searchClaims(deps, input))
  serveCall(app, deps, calls.readClaim, ({ params, caller }) =>
    readClaim(deps, { ...params, caller }),
  )
  serveCall(app, deps, calls.listOpenPayments, (input) => listOpenPayments(deps, input))
  serveCall(app, deps, calls.listUndelivered, (input) => listUndelivered(deps, input))
  serveCall(app, deps, calls.resendNotice, ({ params, caller }) =>
    resendNotice(deps, { ...params, caller }),
  )
  serveCall(app, deps, calls.listShops, (input) => listShops(deps, input))
  serveCall(app, deps, calls.decideShop, ({ params, body, caller }) =>
    decideShop(deps, { ...params, body, caller }),
  )
  serveCall(app, deps, calls.resetShopPassword, ({ params, body, caller }) =>
    resetShopPassword(deps, { ...params, body, caller }),
  )
  serveCall(app, deps, calls.listExceptions, (input) => listExceptions(deps, input))
  serveCall(app, deps, calls.listReports, (input) => listReports(deps, input))
  serveCall(app, deps, calls.listReconciliations, (input) => listReconciliations(deps, input))
  serveCall(app, deps, calls.listFees, (input) => listFees(deps, input))
  serveCall(app, deps, calls.replaceFees, (input) => replaceFees(deps, input))
  serveCall(app, deps, calls.listHolidays, (input) => listHolidays(deps, input))
  serveCall(app, deps, calls.addHoliday, (input) => addHoliday(deps, input))
  serveCall(app, deps, calls.removeHoliday, ({ params, caller }) =>
    removeHoliday(deps, { ...params, caller }),
  )
  serveCall(app, deps, calls.listAdverts, (input) => listAdverts(deps, input))
  serveCall(app, deps, calls.addAdvert, (input) => addAdvert(deps, input))
  serveCall(app, deps, calls.endAdvert, ({ params, caller }) =>
    endAdvert(deps, { ...params, caller }),
  )
  serveCall(app, deps, calls.listAudit, (input) => listAudit(deps, input))
  serveCall(app, deps, calls.recordAct, (input) => recordAct(deps, input))
}
