import {
  acceptOrder as acceptOrderCall,
  type ClaimSort,
  completePayment as completePaymentCall,
  findClaim as findClaimCall,
  findEntry as findEntryCall,
  findPayment as findPaymentCall,
  listClaims as listClaimsCall,
  quoteBasket as quoteBasketCall,
  reserveRun as reserveRunCall,
} from '#shared/contracts/claim-server.ts'
import type { ReplyOf } from '#shared/contracts/call.ts'
import type { PaymentContent } from '#shared/contracts/payment-content.ts'
import type { Customer, Deps } from './deps.ts'

/** The only callers of the claim server. Each throws the server's `AppError`, or `NoAnswer`. */
type Asks = Pick<Deps, 'callClaimServer'>

const by = ({ customerId }: Customer) => ({ onBehalfOf: customerId })

export const findEntry = ({ callClaimServer }: Asks, entryToken: string) =>
  callClaimServer(findEntryCall, { params: { entryToken } })

export const acceptOrder = (
  { callClaimServer }: Asks,
  customer: Customer,
  { entryToken, account }: { entryToken: string; account: string },
) =>
  callClaimServer(
    acceptOrderCall,
    {
      params: { entryToken },
      body: {
        customerId: customer.customerId,
        customerName:
          customer.language === 'ja' ? (customer.nameJa ?? customer.name) : customer.name,
        account,
        mailAddress: customer.mailAddress,
        language: customer.language,
      },
    },
    by(customer),
  )

export interface ListQuery {
  list: 'unsettled' | 'settled'
  sort?: ClaimSort
  search?: string
  cursor?: string
  limit?: number
}
export type ClaimList = ReplyOf<typeof listClaimsCall>

export const listClaims = (
  { callClaimServer }: Asks,
  customer: Customer,
  { limit = 100, ...query }: ListQuery,
) =>
  callClaimServer(
    listClaimsCall,
    { params: { customerId: customer.customerId }, query: { ...query, limit } },
    by(customer),
  )

export const findClaim = ({ callClaimServer }: Asks, customer: Customer, orderNumber: string) =>
  callClaimServer(
    findClaimCall,
    { params: { customerId: customer.customerId, orderNumber } },
    by(customer),
  )

export type Quote = ReplyOf<typeof quoteBasketCall>

export const quoteBasket = (
  { callClaimServer }: Asks,
  customer: Customer,
  body: { orderNumbers: string[]; accounts: string[] },
) =>
  callClaimServer(
    quoteBasketCall,
    { params: { customerId: customer.customerId }, body },
    by(customer),
  )

export type ReserveOutcome = ReplyOf<typeof reserveRunCall>

export const reserveRun = (
  { callClaimServer }: Asks,
  customer: Customer,
  body: { payments: PaymentContent[]; authorisation: string },
) =>
  callClaimServer(
    reserveRunCall,
    { params: { customerId: customer.customerId }, body },
    by(customer),
  )

export const findPayment = ({ callClaimServer }: Asks, customer: Customer, paymentId: string) =>
  callClaimServer(
    findPaymentCall,
    { params: { customerId: customer.customerId, paymentId } },
    by(customer),
  )

export const completePayment = ({ callClaimServer }: Asks, customer: Customer, receipt: string) =>
  callClaimServer(completePaymentCall, { body: { receipt } }, by(customer))
