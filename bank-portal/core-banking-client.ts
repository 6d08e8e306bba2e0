import {
  authoriseRun as authoriseRunCall,
  checkCredentials as checkCredentialsCall,
  type CustomerLogin,
  executePayment as executePaymentCall,
  listAccounts as listAccountsCall,
  nameHolders as nameHoldersCall,
} from '#shared/contracts/core-banking.ts'
import type { PaymentContent } from '#shared/contracts/payment-content.ts'
import type { Customer, Deps } from './deps.ts'

/** The only callers of core banking. Each throws the core's `AppError`, or `NoAnswer`. */
type Asks = Pick<Deps, 'callCore'>

const by = ({ customerId }: Customer) => ({ onBehalfOf: customerId })

export const checkCredentials = (
  { callCore }: Asks,
  body: { login: CustomerLogin; password: string },
) => callCore(checkCredentialsCall, { body })

export const listAccounts = async ({ callCore }: Asks, customer: Customer) => {
  const { accounts } = await callCore(
    listAccountsCall,
    { params: { customerId: customer.customerId } },
    by(customer),
  )
  return accounts
}

/** Holders by account, as the core names them; an account that does not exist is not in the map. */
export const nameHolders = async ({ callCore }: Asks, customer: Customer, accounts: string[]) => {
  const { holders } = await callCore(nameHoldersCall, { body: { accounts } }, by(customer))
  return new Map(holders.map(({ account, holder }) => [account, holder]))
}

export const authoriseRun = (
  { callCore }: Asks,
  customer: Customer,
  body: { accountNumber: string; password: string; payments: PaymentContent[] },
) => callCore(authoriseRunCall, { params: { customerId: customer.customerId }, body }, by(customer))

/** The receipt of an execution: whatever it says, it is the core's last word. */
export const executePayment = async (
  { callCore }: Asks,
  customer: Customer,
  { paymentId, ...body }: { paymentId: string; instruction: string; authorisation: string },
) => {
  const { receipt } = await callCore(
    executePaymentCall,
    { params: { paymentId }, body },
    by(customer),
  )
  return receipt
}
