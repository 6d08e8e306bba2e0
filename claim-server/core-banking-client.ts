import {
  accountExists,
  checkBooks,
  findReceipts,
  listExecuted,
  nameHolders,
  voidPayment,
} from '#shared/contracts/core-banking.ts'
import type { Sent } from '#shared/contracts/call.ts'
import type { Deps } from './deps.ts'

type Caller = Pick<Deps, 'callCore'>

/**
 * The claim server's calls to core banking, by contract; the only file here that makes them. Each
 * throws `AppError` when the core refused the request, `NoAnswer` when nothing may be concluded.
 */
export const coreBanking = ({ callCore }: Caller) => ({
  accountExists: (body: Sent<typeof accountExists>['body']) => callCore(accountExists, { body }),
  nameHolders: (accounts: string[]) => callCore(nameHolders, { body: { accounts } }),
  findReceipts: (paymentIds: string[]) => callCore(findReceipts, { body: { paymentIds } }),
  voidPayment: (paymentId: string, body: Sent<typeof voidPayment>['body']) =>
    callCore(voidPayment, { params: { paymentId }, body }),
  listExecuted: (query: Sent<typeof listExecuted>['query']) => callCore(listExecuted, { query }),
  checkBooks: () => callCore(checkBooks, {}),
})
