import { sessionTable } from '#shared/web/index.ts'
import { portal } from '../../pg-schema.ts'
import type { StaffSession } from '../staff-deps.ts'

/** Apart from customers' sessions: neither cookie is worth anything as the other. */
export const staffSessions = sessionTable<StaffSession>(portal, 'staff_sessions')
