import { pgSchema } from 'drizzle-orm/pg-core'

/** Everything the claim server owns lives in this PostgreSQL schema. */
export const claimServer = pgSchema('claim_server')
