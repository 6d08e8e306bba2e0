import { inArray, sql } from 'drizzle-orm'
import { groupsOf } from '#shared/contracts/payment-content.ts'
import type { Transaction } from '#shared/database.ts'
import { accounts } from '../accounts/accounts.table.ts'
import type { PaymentOrder } from './read-payment-order.ts'
import { legs, postings, transfers } from './payments.table.ts'

type Posting = typeof postings.$inferInsert

/** The lines of one transfer: the amount, and the fee as its own lines to the bank's fee account. */
const linesOf = (
  { transferId, debitAccount, creditAccount, amountMinor, feeMinor }: typeof transfers.$inferInsert,
  feeAccount: string,
): Posting[] => {
  const move = (line: Posting['line'], to: string, minor: bigint): Posting[] =>
    minor === 0n
      ? []
      : [
          { transferId, line, account: debitAccount, amountMinor: -minor },
          { transferId, line, account: to, amountMinor: minor },
        ]
  return [...move('amount', creditAccount, amountMinor), ...move('fee', feeAccount, feeMinor)]
}

/** Adds the lines to the balances of their accounts, in one statement. */
export const changeBalances = (tx: Transaction, lines: Posting[]) => {
  const changes = new Map<string, bigint>()
  for (const { account, amountMinor } of lines)
    changes.set(account, (changes.get(account) ?? 0n) + amountMinor)
  const rows = [...changes].map(([account, minor]) => sql`(${account}, ${minor}::bigint)`)
  return tx
    .update(accounts)
    .set({
      balanceMinor: sql`${accounts.balanceMinor} + (
        select change.minor from (values ${sql.join(rows, sql`, `)}) as change (account, minor)
        where change.account = ${accounts.account})`,
    })
    .where(inArray(accounts.account, [...changes.keys()]))
}

/**
 * Posts all groups and fees of an executed payment. The payer's and payees' accounts are locked
 * already, in order of their keys; the bank's fee account is locked last, by the change of balances.
 */
export const postPayment = async (
  tx: Transaction,
  { content, groups }: PaymentOrder,
  { feeAccount, madeAt }: { feeAccount: string; madeAt: Date },
): Promise<void> => {
  const groupOf = new Map(groups.map((group) => [group.payeeAccount, group]))
  const transferOf = (payeeAccount: string) => groupOf.get(payeeAccount)?.transferId ?? ''
  const rows = groupsOf(content).map(({ payeeAccount, amountMinor, feeMinor }) => ({
    transferId: transferOf(payeeAccount),
    paymentId: content.paymentId,
    debitAccount: content.payerAccount,
    creditAccount: payeeAccount,
    amountMinor,
    feeMinor,
    currency: content.currency,
    reference: groupOf.get(payeeAccount)?.reference ?? '',
    madeAt,
  }))
  const lines = rows.flatMap((row) => linesOf(row, feeAccount))
  await tx.insert(transfers).values(rows)
  await Promise.all([
    tx.insert(legs).values(
      content.claims.map(({ orderNumber, payeeAccount, amountMinor }) => ({
        paymentId: content.paymentId,
        orderNumber,
        transferId: transferOf(payeeAccount),
        amountMinor,
        kind: content.kind,
      })),
    ),
    tx.insert(postings).values(lines),
    changeBalances(tx, lines),
  ])
}
