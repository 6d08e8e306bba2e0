import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { Deps } from '../deps.ts'
import { accounts } from './accounts.table.ts'

/** The holders of open payee accounts; accounts that don't exist are left out. */
export const nameHolders = async (
  { db }: Pick<Deps, 'db'>,
  input: { accounts: string[] },
): Promise<{ holders: { account: string; holder: string }[] }> => ({
  holders: await db
    .select({ account: accounts.account, holder: accounts.holder })
    .from(accounts)
    .where(
      and(
        inArray(accounts.account, input.accounts),
        eq(accounts.purpose, 'holder'),
        isNull(accounts.closedAt),
      ),
    ),
})
