import * as z from 'zod'
import { defineCall } from './call.ts'
import { instant, lineOfText } from './fields.ts'
import { callee, next, page, portal } from './staff-call.ts'

/** The append-only log of staff reads and acts, newest first. */
export const listAudit = defineCall({
  name: 'listAudit',
  summary: 'Read the audit log',
  callee,
  callers: portal,
  method: 'GET',
  path: '/staff/audit',
  changes: true,
  query: z.object({
    staffId: z.string().max(60).optional(),
    subject: z.string().max(100).optional(),
    ...page,
  }),
  reply: z.object({
    entries: z.array(
      z.object({
        at: instant,
        staffId: z.string(),
        act: z.string(),
        subject: z.string(),
        detail: z.string().nullable(),
      }),
    ),
    ...next,
  }),
})

/** An act of staff that happens elsewhere (the portal, the core), for the one audit log. */
export const recordAct = defineCall({
  name: 'recordAct',
  summary: 'Record an act of staff in the audit log',
  callee,
  callers: portal,
  method: 'POST',
  path: '/staff/audit',
  changes: true,
  body: z.strictObject({
    act: lineOfText(60),
    subject: lineOfText(100),
    detail: lineOfText(300).optional(),
  }),
  reply: z.object({ recorded: z.literal(true) }),
})
