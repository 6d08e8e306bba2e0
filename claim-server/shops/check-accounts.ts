import { AppError } from '#shared/errors.ts'
import { coreBanking } from '../core-banking-client.ts'
import type { Deps } from '../deps.ts'

export interface NamedAccount {
  account: string
  holder: string
}

export type AccountCheck = 'exists' | 'unknown' | 'asked-too-often'

/**
 * Asks the core whether the account exists and belongs to that holder (Fig. 3). The core answers few
 * such questions an hour about one account or one holder. Throws `NoAnswer`.
 */
export const checkAccount = async (
  deps: Pick<Deps, 'callCore'>,
  { account, holder }: NamedAccount,
): Promise<AccountCheck> => {
  try {
    const { exists } = await coreBanking(deps).accountExists({ account, holder })
    return exists ? 'exists' : 'unknown'
  } catch (error) {
    if (error instanceof AppError && error.code === 'too-many-requests') return 'asked-too-often'
    throw error
  }
}

/** As `checkAccount`, for each of them at once. */
export const checkAccounts = (
  deps: Pick<Deps, 'callCore'>,
  accounts: readonly NamedAccount[],
): Promise<AccountCheck[]> => Promise.all(accounts.map((one) => checkAccount(deps, one)))
