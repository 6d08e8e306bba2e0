import { eq } from 'drizzle-orm'
import { violatesUnique } from '#shared/database.ts'
import type { Deps } from '../deps.ts'
import { checkAccount, type NamedAccount } from './check-accounts.ts'
import { shopAccounts } from './shops.table.ts'

export type AccountAddition =
  | 'added'
  | 'known'
  | 'unknown'
  | 'asked-too-often'
  | 'taken'
  | 'other-holder'

const mostAccounts = 50

/**
 * Adds an account on which the shop can be paid, if the core knows it with that holder. Only a holder
 * whom the bank approved with the shop: nobody who gets into the console can have the shop's money
 * sent to an account of their own. Throws `NoAnswer`.
 */
export const addAccount = async (
  deps: Pick<Deps, 'db' | 'clock' | 'callCore'>,
  { shopId, account, holder }: NamedAccount & { shopId: string },
): Promise<AccountAddition> => {
  const { db, clock } = deps
  const own = await db.select().from(shopAccounts).where(eq(shopAccounts.shopId, shopId))
  if (own.some((one) => one.account === account)) return 'known'
  if (!own.some((one) => one.holder === holder) || own.length >= mostAccounts) return 'other-holder'
  const check = await checkAccount(deps, { account, holder })
  if (check !== 'exists') return check
  try {
    await db.insert(shopAccounts).values({ shopId, account, holder, createdAt: clock.now() })
    return 'added'
  } catch (error) {
    if (violatesUnique(error, 'shop_accounts_account')) return 'taken'
    throw error
  }
}
