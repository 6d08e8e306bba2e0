import { Hono } from 'hono'
import { listOpenPayments, listReconciliations, listReports } from '#shared/contracts/staff.ts'
import { renderPage } from '#shared/web/index.ts'
import { memberOf } from '../guard.tsx'
import { staffViewOf } from '../layout.tsx'
import { OpenPaymentsPage } from '../open-payments/open-payments.page.tsx'
import { readCursor } from '../read-cursor.ts'
import { ReconciliationsPage } from '../reconciliations/reconciliations.page.tsx'
import { ReportsPage } from '../reports/reports.page.tsx'
import { askClaimServer } from '../staff-client.ts'
import type { StaffDeps, StaffEnv } from '../staff-deps.ts'
import { DeskPage } from './desk.page.tsx'
import { readDesk } from './read-desk.ts'

const limit = 50

/** The first page, and the lists of it that are only read. */
export const deskRoutes = (deps: StaffDeps): Hono<StaffEnv> =>
  new Hono<StaffEnv>()
    .get('/', async (c) => {
      const desk = await readDesk(deps, memberOf(c))
      return renderPage(c, <DeskPage view={staffViewOf(c, deps)} desk={desk} />)
    })
    .get('/in-doubt', async (c) => {
      const query = { ...readCursor(c), limit }
      const open = await askClaimServer(deps, memberOf(c))(listOpenPayments, { query })
      return renderPage(c, <OpenPaymentsPage view={staffViewOf(c, deps)} open={open} />)
    })
    .get('/reports', async (c) => {
      const query = { ...readCursor(c), limit }
      const reported = await askClaimServer(deps, memberOf(c))(listReports, { query })
      return renderPage(c, <ReportsPage view={staffViewOf(c, deps)} reported={reported} />)
    })
    .get('/reconciliations', async (c) => {
      const place = readCursor(c)
      const query = { ...place, limit }
      const made = await askClaimServer(deps, memberOf(c))(listReconciliations, { query })
      const props = { view: staffViewOf(c, deps), made, isFirstPage: place.cursor === undefined }
      return renderPage(c, <ReconciliationsPage {...props} />)
    })
