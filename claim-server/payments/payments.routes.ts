import type { AnyApp } from '#shared/any-app.ts'
import { answerOf, answerRest, serveBatchedCall } from '#shared/batched-calls.ts'
import {
  completePayment as completePaymentCall,
  findPayment as findPaymentCall,
  reserveRefund as reserveRefundCall,
  reserveRun as reserveRunCall,
} from '#shared/contracts/claim-server.ts'
import { serveCall } from '#shared/service-routes.ts'
import { findBankOfCustomer, findCallingBank, onlyOwn } from '../banks/find-bank.ts'
import type { Deps } from '../deps.ts'
import { completePayments } from './complete-payments.ts'
import { findPayment } from './find-payment.ts'
import { reserveRefund } from './reserve-refund.ts'
import { reserveRuns } from './reserve-runs.ts'

/** Steps 3 and 5 of a payment, its state, and refunds, for the portal of the customer's bank. */
export const servePayments = (app: AnyApp, deps: Deps): void => {
  serveBatchedCall(app, deps, reserveRunCall, async (inputs) => {
    const runs = await Promise.all(
      inputs.map(({ params, body, caller }) =>
        answerOf(() => {
          onlyOwn(caller, params.customerId)
          return { ...params, ...body, caller }
        }),
      ),
    )
    return answerRest(runs, async (own) => {
      const bank = await findCallingBank(deps, own[0]?.caller ?? { issuer: 'bank-portal' })
      return reserveRuns(
        deps,
        own.map((run) => ({ ...run, bank })),
      )
    })
  })

  serveCall(app, deps, findPaymentCall, async ({ params: { customerId, paymentId }, caller }) => {
    const bank = await findBankOfCustomer(deps, caller, customerId)
    return findPayment(deps, { bank, customerId, paymentId })
  })

  serveBatchedCall(app, deps, completePaymentCall, (inputs) =>
    completePayments(
      deps,
      inputs.map(({ body: { receipt }, caller }) => ({ receipt, caller })),
    ),
  )

  serveCall(app, deps, reserveRefundCall, async ({ body, caller }) => {
    const bank = await findCallingBank(deps, caller)
    return reserveRefund(deps, { bank, ...body, caller })
  })
}
