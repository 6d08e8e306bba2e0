import { setTimeout as sleep } from 'node:timers/promises'
import { createLedger } from '../load/ledger.ts'
import { post } from '../load/pay.ts'
import type { Mutant } from './mutant.ts'
import { cancel, openForm } from './provoking.ts'

const executeDelayMs = 6000
const cancelAfterMs = 4000

export const releaseWithoutVoid: Mutant = {
  name: 'release-without-void',
  bug: 'The resolver releases the claims as soon as the core does not know the payment, without a void.',
  patches: [
    {
      file: 'claim-server/payments/resolve-open-payments.ts',
      find: 'const receipt = known ?? (isOverdue(payment) ? await voidOverdue(deps, payment) : undefined)',
      replace: `const receipt = known
    if (!receipt)
      await deps.db.transaction(async (tx) => {
        await tx.execute(sql\`update claim_server.claims
          set status = 'unsettled', payment_id = null, paying_since = null
          where status = 'paying' and payment_id = \${payment.id}\`)
        await tx.execute(sql\`update claim_server.payment_claims set live = false
          where payment_id = \${payment.id}\`)
        await tx.execute(sql\`update claim_server.payments
          set status = 'voided', receipt = 'none', receipt_kid = 'none'
          where status = 'paying' and id = \${payment.id}\`)
      })`,
    },
  ],
  breaks: ['I6'],
  world: { customers: 2, shops: 2 },
  provoke: async ({ system }) => {
    system.wire.push({
      onRequest: async ({ call }) => {
        if (call === 'executePayment') await sleep(executeDelayMs)
      },
    })
    const ledger = createLedger()
    const forms = [await openForm(system, 0), await openForm(system, 1)]
    let cancelled = 0
    await Promise.all(
      forms.map(async ({ shopper, claim, confirmation }) => {
        const posted = post(shopper, ledger, confirmation)
        await sleep(cancelAfterMs)
        if (await cancel(system, claim)) cancelled++
        await posted
      }),
    )
    return { ledger, figures: { 'cancelled while being paid': cancelled } }
  },
}
