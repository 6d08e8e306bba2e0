import { chooseAdvert as chooseAdvertCall } from '#shared/contracts/adverts.ts'
import {
  linkBiller as linkBillerCall,
  listBillers as listBillersCall,
  unlinkBiller as unlinkBillerCall,
} from '#shared/contracts/billers.ts'
import {
  acceptOrder as acceptOrderCall,
  type ClaimFilter,
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
import {
  chooseAccounts as chooseAccountsCall,
  chooseLanguage as chooseLanguageCall,
  declineClaim as declineClaimCall,
  type DeclineReason,
  findChoices as findChoicesCall,
  settledMonths as settledMonthsCall,
  summariseClaims as summariseClaimsCall,
} from '#shared/contracts/customer-choices.ts'
import type { PaymentContent } from '#shared/contracts/payment-content.ts'
import type { Language } from '#shared/texts.ts'
import type { Customer, Deps } from './deps.ts'

/** The only callers of the claim server. Each throws the server's `AppError`, or `NoAnswer`. */
type Asks = Pick<Deps, 'callClaimServer'>

const by = ({ customerId }: Customer) => ({ onBehalfOf: customerId })
const of = ({ customerId }: Customer) => ({ params: { customerId } })

/** As mails address the customer. */
const mailName = ({ name, nameJa, language }: Customer) =>
  language === 'ja' ? (nameJa ?? name) : name

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
        customerName: mailName(customer),
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
  filter?: ClaimFilter
  search?: string
  shopId?: string
  /** "2026-11": of settlement. */
  month?: string
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

export type Choices = ReplyOf<typeof findChoicesCall>

export const findChoices = ({ callClaimServer }: Asks, customer: Customer): Promise<Choices> =>
  callClaimServer(findChoicesCall, of(customer), by(customer))

export const chooseAccounts = (
  { callClaimServer }: Asks,
  customer: Customer,
  body: Omit<Choices, 'language'>,
) => callClaimServer(chooseAccountsCall, { ...of(customer), body }, by(customer))

/** Of mails; pages have a language of their own. */
export const chooseLanguage = ({ callClaimServer }: Asks, customer: Customer, language: Language) =>
  callClaimServer(chooseLanguageCall, { ...of(customer), body: { language } }, by(customer))

export type ClaimSummary = ReplyOf<typeof summariseClaimsCall>

export const summariseClaims = (
  { callClaimServer }: Asks,
  customer: Customer,
): Promise<ClaimSummary> => callClaimServer(summariseClaimsCall, of(customer), by(customer))

export const declineClaim = (
  { callClaimServer }: Asks,
  customer: Customer,
  { orderNumber, ...body }: { orderNumber: string; reason: DeclineReason; text?: string },
) =>
  callClaimServer(
    declineClaimCall,
    { params: { customerId: customer.customerId, orderNumber }, body },
    by(customer),
  )

export type SettledMonths = ReplyOf<typeof settledMonthsCall>

export const settledMonths = (
  { callClaimServer }: Asks,
  customer: Customer,
): Promise<SettledMonths> => callClaimServer(settledMonthsCall, of(customer), by(customer))

export type Biller = ReplyOf<typeof listBillersCall>['billers'][number]

export const listBillers = async (
  { callClaimServer }: Asks,
  customer: Customer,
): Promise<Biller[]> => {
  const { billers } = await callClaimServer(listBillersCall, of(customer), by(customer))
  return billers
}

export type LinkOutcome = ReplyOf<typeof linkBillerCall>

export const linkBiller = (
  { callClaimServer }: Asks,
  customer: Customer,
  { shopId, ...facts }: { shopId: string; customerNumber: string; secondFact: string },
): Promise<LinkOutcome> => {
  const { customerId, mailAddress, language } = customer
  const body = { ...facts, customerName: mailName(customer), mailAddress, language }
  return callClaimServer(linkBillerCall, { params: { customerId, shopId }, body }, by(customer))
}

export const unlinkBiller = ({ callClaimServer }: Asks, customer: Customer, shopId: string) =>
  callClaimServer(
    unlinkBillerCall,
    { params: { customerId: customer.customerId, shopId } },
    by(customer),
  )

export type Advert = NonNullable<ReplyOf<typeof chooseAdvertCall>['advert']>

/** Its display is counted, so ask for what is shown. */
export const chooseAdvert = async (
  { callClaimServer }: Asks,
  customer: Customer,
  orderNumbers: string[],
): Promise<Advert | undefined> => {
  const { advert } = await callClaimServer(
    chooseAdvertCall,
    { ...of(customer), body: { orderNumbers } },
    by(customer),
  )
  return advert ?? undefined
}
