import { and, asc, count, eq, gt, ilike, or, type SQL } from 'drizzle-orm'
import { customers } from '../credentials/credentials.table.ts'
import type { Deps } from '../deps.ts'
import { type AccountRow, accounts, branches } from './accounts.table.ts'

export interface FoundAccount {
  account: AccountRow
  branchName: string
  branchNameJa: string
  /** The holder's name in Japanese script, when it is a customer who has one. */
  nameJa: string | null
}

/** The columns of a found account, for a query that joins branch and customer. */
export const foundColumns = {
  account: accounts,
  branchName: branches.name,
  branchNameJa: branches.nameJa,
  nameJa: customers.nameJa,
}

export interface AccountPage {
  found: FoundAccount[]
  /** How many match, over all pages. */
  count: number
  /** The account after which the next page begins. */
  next: string | undefined
}

const perPage = 50

const containing = (text: string) => `%${text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`

const matching = (search: string): SQL | undefined => {
  const text = search.normalize('NFKC').trim()
  if (text === '') return undefined
  const { account, holder, label, labelJa, customerId } = accounts
  return or(
    ...[account, holder, customers.nameJa, label, labelJa, customerId].map((column) =>
      ilike(column, containing(text)),
    ),
  )
}

/** The branch of an account, for joins. */
export const withBranch = and(
  eq(branches.bank, accounts.bank),
  eq(branches.branch, accounts.branch),
)
/** The customer who holds it, if one does. */
export const withCustomer = eq(customers.customerId, accounts.customerId)

/** Accounts by holder, number, label or customer id, in order of their keys, 50 a page. */
export const searchAccounts = async (
  { db }: Pick<Deps, 'db'>,
  { search, after }: { search: string; after?: string | undefined },
): Promise<AccountPage> => {
  const wanted = matching(search)
  const [rows, [matches]] = await Promise.all([
    db
      .select(foundColumns)
      .from(accounts)
      .innerJoin(branches, withBranch)
      .leftJoin(customers, withCustomer)
      .where(and(wanted, after === undefined ? undefined : gt(accounts.account, after)))
      .orderBy(asc(accounts.account))
      .limit(perPage + 1),
    db.select({ count: count() }).from(accounts).leftJoin(customers, withCustomer).where(wanted),
  ])
  const found = rows.slice(0, perPage)
  return {
    found,
    count: matches?.count ?? 0,
    next: rows.length > perPage ? found.at(-1)?.account.account : undefined,
  }
}
