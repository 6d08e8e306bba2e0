import type { PaymentContent } from '#shared/contracts/payment-content.ts'
import type { AccountRow } from './accounts.table.ts'

type Account = Pick<AccountRow, 'purpose' | 'customerId' | 'holder' | 'currency' | 'closedAt'>

/** Whether money can come from it or go to it: open, and not one of the bank's own. */
export const isOpen = (account: Account | undefined): account is Account =>
  account?.purpose === 'holder' && account.closedAt === null

export const isOwnedBy = (account: Account | undefined, customerId: string): boolean =>
  isOpen(account) && account.customerId === customerId

/** Whether every payee account is open and belongs to the holder that the payer agreed to. */
export const payeesAsNamed = (
  { claims, currency }: Pick<PaymentContent, 'claims' | 'currency'>,
  found: Map<string, Account>,
): boolean =>
  claims.every(({ payeeAccount, payeeHolder }) => {
    const payee = found.get(payeeAccount)
    return isOpen(payee) && payee.holder === payeeHolder && payee.currency === currency
  })
