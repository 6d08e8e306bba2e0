import { inArray, sql } from 'drizzle-orm'
import { type Database, textArray, type Transaction } from '#shared/database.ts'
import { authorisationTries } from './credentials.table.ts'

export const mostTries = 5
const lockSeconds = 30 * 60

export type CountedTry =
  | { outcome: 'counted'; triesLeft: number }
  | { outcome: 'locked'; lockedUntil: Date }

interface Tried {
  subject: string
  tries: number
  [column: string]: unknown
}

const countOnce = async (tx: Transaction, subjects: string[]): Promise<Map<string, CountedTry>> => {
  const now = new Date()
  const lockEnd = new Date(now.getTime() + lockSeconds * 1000)
  const counted = await tx.execute<Tried>(sql`
    insert into ${authorisationTries} as counted (subject, tries)
    select subject, 1 from unnest(${textArray(subjects)}) as subject
    on conflict (subject) do update set
      tries = case when counted.locked_until is null then counted.tries + 1 else 1 end,
      locked_until = case when counted.locked_until is null and counted.tries + 1 >= ${mostTries}
        then ${lockEnd.toISOString()}::timestamptz end
    where counted.locked_until is null or counted.locked_until <= ${now.toISOString()}::timestamptz
    returning subject, tries`)
  const outcomes = new Map<string, CountedTry>(
    counted.map((row) => [row.subject, { outcome: 'counted', triesLeft: mostTries - row.tries }]),
  )
  const others = subjects.filter((one) => !outcomes.has(one))
  if (others.length === 0) return outcomes
  const { subject, lockedUntil } = authorisationTries
  const locks = await tx
    .select({ subject, lockedUntil })
    .from(authorisationTries)
    .where(inArray(subject, others))
  for (const lock of locks)
    outcomes.set(lock.subject, { outcome: 'locked', lockedUntil: lock.lockedUntil ?? new Date() })
  return outcomes
}

/**
 * Counts one try to authorise for each subject, as often as it is named, in order of their names so
 * that no two calls wait for each other; of many guesses at once five are checked. The caller commits
 * it before looking at the passwords. The fifth try locks for 30 minutes of real time;
 * `giveTriesBack` lifts that when the try was right after all.
 */
export const countTries = async (
  tx: Transaction,
  subjects: readonly string[],
): Promise<CountedTry[]> => {
  const answers: CountedTry[] = []
  let left = subjects.map((subject, at) => ({ subject, at }))
  while (left.length > 0) {
    // A statement touches a row once: who is named twice has the second try counted after the first.
    const once = new Map(left.toReversed().map((one) => [one.subject, one]))
    const counted = await countOnce(tx, [...once.keys()].toSorted())
    for (const { subject, at } of once.values()) {
      const outcome = counted.get(subject)
      if (!outcome) throw new Error('a try that was neither counted nor locked')
      answers[at] = outcome
    }
    left = left.filter((one) => once.get(one.subject) !== one)
  }
  return answers
}

/** Counts one try of one subject. */
export const countTry = async (tx: Transaction, subject: string): Promise<CountedTry> => {
  const [counted] = await countTries(tx, [subject])
  if (!counted) throw new Error('a try that was not counted')
  return counted
}

/** After the right password: no wrong tries in a row any more. */
export const giveTriesBack = async (db: Database, subjects: readonly string[]): Promise<void> => {
  if (subjects.length === 0) return
  await db.execute(sql`
    update ${authorisationTries} set tries = 0, locked_until = null
    where subject in (
      select subject from ${authorisationTries} where subject = any(${textArray(subjects)})
      order by subject for update)`)
}
