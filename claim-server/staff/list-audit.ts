import { and, desc, eq, lt } from 'drizzle-orm'
import * as z from 'zod'
import type { ServiceCaller } from '#shared/service-token.ts'
import type { Received, ReplyOf } from '#shared/contracts/call.ts'
import type { listAudit as listAuditCall } from '#shared/contracts/staff.ts'
import { readCursor } from '../cursor.ts'
import type { Deps } from '../deps.ts'
import { auditLog } from './audit.table.ts'
import { byStaff } from './by-staff.ts'
import { inWords } from './in-words.ts'
import { toPage } from './pages.ts'

const place = z.object({ before: z.string().regex(/^\d{1,18}$/) })

/** The audit log of the bank, newest first, by member of staff and subject; this reading is in it. */
export const listAudit = async (
  deps: Pick<Deps, 'db' | 'clock'>,
  { query, caller }: Pick<Received<typeof listAuditCall>, 'query'> & { caller: ServiceCaller },
): Promise<ReplyOf<typeof listAuditCall>> =>
  byStaff(
    deps,
    caller,
    { act: 'listAudit', subject: 'audit log', detail: inWords(query) },
    async ({ tx, bank }) => {
      const { staffId, subject, cursor, limit } = query
      const rows = await tx
        .select()
        .from(auditLog)
        .where(
          and(
            eq(auditLog.bank, bank.code),
            staffId === undefined ? undefined : eq(auditLog.staffId, staffId),
            subject === undefined ? undefined : eq(auditLog.subject, subject),
            cursor === undefined
              ? undefined
              : lt(auditLog.id, BigInt(readCursor(place, cursor).before)),
          ),
        )
        .orderBy(desc(auditLog.id))
        .limit(limit + 1)
      const page = toPage(rows, limit, ({ id }) => ({ before: `${id}` }))
      const entries = page.shown.map(({ id: _id, bank: _bank, ...entry }) => entry)
      return { entries, nextCursor: page.nextCursor }
    },
  )
