import { agree, complete, execute, payAgreed, reserve } from '../load/as-portal.ts'
import type { Mutant } from './mutant.ts'
import { accountOf, addClaim, customerOf } from './provoking.ts'

export const refusalNotStored: Mutant = {
  name: 'refusal-not-stored',
  bug: 'The core answers a refusal and does not keep it.',
  patches: [
    {
      file: 'mock-core-banking/payments/execute-payments.ts',
      find: "import type { Deps } from '../deps.ts'\n",
      replace: `import { sql } from 'drizzle-orm'
import type { Deps } from '../deps.ts'\n`,
    },
    {
      file: 'mock-core-banking/payments/execute-payments.ts',
      find: "  return decided.map((one) => {\n    if ('error' in one) return one\n",
      replace: `  for (const { paymentId } of inputs)
    await deps.db.execute(sql\`delete from core_banking.payments
      where result = 'refused' and payment_id = \${paymentId}\`)
  return decided.map((one) => {
    if ('error' in one) return one\n`,
    },
  ],
  breaks: ['I2'],
  // Customers that are shops to each other: what one pays, the other can spend.
  world: { customers: 2, shops: 2, crossing: true, depositMinor: 5_000n },
  provoke: async ({ system }) => {
    const [payer, friend] = [customerOf(system, 0), customerOf(system, 1)]
    const claim = await addClaim(system, payer, { shop: 1, amountMinor: 8_000n })
    const agreed = await agree(system, payer, {
      orderNumbers: [claim.orderNumber],
      account: accountOf(payer),
    })
    const reserved = await reserve(system, agreed)
    const instruction =
      reserved.outcome === 'reserved' ? (reserved.payments[0]?.instruction ?? '') : ''
    const { status } = await complete(system, await execute(system, agreed, instruction))
    if (status !== 'refused') throw new Error(`a payment that was too large is ${status}`)
    // Money comes in, and then the same execute once more: it must be refused as before.
    const other = await addClaim(system, friend, { shop: 0, amountMinor: 4_000n })
    await payAgreed(
      system,
      await agree(system, friend, {
        orderNumbers: [other.orderNumber],
        account: accountOf(friend),
      }),
    )
    await execute(system, agreed, instruction)
    return { figures: { 'executes repeated after a refusal': 1 } }
  },
}
