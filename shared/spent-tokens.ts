import { lt } from 'drizzle-orm'
import { index, type PgSchema, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'
import type { Database, Transaction } from './database.ts'
import { AppError } from './errors.ts'
import type { ServiceCaller } from './service-token.ts'

/** The table of a service that remembers which tokens of changing calls were used. */
export const spentTokensTable = (schema: PgSchema) =>
  schema.table(
    'spent_tokens',
    {
      issuer: text().notNull(),
      tokenId: text().notNull(),
      expiresAt: timestamp({ withTimezone: true }).notNull(),
    },
    (table) => [
      primaryKey({ name: 'spent_tokens_pk', columns: [table.issuer, table.tokenId] }),
      index('spent_tokens_expiry').on(table.expiresAt),
    ],
  )
export type SpentTokens = ReturnType<typeof spentTokensTable>

/**
 * Spends a call's token in the transaction of its effect, so that a replay is refused on every
 * replica. Throws `unauthenticated` when it is spent already. A verb that refuses must commit too.
 */
export const spendToken = async (
  tx: Transaction,
  table: SpentTokens,
  { issuer, tokenId, expiresAt, use }: ServiceCaller,
): Promise<void> => {
  const spent = await tx
    .insert(table)
    .values({ issuer, tokenId, expiresAt })
    .onConflictDoNothing()
    .returning({ tokenId: table.tokenId })
  if (spent.length === 0) throw new AppError('unauthenticated')
  if (use) use.spent = true
}

/** Drops rows of tokens that are past any use. */
export const sweepSpentTokens = (db: Database, table: SpentTokens) =>
  db.delete(table).where(lt(table.expiresAt, new Date()))
