import { Hono } from 'hono'
import { listAudit } from '#shared/contracts/staff.ts'
import { parseOrderNumber } from '#shared/order-number.ts'
import { renderPage } from '#shared/web/index.ts'
import { memberOf, requireApprover } from '../guard.tsx'
import { staffViewOf } from '../layout.tsx'
import { readCursor } from '../read-cursor.ts'
import { askClaimServer } from '../staff-client.ts'
import type { StaffDeps, StaffEnv } from '../staff-deps.ts'
import { typedText } from '../typed-text.ts'
import { AuditPage } from './audit.page.tsx'

const limit = 100

/** The audit log, for approvers. */
export const auditRoutes = (deps: StaffDeps): Hono<StaffEnv> =>
  new Hono<StaffEnv>().get('/', requireApprover(deps), async (c) => {
    const typed = (name: string, most: number) =>
      typedText(c.req.query(name)?.normalize('NFKC'), most)
    const staffId = typed('staff', 60).toLowerCase()
    const subject = typed('subject', 100)
    const audit = await askClaimServer(deps, memberOf(c))(listAudit, {
      query: {
        ...readCursor(c),
        ...(staffId ? { staffId } : {}),
        ...(subject ? { subject: parseOrderNumber(subject) ?? subject } : {}),
        limit,
      },
    })
    const page = { view: staffViewOf(c, deps), audit, staffId, subject }
    return renderPage(c, <AuditPage {...page} />)
  })
