import { and, desc, eq, lt, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { readCursor, writeCursor } from '../cursor.ts'
import type { Deps } from '../deps.ts'
import { postings, transfers } from '../payments/payments.table.ts'
import { accounts } from './accounts.table.ts'

export interface StatementLine {
  posting: bigint
  transferId: string
  paymentId: string | null
  line: 'amount' | 'fee'
  amountMinor: bigint
  /** The balance after this line. */
  balanceMinor: bigint
  madeAt: Date
  reference: string
  counterAccount: string
  counterHolder: string
}

const perPage = 30

/** The postings of an account, newest first, 30 a page, each with the balance after it. */
export const listPostings = async (
  { db }: Pick<Deps, 'db'>,
  { account, cursor }: { account: string; cursor?: string | undefined },
): Promise<{ lines: StatementLine[]; nextCursor: string | undefined }> => {
  const other = alias(postings, 'other')
  const rows = await db
    .select({
      posting: postings.posting,
      transferId: postings.transferId,
      paymentId: transfers.paymentId,
      line: postings.line,
      amountMinor: postings.amountMinor,
      madeAt: transfers.madeAt,
      reference: transfers.reference,
      counterAccount: other.account,
      counterHolder: accounts.holder,
    })
    .from(postings)
    .innerJoin(transfers, eq(transfers.transferId, postings.transferId))
    .innerJoin(
      other,
      and(
        eq(other.transferId, postings.transferId),
        eq(other.line, postings.line),
        eq(other.amountMinor, sql`-${postings.amountMinor}`),
      ),
    )
    .innerJoin(accounts, eq(accounts.account, other.account))
    .where(
      and(
        eq(postings.account, account),
        cursor === undefined ? undefined : lt(postings.posting, readCursor(cursor)),
      ),
    )
    .orderBy(desc(postings.posting))
    .limit(perPage + 1)
  const page = rows.slice(0, perPage)
  const newest = page[0]
  if (!newest) return { lines: [], nextCursor: undefined }
  const oldest = page.at(-1)
  return {
    lines: withBalances(page, await balanceAfter(db, account, newest.posting)),
    nextCursor: rows.length > perPage && oldest ? writeCursor(oldest.posting) : undefined,
  }
}

const balanceAfter = async (db: Deps['db'], account: string, posting: bigint): Promise<bigint> => {
  const [row] = await db
    .select({ balance: sql<string>`sum(${postings.amountMinor})` })
    .from(postings)
    .where(and(eq(postings.account, account), sql`${postings.posting} <= ${posting}`))
  return BigInt(row?.balance ?? 0)
}

const withBalances = (lines: Omit<StatementLine, 'balanceMinor'>[], newest: bigint) => {
  let balanceMinor = newest
  return lines.map((line) => {
    const shown = { ...line, balanceMinor }
    balanceMinor -= line.amountMinor
    return shown
  })
}
