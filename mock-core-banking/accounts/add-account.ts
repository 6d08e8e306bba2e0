import type { Transaction } from '#shared/database.ts'
import type { Deps } from '../deps.ts'
import { changeBalances } from '../payments/post-payments.ts'
import { postings, transfers } from '../payments/payments.table.ts'
import { accounts } from './accounts.table.ts'

export type NewAccount = Omit<
  typeof accounts.$inferInsert,
  'balanceMinor' | 'closedAt' | 'currency' | 'bank'
>

/** Posts an opening deposit from the bank's own deposit account, so that all postings sum to zero. */
const postDeposit = async (
  tx: Transaction,
  { config, newId }: Pick<Deps, 'config' | 'newId'>,
  { account, openedAt }: NewAccount,
  amountMinor: bigint,
): Promise<void> => {
  const transferId = newId()
  await tx.insert(transfers).values({
    transferId,
    debitAccount: config.DEPOSIT_ACCOUNT,
    creditAccount: account,
    amountMinor,
    feeMinor: 0n,
    currency: config.CURRENCY,
    reference: 'Opening deposit',
    madeAt: openedAt,
  })
  const lines = [
    {
      transferId,
      line: 'amount' as const,
      account: config.DEPOSIT_ACCOUNT,
      amountMinor: -amountMinor,
    },
    { transferId, line: 'amount' as const, account, amountMinor },
  ]
  await tx.insert(postings).values(lines)
  await changeBalances(tx, lines)
}

/**
 * Adds an account with its opening deposit (0: none), in the caller's transaction. Returns false when
 * the number, or the form that opens it, is taken; nothing is added then.
 */
export const addAccount = async (
  tx: Transaction,
  deps: Pick<Deps, 'config' | 'newId'>,
  account: NewAccount,
  depositMinor: bigint,
): Promise<boolean> => {
  const { BANK_CODE: bank, CURRENCY: currency } = deps.config
  const added = await tx
    .insert(accounts)
    .values({ ...account, bank, currency })
    .onConflictDoNothing()
    .returning({ account: accounts.account })
  if (added.length === 0) return false
  if (depositMinor > 0n) await postDeposit(tx, deps, account, depositMinor)
  return true
}
