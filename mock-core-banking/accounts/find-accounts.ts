import { type SQL, sql } from 'drizzle-orm'
import { type Database, textArray, type Transaction } from '#shared/database.ts'
import { type AccountRow, accounts } from './accounts.table.ts'

/** What has to be known of an account to pay from it or to it. */
export type KnownAccount = Pick<
  AccountRow,
  | 'account'
  | 'purpose'
  | 'customerId'
  | 'holder'
  | 'currency'
  | 'balanceMinor'
  | 'limitMinor'
  | 'closedAt'
>

type Read = Omit<KnownAccount, 'balanceMinor' | 'limitMinor' | 'closedAt'> &
  Record<'balanceMinor', string> &
  Record<'limitMinor' | 'closedAt', string | null>

const columns = sql`account, purpose, customer_id as "customerId", holder, currency,
  balance_minor as "balanceMinor", limit_minor as "limitMinor", closed_at as "closedAt"`

const byKey = async (
  db: Database | Transaction,
  query: SQL,
): Promise<Map<string, KnownAccount>> => {
  const rows = await db.execute<Read & Record<string, unknown>>(query)
  return new Map(
    rows.map(({ balanceMinor, limitMinor, closedAt, ...row }) => [
      row.account,
      {
        ...row,
        balanceMinor: BigInt(balanceMinor),
        limitMinor: limitMinor === null ? null : BigInt(limitMinor),
        closedAt: closedAt === null ? null : new Date(closedAt),
      },
    ]),
  )
}

/** Accounts by their keys, the bank's own among them; keys that don't exist are left out. */
export const findAccounts = (
  db: Database | Transaction,
  keys: readonly string[],
): Promise<Map<string, KnownAccount>> =>
  byKey(db, sql`select ${columns} from ${accounts} where account = any(${textArray(keys)})`)

/**
 * The same, of holders alone, locked until the transaction ends. In order of their keys, like every
 * payment: two that cross can't wait for each other.
 */
export const lockAccounts = (
  tx: Transaction,
  keys: readonly string[],
): Promise<Map<string, KnownAccount>> =>
  byKey(
    tx,
    sql`select ${columns} from ${accounts}
        where account = any(${textArray(keys)}) and purpose = 'holder'
        order by account for no key update`,
  )
