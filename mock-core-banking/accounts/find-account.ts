import { eq } from 'drizzle-orm'
import { customers } from '../credentials/credentials.table.ts'
import type { Deps } from '../deps.ts'
import { accounts, branches } from './accounts.table.ts'
import { type FoundAccount, foundColumns, withBranch, withCustomer } from './search-accounts.ts'

/** One account with its branch; undefined when there is none. */
export const findAccount = async (
  { db }: Pick<Deps, 'db'>,
  account: string,
): Promise<FoundAccount | undefined> => {
  const [row] = await db
    .select(foundColumns)
    .from(accounts)
    .innerJoin(branches, withBranch)
    .leftJoin(customers, withCustomer)
    .where(eq(accounts.account, account))
  return row
}
