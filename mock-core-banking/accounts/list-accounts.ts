import { and, asc, eq, isNull } from 'drizzle-orm'
import type { Account } from '#shared/contracts/core-banking.ts'
import type { Deps } from '../deps.ts'
import { accounts, branches } from './accounts.table.ts'

/** The customer's open accounts with their balances, in order of opening; none for a stranger. */
export const listAccounts = async (
  { db }: Pick<Deps, 'db'>,
  { customerId }: { customerId: string },
): Promise<{ accounts: Account[] }> => {
  const rows = await db
    .select({ account: accounts, branchName: branches.name, branchNameJa: branches.nameJa })
    .from(accounts)
    .innerJoin(
      branches,
      and(eq(branches.bank, accounts.bank), eq(branches.branch, accounts.branch)),
    )
    .where(and(eq(accounts.customerId, customerId), isNull(accounts.closedAt)))
    .orderBy(asc(accounts.openedAt), asc(accounts.account))
  return {
    accounts: rows.map(({ account, branchName, branchNameJa }) => ({
      account: account.account,
      branchName,
      branchNameJa,
      label: account.label,
      labelJa: account.labelJa,
      holder: account.holder,
      currency: account.currency,
      balanceMinor: account.balanceMinor,
      availableMinor: account.balanceMinor - (account.limitMinor ?? 0n),
    })),
  }
}
