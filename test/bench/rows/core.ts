import { checkBooks } from '#shared/contracts/core-banking.ts'
import type { RunPlace } from '../../faults/run-place.ts'
import { measureBank } from '../bank/measure-bank.ts'
import { signPayments } from '../bank/signed-payments.ts'
import { type BenchBank, startBank } from '../bank/start-bank.ts'
import { writeStatements } from '../bank/statements.ts'
import type { Measured, Pair } from '../figures/report.ts'
import { sumUpPairs } from '../figures/sum-up.ts'
import type { ExecuteOrder } from '../load/execute.main.ts'
import { type Load, startLoad } from '../load/start-load.ts'
import { makeDoubleEntry, runDoubleEntry } from '../peers/double-entry.ts'
import type { Row } from './row.ts'

const callers = 32

const sizes = {
  full: { customers: 64, shops: 50, seconds: 10, warmUpSeconds: 10 },
  small: { customers: 32, shops: 5, seconds: 2, warmUpSeconds: 2 },
}

interface Executing {
  bank: BenchBank
  load: Load<ExecuteOrder>
  /** How many payments a second to be ready for. */
  rate: number
}

const spare = 1.4

const execute = async (executing: Executing, seconds: number): Promise<Measured> => {
  const { bank, load, rate } = executing
  const paymentsEach = Math.ceil((rate * seconds * spare) / callers)
  const measured = await measureBank(bank, load, {
    coreUrl: bank.urls['core-banking'],
    keysFolder: bank.keysOf('bank-portal'),
    scripts: await signPayments(bank, { callers, paymentsEach }),
    seconds,
  })
  executing.rate = Math.max(measured.count / measured.seconds, 50)
  return measured
}

/** Throws when the core's books do not agree, or a payment was not executed. */
const checkCore = async ({ claims, sql }: BenchBank): Promise<string> => {
  const { transfers, postings, differences } = await claims.callCore(checkBooks, {})
  const [refused] = await sql.core`
    select reason from core_banking.payments where result <> 'executed' limit 1`
  if (refused) throw new Error(`the core refused a payment: ${String(refused.reason)}`)
  if (differences.length > 0)
    throw new Error(`the core's books differ: ${JSON.stringify(differences[0])}`)
  return `books of the core: ${transfers} transfers, ${postings} postings, nothing differs`
}

const measurePairs = async (
  place: RunPlace,
  executing: Executing,
  { pairs, seconds, payers, payees }: Record<'pairs' | 'seconds' | 'payers' | 'payees', number>,
): Promise<Pair[]> => {
  const ledger = { payers, payees }
  await makeDoubleEntry(place.cluster, ledger)
  const measured: Pair[] = []
  for (let at = 0; at < pairs; at++) {
    const peer = await runDoubleEntry(place.cluster, ledger, { clients: callers, seconds })
    measured.push({ peer, ours: await execute(executing, seconds) })
  }
  return measured
}

export const coreRow: Row = {
  needsPgbench: true,
  what: 'payments executed at the core over signed HTTP, 32 at once; instructions and authorisations signed before',
  async run(place, options) {
    const { pairs, size, settings, profileFolder } = options
    const { customers, shops, warmUpSeconds, ...sized } = sizes[size]
    const { seconds = sized.seconds } = options
    await using undo = new AsyncDisposableStack()
    const bank = await startBank(place, { world: { customers, shops }, settings, profileFolder })
    undo.defer(bank.close)
    const load = await startLoad<ExecuteOrder>('execute.main.ts')
    undo.defer(load.stop)
    const executing: Executing = { bank, load, rate: 400 }
    await execute(executing, warmUpSeconds)
    // As after a day of work: what was known of tables without a row leads to scans of all of them.
    await bank.sql.core.unsafe('analyze')
    const run = { pairs, seconds, payers: customers, payees: shops }
    const figure = sumUpPairs(await measurePairs(place, executing, run), {
      name: 'payments executed at the core',
      unit: 'payments/s',
      peer: { name: 'a double-entry function in SQL, called by pgbench', unit: 'payments/s' },
    })
    if (profileFolder) await writeStatements(bank, profileFolder)
    const notes = [await checkCore(bank)]
    return [{ ...figure, reach: { least: 0.3 }, peakRssMb: bank.peakRssMb(), notes }]
  },
}
