import { asc, eq, isNotNull } from 'drizzle-orm'
import type { Deps } from '../../mock-core-banking/deps.ts'
import { accounts } from '../../mock-core-banking/accounts/accounts.table.ts'
import { postings, transfers } from '../../mock-core-banking/payments/payments.table.ts'

/** One transfer of a payment as the core's books have it, with its debit and credit lines in order. */
export interface BookedTransfer {
  transferId: string
  paymentId: string | null
  from: string
  to: string
  amountMinor: bigint
  feeMinor: bigint
  lines: [account: string, amountMinor: bigint][]
}

/** The core's own books, read where they are kept: what really happened to the money. */
export interface Books {
  balanceOf(account: string): Promise<bigint>
  /** The transfers that this account paid, oldest first. */
  transfersFrom(account: string): Promise<BookedTransfer[]>
  /** The transfers of all payments, oldest first; opening deposits are none. */
  transfers(): Promise<BookedTransfer[]>
}

const toBooked = (transfer: typeof transfers.$inferSelect): BookedTransfer => ({
  transferId: transfer.transferId,
  paymentId: transfer.paymentId,
  from: transfer.debitAccount,
  to: transfer.creditAccount,
  amountMinor: transfer.amountMinor,
  feeMinor: transfer.feeMinor,
  lines: [],
})

export const openBooks = ({ db }: Pick<Deps, 'db'>): Books => {
  const readTransfers = async (): Promise<BookedTransfer[]> => {
    const rows = await db
      .select({ transfer: transfers, line: postings })
      .from(postings)
      .innerJoin(transfers, eq(transfers.transferId, postings.transferId))
      .where(isNotNull(transfers.paymentId))
      .orderBy(asc(postings.posting))
    const found = new Map<string, BookedTransfer>()
    for (const { transfer, line } of rows) {
      const booked = found.get(transfer.transferId) ?? toBooked(transfer)
      booked.lines.push([line.account, line.amountMinor])
      found.set(transfer.transferId, booked)
    }
    return [...found.values()]
  }
  return {
    async balanceOf(account) {
      const [row] = await db.select().from(accounts).where(eq(accounts.account, account))
      if (!row) throw new Error(`the core has no account ${account}`)
      return row.balanceMinor
    },
    transfers: readTransfers,
    transfersFrom: async (account) =>
      (await readTransfers()).filter((transfer) => transfer.from === account),
  }
}
