import { sessionTable } from '#shared/web/index.ts'
import type { PortalSession } from '../deps.ts'
import { portal } from '../pg-schema.ts'

export const sessions = sessionTable<PortalSession>(portal)
