import { type SQL, sql } from 'drizzle-orm'
import { groupsOf } from '#shared/contracts/payment-content.ts'
import { bigintArray, textArray, type Transaction } from '#shared/database.ts'
import { toJson } from '#shared/json.ts'
import { accounts } from '../accounts/accounts.table.ts'
import type { PaymentOrder } from './read-payment-order.ts'
import { legs, type PaymentRow, payments, postings, transfers } from './payments.table.ts'

type Leg = typeof legs.$inferSelect
type Transfer = typeof transfers.$inferSelect
type Posting = Omit<typeof postings.$inferSelect, 'posting'>

/** A decision as it is kept, with the movements of money that carry it out: none unless executed. */
export interface DecidedPayment {
  payment: Omit<PaymentRow, 'decision'>
  transfers: Transfer[]
  legs: Leg[]
}

/** The movements of an executed payment: a transfer for each group, a leg for each claim. */
export const movementsOf = (
  { content, groups }: PaymentOrder,
  madeAt: Date,
): Pick<DecidedPayment, 'transfers' | 'legs'> => {
  const groupOf = new Map(groups.map((group) => [group.payeeAccount, group]))
  const { paymentId, kind, currency, payerAccount: debitAccount } = content
  return {
    transfers: groupsOf(content).map(({ payeeAccount, amountMinor, feeMinor }) => ({
      transferId: groupOf.get(payeeAccount)?.transferId ?? '',
      paymentId,
      debitAccount,
      creditAccount: payeeAccount,
      amountMinor,
      feeMinor,
      currency,
      reference: groupOf.get(payeeAccount)?.reference ?? '',
      madeAt,
    })),
    legs: content.claims.map(({ orderNumber, payeeAccount, amountMinor }) => ({
      paymentId,
      orderNumber,
      transferId: groupOf.get(payeeAccount)?.transferId ?? '',
      amountMinor,
      kind,
    })),
  }
}

/** The lines of one transfer: the amount, and the fee as its own lines to the bank's fee account. */
const linesOf = (
  { transferId, debitAccount, creditAccount, amountMinor, feeMinor }: Transfer,
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

/** What the lines add to the balance of each account. */
const changesOf = (lines: readonly Posting[]): Map<string, bigint> => {
  const changes = new Map<string, bigint>()
  for (const { account, amountMinor } of lines)
    changes.set(account, (changes.get(account) ?? 0n) + amountMinor)
  return changes
}

const addToBalances = (changes: ReadonlyMap<string, bigint>): SQL => sql`
  update ${accounts} as account set balance_minor = account.balance_minor + change.minor
  from unnest(${textArray([...changes.keys()])}, ${bigintArray([...changes.values()])})
    as change (account, minor)
  where account.account = change.account`

/** Adds the lines to the balances of their accounts, in one statement. */
export const changeBalances = async (tx: Transaction, lines: readonly Posting[]): Promise<void> => {
  await tx.execute(addToBalances(changesOf(lines)))
}

/** All rows and balances in one statement, whose text is the same for any number of them. */
const insertDecided = async (
  tx: Transaction,
  decided: readonly DecidedPayment[],
  lines: readonly Posting[],
): Promise<void> => {
  await tx.execute(sql`
    with decision as (
      insert into ${payments} (payment_id, result, reason, short_by_minor, kind, payer, digest,
        payer_account, currency, authorised_at, decided_at)
      select * from jsonb_to_recordset(${toJson(decided.map((one) => one.payment))}::jsonb)
        as one ("paymentId" uuid, result text, reason text, "shortByMinor" bigint, kind text,
          payer text, digest text, "payerAccount" text, currency text, "authorisedAt" timestamptz,
          "decidedAt" timestamptz)
    ), transfer as (
      insert into ${transfers} (transfer_id, payment_id, debit_account, credit_account,
        amount_minor, fee_minor, currency, reference, made_at)
      select * from jsonb_to_recordset(${toJson(decided.flatMap((one) => one.transfers))}::jsonb)
        as one ("transferId" uuid, "paymentId" uuid, "debitAccount" text, "creditAccount" text,
          "amountMinor" bigint, "feeMinor" bigint, currency text, reference text,
          "madeAt" timestamptz)
    ), leg as (
      insert into ${legs} (payment_id, order_number, transfer_id, amount_minor, kind)
      select * from jsonb_to_recordset(${toJson(decided.flatMap((one) => one.legs))}::jsonb)
        as one ("paymentId" uuid, "orderNumber" text, "transferId" uuid, "amountMinor" bigint,
          kind text)
    ), balance as (${addToBalances(changesOf(lines))})
    insert into ${postings} (transfer_id, line, account, amount_minor)
    select * from jsonb_to_recordset(${toJson(lines)}::jsonb)
      as one ("transferId" uuid, line text, account text, "amountMinor" bigint)`)
}

/**
 * Stores decisions, and posts all groups and fees of those that are executed. The payers' and payees'
 * accounts are locked already, in order of their keys; the bank's fee account is locked last, by the
 * change of balances.
 */
export const postPayments = async (
  tx: Transaction,
  decided: readonly DecidedPayment[],
  { feeAccount }: { feeAccount: string },
): Promise<void> => {
  const lines = decided.flatMap((one) => one.transfers.flatMap((row) => linesOf(row, feeAccount)))
  await insertDecided(tx, decided, lines)
}
