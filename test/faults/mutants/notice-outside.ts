import { createLedger } from '../load/ledger.ts'
import { post } from '../load/pay.ts'
import type { Mutant } from './mutant.ts'
import { openForm } from './provoking.ts'

const payments = 3
const point = 'after-complete-payments-commit'
const replicas = ['claim-server-1', 'claim-server-2']

export const noticeOutside: Mutant = {
  name: 'notice-outside',
  bug: 'The notices of a settlement are written after its transaction, not in it.',
  patches: [
    {
      file: 'claim-server/payments/complete-payments.ts',
      find: '    writeNotices(\n      tx,\n',
      replace: '    writeLater(\n',
    },
    {
      file: 'claim-server/payments/complete-payments.ts',
      find: 'const complete = async (',
      replace: `const afterwards: (() => Promise<unknown>)[] = []
const writeLater = (deps: CompleteDeps, events: Parameters<typeof writeNotices>[2]) => {
  afterwards.push(() => deps.db.transaction((later) => writeNotices(later, deps, events)))
}

const complete = async (`,
    },
    {
      file: 'claim-server/payments/complete-payments.ts',
      find: 'export const completePayments = async (',
      replace: `export const completePayments: typeof settleFirst = async (deps, inputs) => {
  const answers = await settleFirst(deps, inputs)
  for (const write of afterwards.splice(0)) await write()
  return answers
}

const settleFirst = async (`,
    },
  ],
  breaks: ['I4'],
  world: { customers: payments, shops: 2 },
  provoke: async ({ system }) => {
    const { fleet } = system
    const ledger = createLedger()
    for (let index = 0; index < payments; index++) {
      const { shopper, confirmation } = await openForm(system, index)
      // Whichever of the two completes it dies; the other waits in vain.
      const deaths = replicas.map((name) => fleet.dieAt(name, point, { withinMs: 3000 }))
      await post(shopper, ledger, confirmation)
      await Promise.all(deaths)
      await fleet.untilReady()
    }
    return { ledger }
  },
}
