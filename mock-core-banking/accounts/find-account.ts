import { eq } from 'drizzle-orm'
import type { Deps } from '../deps.ts'
import { accounts, branches } from './accounts.table.ts'
import { type FoundAccount, withBranch } from './search-accounts.ts'

/** One account with its branch; undefined when there is none. */
export const findAccount = async (
  { db }: Pick<Deps, 'db'>,
  account: string,
): Promise<FoundAccount | undefined> => {
  const [row] = await db
    .select({ account: accounts, branchName: branches.name, branchNameJa: branches.nameJa })
    .from(accounts)
    .innerJoin(branches, withBranch)
    .where(eq(accounts.account, account))
  return row
}
