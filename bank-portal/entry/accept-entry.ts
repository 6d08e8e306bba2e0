import type { Account } from '#shared/contracts/core-banking.ts'
import { unreachable } from '#shared/errors.ts'
import { listPayingAccounts } from '../accounts/paying-accounts.ts'
import { acceptOrder } from '../claim-server-client.ts'
import type { Calls, Customer } from '../deps.ts'
import { type Acceptance, findAcceptance } from './find-acceptance.ts'

export type AcceptOutcome =
  | { outcome: 'accepted' }
  | { outcome: 'not-open'; order: Acceptance['order'] }
  /** No account of this customer: the page is shown again. */
  | { outcome: 'no-account'; order: Acceptance['order']; accounts: Account[] }

/**
 * Accepts the order: the claim server binds it to customer and account (Fig. 32, S185-S187). Repeating
 * it is the same acceptance. An unknown token throws `not-found`.
 */
export const acceptEntry = async (
  deps: Calls,
  customer: Customer,
  { entryToken, account }: { entryToken: string; account: string | undefined },
): Promise<AcceptOutcome> => {
  const { accounts } = await listPayingAccounts(deps, customer)
  if (!account || !accounts.some((one) => one.account === account)) {
    const { order } = await findAcceptance(deps, customer, entryToken)
    return { outcome: 'no-account', order, accounts }
  }
  const accepted = await acceptOrder(deps, customer, { entryToken, account })
  switch (accepted.outcome) {
    case 'accepted':
      return { outcome: 'accepted' }
    case 'not-open': {
      const { order } = await findAcceptance(deps, customer, entryToken)
      return { outcome: 'not-open', order }
    }
    default:
      return unreachable(accepted)
  }
}
