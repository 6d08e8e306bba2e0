import type { Ledger } from '../load/ledger.ts'
import type { System } from '../system.ts'
import type { Violations } from './violation.ts'

/** What the pages told the customers, held against the core's decisions. */
export const checkPages = async (
  { sql }: Pick<System, 'sql'>,
  { payments }: Ledger,
  violations: Violations,
): Promise<void> => {
  const rows = await sql.core<{ id: string; result: string }[]>`
    select payment_id::text as id, result from core_banking.payments`
  const decided = new Map(rows.map((row) => [row.id, row.result]))
  for (const { paymentId, said, posts, isBent } of payments.values()) {
    const isExecuted = decided.get(paymentId) === 'executed'
    const tell = (detail: string) => violations.add('page', `payment ${paymentId} ${detail}`)
    if (said.has('paid') && !isExecuted) tell('was shown as paid, and was not executed')
    if (said.has('not-paid') && isExecuted) tell('was shown as not paid, and was executed')
    // Of several posts, one may say "nothing was paid" of itself while another pays.
    if (said.has('nothing-paid') && posts === 1 && isExecuted)
      tell('was told that nothing was paid, and was executed')
    if (isBent && isExecuted) violations.add('I2', `bent payment ${paymentId} was executed`)
  }
}
