import type { AnyApp } from '#shared/any-app.ts'
import {
  completePayment as completePaymentCall,
  findPayment as findPaymentCall,
  reserveRefund as reserveRefundCall,
  reserveRun as reserveRunCall,
} from '#shared/contracts/claim-server.ts'
import { serveCall } from '#shared/service-routes.ts'
import { findBankOfCustomer, findCallingBank } from '../banks/find-bank.ts'
import type { Deps } from '../deps.ts'
import { completePayment } from './complete-payment.ts'
import { findPayment } from './find-payment.ts'
import { reserveRefund } from './reserve-refund.ts'
import { reserveRun } from './reserve-run.ts'

/** Steps 3 and 5 of a payment, its state, and refunds, for the portal of the customer's bank. */
export const servePayments = (app: AnyApp, deps: Deps): void => {
  serveCall(app, deps, reserveRunCall, async ({ params: { customerId }, body, caller }) => {
    const bank = await findBankOfCustomer(deps, caller, customerId)
    return reserveRun(deps, { bank, customerId, ...body, caller })
  })

  serveCall(app, deps, findPaymentCall, async ({ params: { customerId, paymentId }, caller }) => {
    const bank = await findBankOfCustomer(deps, caller, customerId)
    return findPayment(deps, { bank, customerId, paymentId })
  })

  serveCall(app, deps, completePaymentCall, ({ body: { receipt }, caller }) =>
    completePayment(deps, { receipt, caller }),
  )

  serveCall(app, deps, reserveRefundCall, async ({ body, caller }) => {
    const bank = await findCallingBank(deps, caller)
    return reserveRefund(deps, { bank, ...body, caller })
  })
}
