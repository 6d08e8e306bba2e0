import { Hono } from 'hono'
import { uuid } from '#shared/contracts/fields.ts'
import { listUndelivered, resendNotice } from '#shared/contracts/staff.ts'
import { AppError } from '#shared/errors.ts'
import { parseOrderNumber } from '#shared/order-number.ts'
import { readFields, renderPage } from '#shared/web/index.ts'
import { memberOf } from '../guard.tsx'
import { staffViewOf } from '../layout.tsx'
import { claimPath } from '../names.tsx'
import { readCursor } from '../read-cursor.ts'
import { askClaimServer } from '../staff-client.ts'
import type { StaffDeps, StaffEnv } from '../staff-deps.ts'
import { MailsPage } from './mails.page.tsx'

const limit = 50

/** Mails that did not arrive, and sending one again. */
export const noticesRoutes = (deps: StaffDeps): Hono<StaffEnv> =>
  new Hono<StaffEnv>()
    .get('/mails', async (c) => {
      const undelivered = await askClaimServer(deps, memberOf(c))(listUndelivered, {
        query: { ...readCursor(c), limit },
      })
      const isResent = c.req.query('resent') !== undefined
      const page = { view: staffViewOf(c, deps), undelivered, isResent }
      return renderPage(c, <MailsPage {...page} />)
    })
    .post('/notices/:noticeId/resend', async (c) => {
      const noticeId = uuid.safeParse(c.req.param('noticeId')).data
      if (!noticeId) throw new AppError('not-found')
      const { back = '' } = await readFields(c)
      await askClaimServer(deps, memberOf(c))(resendNotice, { params: { noticeId } })
      const orderNumber = parseOrderNumber(back)
      return c.redirect(`${orderNumber ? claimPath(orderNumber) : '/staff/mails'}?resent`, 303)
    })
