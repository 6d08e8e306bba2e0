import { createLedger } from '../load/ledger.ts'
import { post } from '../load/pay.ts'
import type { Mutant } from './mutant.ts'
import { openForm } from './provoking.ts'

const payments = 3

export const newIdPerRetry: Mutant = {
  name: 'new-id-per-retry',
  bug: 'The core gives each delivery of a payment an id of its own; nor does it look whether the claims were paid.',
  patches: [
    {
      file: 'mock-core-banking/payments/execute-payments.ts',
      find: "import type { Deps } from '../deps.ts'\n",
      replace: `import { randomUUIDv7 } from 'node:crypto'
import type { Deps } from '../deps.ts'\n`,
    },
    {
      file: 'mock-core-banking/payments/execute-payments.ts',
      find: '      decided.push({ order, decision })\n',
      replace: `      decided.push({ order, decision })
      order.content.paymentId = randomUUIDv7()
      for (const group of order.groups) group.transferId = randomUUIDv7()\n`,
    },
    {
      file: 'mock-core-banking/payments/execute-payments.ts',
      find: '    return { reply: paymentId }\n',
      replace: '    return { reply: order.content.paymentId }\n',
    },
    {
      file: 'mock-core-banking/payments/decide-payment.ts',
      find: "legs.some((leg) => leg.kind !== 'refund')",
      replace: 'false',
    },
  ],
  tables: { core: 'drop index core_banking.legs_claim_paid_once' },
  breaks: ['I3'],
  world: { customers: payments, shops: 2 },
  provoke: async ({ system }) => {
    const ledger = createLedger()
    for (let index = 0; index < payments; index++) {
      const { shopper, confirmation } = await openForm(system, index)
      await Promise.all([post(shopper, ledger, confirmation), post(shopper, ledger, confirmation)])
    }
    return { ledger }
  },
}
