import type { Answer } from './batched-calls.ts'
import { type Database, sqlState, type Transaction } from './database.ts'
import { AppError } from './errors.ts'
import type { ServiceCaller } from './service-token.ts'
import { type SpentTokens, spendToken } from './spent-tokens.ts'

interface Steps<T, Found, R> {
  /**
   * Takes all locks of the items, in one order for all calls, and reads what the change must know. It
   * goes in one round trip with the token, so it must change nothing.
   */
  find: (tx: Transaction, items: T[]) => Promise<Found>
  change: (tx: Transaction, items: T[], found: Found) => Promise<Answer<R>[]>
}

/** A value or row that the tables don't take, or two transactions in each other's way. */
const isOfRows = (error: unknown) => /^(22|23|40)/.test(sqlState(error) ?? '')

/** No word of the database: one of the items met a fault of ours. */
const isOfCode = (error: unknown) => !(error instanceof AppError) && sqlState(error) === undefined

const eachAlone = async <T, Found, R>(
  tx: Transaction,
  { find, change }: Steps<T, Found, R>,
  items: readonly T[],
): Promise<Answer<R>[]> => {
  // All locks in their one order first; one that can't be found fails below, by itself.
  await tx.transaction((savepoint) => find(savepoint, [...items])).catch(() => {})
  const answers: Answer<R>[] = []
  for (const item of items)
    try {
      const one = await tx.transaction(async (savepoint) =>
        change(savepoint, [item], await find(savepoint, [item])),
      )
      answers.push(...one)
    } catch (error) {
      answers.push({ error })
    }
  return answers
}

/**
 * Changes what the items of one call ask for, in one transaction with the call's token. What fails for
 * all together is tried once more one by one, so that a bad item fails alone. Without a caller no token
 * is spent: workers.
 */
export const changeTogether = async <T, Found, R>(
  { db, spentTokens }: { db: Database; spentTokens: SpentTokens },
  caller: ServiceCaller | undefined,
  items: T[],
  steps: Steps<T, Found, R>,
): Promise<Answer<R>[]> => {
  const spend = async (tx: Transaction) => {
    if (caller) await spendToken(tx, spentTokens, caller)
  }
  try {
    return await db.transaction(async (tx) => {
      const [, found] = await Promise.all([spend(tx), steps.find(tx, items)])
      return steps.change(tx, items, found)
    })
  } catch (error) {
    if (!isOfRows(error) && !(isOfCode(error) && items.length > 1)) throw error
    return db.transaction(async (tx) => {
      await spend(tx)
      return eachAlone(tx, steps, items)
    })
  }
}
