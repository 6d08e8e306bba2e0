import type { AnyApp } from '#shared/any-app.ts'
import { serveBatchedCall, serveBatchedRead } from '#shared/batched-calls.ts'
import * as calls from '#shared/contracts/core-banking.ts'
import { answerOwn, onlyOwn } from '#shared/on-behalf-of.ts'
import { serveCall } from '#shared/service-routes.ts'
import { accountExists } from './accounts/account-exists.ts'
import { listAccounts } from './accounts/list-accounts.ts'
import { nameHolders } from './accounts/name-holders.ts'
import { authoriseRefund } from './credentials/authorise-refund.ts'
import { authoriseRuns } from './credentials/authorise-runs.ts'
import { checkCredentials } from './credentials/check-credentials.ts'
import { createFailureAlarm } from './credentials/failure-alarm.ts'
import { checkStaffCredentials } from './credentials/check-staff-credentials.ts'
import { unlockAuthorisation } from './credentials/unlock-authorisation.ts'
import type { Deps } from './deps.ts'
import { checkBooks } from './payments/check-books.ts'
import { executePayments } from './payments/execute-payments.ts'
import { findReceipts } from './payments/find-receipts.ts'
import { listExecuted } from './payments/list-executed.ts'
import { voidPayment } from './payments/void-payment.ts'
import { serveStaffCalls } from './staff/staff.routes.ts'

/** Every call between services that core banking answers, each one verb. */
export const serveCoreBankingCalls = (app: AnyApp, deps: Deps): void => {
  const noteTry = createFailureAlarm(deps)
  serveCall(app, deps, calls.checkCredentials, ({ body }) => checkCredentials(deps, body))
  serveCall(app, deps, calls.checkStaffCredentials, ({ body }) => checkStaffCredentials(deps, body))
  serveBatchedRead(app, deps, calls.listAccounts, async ({ params, caller }) => {
    onlyOwn(caller, params.customerId)
    return listAccounts(deps, params)
  })
  serveCall(app, deps, calls.nameHolders, ({ body }) => nameHolders(deps, body))
  serveCall(app, deps, calls.accountExists, ({ body }) => accountExists(deps, body))
  serveBatchedCall(app, deps, calls.authoriseRun, async (inputs) => {
    const answers = await answerOwn(inputs, (own) =>
      authoriseRuns(
        deps,
        own.map(({ params, body, caller }) => ({ ...params, ...body, caller })),
      ),
    )
    for (const answer of answers) if ('reply' in answer) noteTry(answer.reply)
    return answers
  })
  serveCall(app, deps, calls.unlockAuthorisation, ({ params, body, caller }) =>
    unlockAuthorisation(deps, { ...params, ...body, caller }),
  )
  serveBatchedCall(app, deps, calls.executePayment, (inputs) =>
    executePayments(
      deps,
      inputs.map(({ params, body, caller }) => ({ ...params, ...body, caller })),
    ),
  )
  serveCall(app, deps, calls.findReceipts, ({ body }) => findReceipts(deps, body))
  serveCall(app, deps, calls.voidPayment, ({ params, body, caller }) =>
    voidPayment(deps, { ...params, ...body, caller }),
  )
  serveCall(app, deps, calls.listExecuted, ({ query }) => listExecuted(deps, query))
  serveCall(app, deps, calls.checkBooks, () => checkBooks(deps))
  serveCall(app, deps, calls.authoriseRefund, ({ body, caller }) =>
    authoriseRefund(deps, { ...body, caller }),
  )
  serveStaffCalls(app, deps)
}
