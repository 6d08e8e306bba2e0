import { createLedger } from '../load/ledger.ts'
import { post } from '../load/pay.ts'
import { replayTokens } from '../wire-faults.ts'
import type { Mutant } from './mutant.ts'
import { openForm } from './provoking.ts'

const payments = 3

export const jtiNotStored: Mutant = {
  name: 'jti-not-stored',
  bug: 'The ids of used tokens are not kept.',
  patches: [
    {
      file: 'shared/spent-tokens.ts',
      find: `const spent = await tx
    .insert(table)
    .values({ issuer, tokenId, expiresAt })
    .onConflictDoNothing()
    .returning({ tokenId: table.tokenId })`,
      replace: 'const spent = [{ issuer, tokenId, expiresAt, table, tx }]',
    },
  ],
  breaks: ['token'],
  world: { customers: payments, shops: 2 },
  provoke: async ({ system, violations }) => {
    const tokens = replayTokens(system, system.random.fork('tokens'), violations, 1)
    system.wire.push(tokens.fault)
    const ledger = createLedger()
    for (let index = 0; index < payments; index++) {
      const { shopper, confirmation } = await openForm(system, index)
      await post(shopper, ledger, confirmation)
    }
    await tokens.done()
    return { ledger, figures: { 'replayed tokens': tokens.replays() } }
  },
}
