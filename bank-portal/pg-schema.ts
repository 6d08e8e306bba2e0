import { pgSchema } from 'drizzle-orm/pg-core'

/** Sessions and sign-in tries: all that the portal keeps. What became of a payment it asks for. */
export const portal = pgSchema('bank_portal')
