import { and, asc, eq, isNull } from 'drizzle-orm'
import type { Account } from '#shared/contracts/core-banking.ts'
import { prepareOnce, type ValueOf } from '#shared/prepare-once.ts'
import type { Deps } from '../deps.ts'
import { accounts, branches } from './accounts.table.ts'

const findOpen = prepareOnce((db, value: ValueOf<{ customerId: string }>) =>
  db
    .select({
      account: accounts.account,
      branchName: branches.name,
      branchNameJa: branches.nameJa,
      label: accounts.label,
      labelJa: accounts.labelJa,
      holder: accounts.holder,
      currency: accounts.currency,
      balanceMinor: accounts.balanceMinor,
      limitMinor: accounts.limitMinor,
    })
    .from(accounts)
    .innerJoin(
      branches,
      and(eq(branches.bank, accounts.bank), eq(branches.branch, accounts.branch)),
    )
    .where(and(eq(accounts.customerId, value('customerId')), isNull(accounts.closedAt)))
    .orderBy(asc(accounts.openedAt), asc(accounts.account)),
)

/** The customer's open accounts with their balances, in order of opening; none for a stranger. */
export const listAccounts = async (
  { db }: Pick<Deps, 'db'>,
  { customerId }: { customerId: string },
): Promise<{ accounts: Account[] }> => {
  const rows = await findOpen(db, { customerId })
  return {
    accounts: rows.map(({ limitMinor, ...account }) => ({
      ...account,
      availableMinor: account.balanceMinor - (limitMinor ?? 0n),
    })),
  }
}
