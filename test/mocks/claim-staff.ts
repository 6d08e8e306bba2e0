import type { Hono } from 'hono'
import type { MockOptions } from './answer-call.ts'
import type { ClaimServerState } from './claim-server-state.ts'
import { serveStaffAdverts } from './staff-adverts.ts'
import { forStaff, serveAudit } from './staff-audit.ts'
import { serveStaffClaims } from './staff-claims.ts'
import { serveFees } from './staff-fees.ts'
import { serveHolidays } from './staff-holidays.ts'
import { serveStaffNotices } from './staff-notices.ts'
import { serveStaffPayments } from './staff-payments.ts'
import { serveReconciliations } from './staff-reconciliations.ts'
import { serveStaffShops } from './staff-shops.ts'

/** What the bank's staff see and do at the claim server; all of it in the audit log. */
export const serveClaimStaff = (app: Hono, options: MockOptions, state: ClaimServerState): void => {
  const serve = forStaff(app, options, state)
  serveStaffClaims(serve, state)
  serveStaffPayments(serve, state)
  serveStaffNotices(serve, state)
  serveReconciliations(serve, state)
  serveStaffShops(serve, state)
  serveFees(serve, state)
  serveHolidays(serve, state)
  serveStaffAdverts(serve, state)
  serveAudit(serve, state)
}
