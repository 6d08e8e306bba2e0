import type { Transaction } from '#shared/database.ts'
import { AppError } from '#shared/errors.ts'
import type { ServiceCaller } from '#shared/service-token.ts'
import { spendToken } from '#shared/spent-tokens.ts'
import type { Deps } from './deps.ts'
import { spentTokens } from './spent-tokens.table.ts'

/**
 * Runs the change of a service call in one transaction with its token. An `AppError` of `change`
 * commits too, so that a refused call can't be replayed: throw it before anything is written.
 */
export const changeByCall = async <T>(
  { db }: Pick<Deps, 'db'>,
  caller: ServiceCaller,
  change: (tx: Transaction) => Promise<T>,
): Promise<T> => {
  const result = await db.transaction(async (tx) => {
    await spendToken(tx, spentTokens, caller)
    try {
      return { done: await change(tx) }
    } catch (error) {
      if (error instanceof AppError) return { refused: error }
      throw error
    }
  })
  if ('refused' in result) throw result.refused
  return result.done
}
