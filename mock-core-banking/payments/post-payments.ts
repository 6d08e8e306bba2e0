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

const transfersOf = ({ content, groups }: PaymentOrder, madeAt: Date) => {
  const groupOf = new Map(groups.map((group) => [group.payeeAccount, group]))
  return groupsOf(content).map(({ payeeAccount, amountMinor, feeMinor }) => ({
    transferId: groupOf.get(payeeAccount)?.transferId ?? '',
    paymentId: content.paymentId,
    debitAccount: content.payerAccount,
    creditAccount: payeeAccount,
    amountMinor,
    feeMinor,
    currency: content.currency,
    reference: groupOf.get(payeeAccount)?.reference ?? '',
    madeAt,
  }))
}

const legsOf = ({ content, groups }: PaymentOrder) =>
  content.claims.map(({ orderNumber, payeeAccount, amountMinor }) => ({
    paymentId: content.paymentId,
    orderNumber,
    transferId: groups.find((group) => group.payeeAccount === payeeAccount)?.transferId ?? '',
    amountMinor,
    kind: content.kind,
  }))

/**
 * The statements, in order, that post all groups and fees of executed payments. The payers' and payees'
 * accounts are locked already, in order of their keys; the bank's fee account is locked last, by the
 * change of balances.
 */
export const postPayments = (
  tx: Transaction,
  orders: readonly PaymentOrder[],
  { feeAccount, madeAt }: { feeAccount: string; madeAt: Date },
): PromiseLike<unknown>[] => {
  if (orders.length === 0) return []
  const rows = orders.flatMap((order) => transfersOf(order, madeAt))
  const lines = rows.flatMap((row) => linesOf(row, feeAccount))
  return [
    tx.insert(transfers).values(rows),
    tx.insert(legs).values(orders.flatMap(legsOf)),
    tx.insert(postings).values(lines),
    changeBalances(tx, lines),
  ]
}
