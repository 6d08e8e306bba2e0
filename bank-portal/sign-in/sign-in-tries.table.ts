import { throttleTable } from '#shared/web/index.ts'
import { portal } from '../pg-schema.ts'

export const signInTries = throttleTable(portal)
