import { pgSchema } from 'drizzle-orm/pg-core'

/** Everything that core banking owns lives in this PostgreSQL schema. */
export const coreBanking = pgSchema('core_banking')
