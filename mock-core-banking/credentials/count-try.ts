import { eq, sql } from 'drizzle-orm'
import type { Database, Transaction } from '#shared/database.ts'
import { authorisationTries } from './credentials.table.ts'

export const mostTries = 5
const lockSeconds = 30 * 60

export type CountedTry =
  | { outcome: 'counted'; triesLeft: number }
  | { outcome: 'locked'; lockedUntil: Date }

/**
 * Counts one try to authorise, in one statement, so that of many guesses at once five are checked.
 * The caller commits it before looking at the password. The fifth try locks for 30 minutes of real
 * time; `giveTriesBack` lifts that when the try was right after all.
 */
export const countTry = async (tx: Transaction, subject: string): Promise<CountedTry> => {
  const { tries, lockedUntil } = authorisationTries
  const now = sql`${new Date().toISOString()}::timestamptz`
  const lockEnd = sql`${new Date(Date.now() + lockSeconds * 1000).toISOString()}::timestamptz`
  const next = sql`case when ${lockedUntil} is null then ${tries} + 1 else 1 end`
  const [row] = await tx
    .insert(authorisationTries)
    .values({ subject, tries: 1 })
    .onConflictDoUpdate({
      target: authorisationTries.subject,
      set: {
        tries: next,
        lockedUntil: sql`case when ${next} >= ${mostTries} then ${lockEnd} end`,
      },
      setWhere: sql`${lockedUntil} is null or ${lockedUntil} <= ${now}`,
    })
    .returning({ tries })
  if (row) return { outcome: 'counted', triesLeft: mostTries - row.tries }
  const [lock] = await tx
    .select({ lockedUntil })
    .from(authorisationTries)
    .where(eq(authorisationTries.subject, subject))
  return { outcome: 'locked', lockedUntil: lock?.lockedUntil ?? new Date() }
}

/** After the right password: no wrong tries in a row any more. */
export const giveTriesBack = async (db: Database, subject: string): Promise<void> => {
  await db
    .update(authorisationTries)
    .set({ tries: 0, lockedUntil: null })
    .where(eq(authorisationTries.subject, subject))
}
