import type { Claim } from '#shared/contracts/claim-server.ts'
import { quoteBasket } from '../claim-server-client.ts'
import type { Calls, Customer } from '../deps.ts'
import { type PayablePart, payablePart } from './payable-part.ts'
import type { ShortPart } from './prepare-payment.ts'

/** What of a basket the account that is short can pay, at the claim server's prices. Nothing is held. */
export const findPayablePart = (
  deps: Pick<Calls, 'callClaimServer'>,
  customer: Customer,
  { basket, chosen: { account } }: ShortPart,
): Promise<PayablePart<Claim>> =>
  payablePart(basket.claims, account.availableMinor, async (claims) => {
    const orderNumbers = claims.map((claim) => claim.orderNumber)
    const { quotes } = await quoteBasket(deps, customer, {
      orderNumbers,
      accounts: [account.account],
    })
    return quotes[0]?.totalMinor
  })
