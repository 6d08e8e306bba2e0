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

const eachAlone =
  <T, Found, R>({ find, change }: Steps<T, Found, R>, items: readonly T[]) =>
  async (tx: Transaction): Promise<Answer<R>[]> => {
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
  const commit = (work: (tx: Transaction, found: Found) => Promise<Answer<R>[]>) =>
    db.transaction(async (tx) => {
      const [, found] = await Promise.all([
        caller && spendToken(tx, spentTokens, caller),
        steps.find(tx, items),
      ])
      return work(tx, found)
    })
  try {
    return await commit((tx, found) => steps.change(tx, items, found))
  } catch (error) {
    if (!isOfRows(error) && !(isOfCode(error) && items.length > 1)) throw error
    return commit(eachAlone(steps, items))
  }
}
