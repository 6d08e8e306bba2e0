import type { AnyApp } from '#shared/any-app.ts'
import { serveBatchedCall } from '#shared/batched-calls.ts'
import {
  completePayment as completePaymentCall,
  findPayment as findPaymentCall,
  reserveRefund as reserveRefundCall,
  reserveRun as reserveRunCall,
} from '#shared/contracts/claim-server.ts'
import { answerOwn } from '#shared/on-behalf-of.ts'
import { serveCall } from '#shared/service-routes.ts'
import { findCallingBank } from '../banks/find-bank.ts'
import type { Deps } from '../deps.ts'
import { completePayments } from './complete-payments.ts'
import { findPayments } from './find-payments.ts'
import { reserveRefund } from './reserve-refund.ts'
import { reserveRuns } from './reserve-runs.ts'

/** Steps 3 and 5 of a payment, its state, and refunds, for the portal of the customer's bank. */
export const servePayments = (app: AnyApp, deps: Deps): void => {
  serveBatchedCall(app, deps, reserveRunCall, (inputs) =>
    answerOwn(inputs, async (own, caller) => {
      const bank = await findCallingBank(deps, caller)
      return reserveRuns(
        deps,
        own.map(({ params, body }) => ({ bank, ...params, ...body, caller })),
      )
    }),
  )

  serveBatchedCall(app, deps, findPaymentCall, (inputs) =>
    answerOwn(inputs, async (own, caller) =>
      findPayments(
        deps,
        await findCallingBank(deps, caller),
        own.map(({ params }) => params),
      ),
    ),
  )

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
