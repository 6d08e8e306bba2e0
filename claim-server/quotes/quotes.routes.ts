import type { AnyApp } from '#shared/any-app.ts'
import { serveBatchedRead } from '#shared/batched-calls.ts'
import { quoteBasket as quoteBasketCall } from '#shared/contracts/claim-server.ts'
import { findBankOfCustomer } from '../banks/find-bank.ts'
import type { Deps } from '../deps.ts'
import { quoteBasket } from './quote-basket.ts'

export const serveQuotes = (app: AnyApp, deps: Deps): void => {
  serveBatchedRead(app, deps, quoteBasketCall, async ({ params: { customerId }, body, caller }) => {
    const bank = await findBankOfCustomer(deps, caller, customerId)
    return quoteBasket(deps, { bank, customerId, body })
  })
}
