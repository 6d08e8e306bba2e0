import type { Answer } from './batched-calls.ts'
import { type Database, sqlState, type Transaction } from './database.ts'
import { AppError } from './errors.ts'
import type { ServiceCaller } from './service-token.ts'
import { type SpentTokens, spendToken } from './spent-tokens.ts'

type Change<T, R> = (tx: Transaction, items: T[]) => Promise<Answer<R>[]>

interface Steps<T, R> {
  change: Change<T, R>
  /** Takes all locks of these items in the order of `change`: one by one they would come in any order. */
  lock: (tx: Transaction, items: T[]) => PromiseLike<unknown>
}

/** A value or row that the tables don't take, or two transactions in each other's way. */
const isOfRows = (error: unknown) => /^(22|23|40)/.test(sqlState(error) ?? '')

/** No word of the database: one of the items met a fault of ours. */
const isOfCode = (error: unknown) => !(error instanceof AppError) && sqlState(error) === undefined

const eachAlone =
  <T, R>({ lock, change }: Steps<T, R>): Change<T, R> =>
  async (tx, items) => {
    await lock(tx, items)
    const answers: Answer<R>[] = []
    for (const item of items)
      try {
        answers.push(...(await tx.transaction((savepoint) => change(savepoint, [item]))))
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
export const changeTogether = async <T, R>(
  { db, spentTokens }: { db: Database; spentTokens: SpentTokens },
  caller: ServiceCaller | undefined,
  items: T[],
  steps: Steps<T, R>,
): Promise<Answer<R>[]> => {
  const commit = (work: Change<T, R>) =>
    db.transaction(async (tx) => {
      if (caller) await spendToken(tx, spentTokens, caller)
      return work(tx, items)
    })
  try {
    return await commit(steps.change)
  } catch (error) {
    if (!isOfRows(error) && !(isOfCode(error) && items.length > 1)) throw error
    return commit(eachAlone(steps))
  }
}
