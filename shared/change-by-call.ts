import type { Answer } from './batched-calls.ts'
import { type Database, sqlState, type Transaction } from './database.ts'
import type { ServiceCaller } from './service-token.ts'
import { type SpentTokens, spendToken } from './spent-tokens.ts'

type Change<T, R> = (tx: Transaction, items: T[]) => Promise<Answer<R>[]>

/** A row that breaks a rule of the tables, or two transactions in each other's way. */
const isOfRows = (error: unknown) => /^(23|40)/.test(sqlState(error) ?? '')

const eachAlone =
  <T, R>(change: Change<T, R>): Change<T, R> =>
  async (tx, items) => {
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
 * Changes what the items of one call ask for, in one transaction with the call's token. What the
 * database refuses of all together is tried once more one by one, so that a bad item fails alone.
 * Without a caller no token is spent: workers.
 */
export const changeTogether = async <T, R>(
  { db, spentTokens }: { db: Database; spentTokens: SpentTokens },
  caller: ServiceCaller | undefined,
  items: T[],
  change: Change<T, R>,
): Promise<Answer<R>[]> => {
  const commit = (work: Change<T, R>) =>
    db.transaction(async (tx) => {
      if (caller) await spendToken(tx, spentTokens, caller)
      return work(tx, items)
    })
  try {
    return await commit(change)
  } catch (error) {
    if (!isOfRows(error)) throw error
    return commit(eachAlone(change))
  }
}
