import { reconcile } from '../../../claim-server/reconciliation/reconcile.ts'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Ledger } from '../load/ledger.ts'
import type { System } from '../system.ts'
import { checkClaims } from './check-claims.ts'
import { checkNotices } from './check-notices.ts'
import { checkPages } from './check-pages.ts'
import { checkReceipts } from './check-receipts.ts'
import { readSum } from './watch-sums.ts'
import type { Violations } from './violation.ts'
import { checkBooks } from '#shared/contracts/core-banking.ts'

const booksInvariant = (kind: string) =>
  ['transfer-not-its-claims', 'payment-not-its-transfers'].includes(kind) ? 'I2' : 'I1'

const checkBalances = async (system: System, violations: Violations) => {
  const { total, below } = await readSum(system.sql.core)
  if (total !== 0n) violations.add('I1', `all balances, the deposits' own too, sum to ${total}`)
  if (below > 0n) violations.add('I1', `${below} balances are below their limit`)
  const { differences } = await system.asClaimServer.callCore(checkBooks, {})
  for (const { kind, id, detail } of differences)
    violations.add(booksInvariant(kind), `${kind} ${id}: ${detail}`)
}

/** The claim server's own check, which finds by signed calls what the others find in the tables. */
const checkReconciliation = async (
  system: Pick<System, 'claims'>,
  violations: Violations,
  triesLeft = 3,
): Promise<void> => {
  try {
    const { differences } = await reconcile(system.claims, { olderThanSeconds: 0 })
    // The core was down for that part of it, which is no difference.
    const unchecked = differences.find(({ words }) => words.startsWith('not checked'))
    if (unchecked) throw new Error(unchecked.words)
    for (const { kind, id, words } of differences)
      violations.add('reconciliation', `${kind} ${id}: ${words}`)
  } catch (error) {
    if (triesLeft === 0) return violations.add('reconciliation', `it could not be made: ${error}`)
    await sleep(1000)
    return checkReconciliation(system, violations, triesLeft - 1)
  }
}

const checkDeadlocks = async ({ sql, databases }: System, violations: Violations) => {
  await sql.core`select pg_stat_force_next_flush()`
  const rows = await sql.core<{ name: string; deadlocks: bigint }[]>`
    select datname as name, deadlocks from pg_stat_database
    where datname = any(${Object.values(databases)}) and deadlocks > 0`
  for (const { name, deadlocks } of rows)
    violations.add('deadlock', `${deadlocks} deadlocks in ${name}`)
}

/** Everything that must hold, over all rows, once nothing moves any more. */
export const checkAll = async (
  system: System,
  violations: Violations,
  {
    ledger,
    plantedExceptions = false,
    restored = false,
  }: { ledger?: Ledger; plantedExceptions?: boolean; restored?: boolean } = {},
): Promise<void> => {
  await checkBalances(system, violations)
  await checkClaims(system, violations, { plantedExceptions })
  await checkNotices(system, violations, { restored })
  await checkReceipts(system, violations)
  await checkDeadlocks(system, violations)
  // Last, since it completes what it finds uncompleted.
  await checkReconciliation(system, violations)
  if (ledger) await checkPages(system, ledger, violations)
}
