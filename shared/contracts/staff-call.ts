import * as z from 'zod'
import { cursor } from './fields.ts'

/** What all calls of the bank's staff have in common; each writes a row of the audit log. */
export const callee = 'claim-server' as const
/** They carry `obo` = "staff:<staffId>". */
export const portal = ['bank-portal'] as const

const limit = z.coerce.number().int().min(1).max(200).default(50)
export const page = { cursor: cursor.optional(), limit }
export const next = { nextCursor: z.string().nullable() }
