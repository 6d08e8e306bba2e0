import { hashPassword } from '#shared/hash-password.ts'
import type { RunPlace } from '../../faults/run-place.ts'
import { type BenchBank, password, startBank } from '../bank/start-bank.ts'
import { writeStatements } from '../bank/statements.ts'
import type { Figure, Pair } from '../figures/report.ts'
import { sumUpPairs } from '../figures/sum-up.ts'
import { tpcB } from '../peers/tpc-b.ts'
import type { Row, RowOptions } from './row.ts'
import { checkBooks, customersAtOnce, prepareSettling, settle, type Settling } from './settling.ts'

const sizes = {
  // A process that has paid for half a minute takes a twentieth less CPU than one of a quarter.
  full: { customers: 64, shops: 50, seconds: 10, warmUpSeconds: 30, scale: 50 },
  small: { customers: 32, shops: 5, seconds: 4, warmUpSeconds: 4, scale: 2 },
}

const productionCost = { PASSWORD_MEMORY_KIB: 19_456, PASSWORD_PASSES: 2 }

const beDear = async (bank: BenchBank): Promise<void> => {
  const hash = await hashPassword(productionCost, password)
  await bank.sql.core`update core_banking.customers set password_hash = ${hash}`
}

const measurePairs = async (
  place: RunPlace,
  settling: Settling,
  {
    pairs,
    seconds,
    scale,
    say,
  }: { pairs: number; seconds: number; scale: number } & Pick<RowOptions, 'say'>,
): Promise<Pair[]> => {
  const measured: Pair[] = []
  for (let at = 0; at < pairs; at++) {
    const peer = await tpcB(place, { scale, seconds, clients: customersAtOnce })
    const ours = await settle(settling, seconds)
    const rates = [ours.count / ours.seconds, peer.count / peer.seconds] as const
    say(`  ${rates[0].toFixed(0)} against ${rates[1].toFixed(0)} a second`)
    measured.push({ peer, ours })
  }
  return measured
}

const runSettle = async (
  place: RunPlace,
  options: RowOptions,
  { claimsEach, unit }: { claimsEach: number; unit: string },
): Promise<Figure[]> => {
  const { pairs, settings, profileFolder, say } = options
  const { customers, shops, warmUpSeconds, scale, ...sized } = sizes[options.size]
  const { seconds = sized.seconds } = options
  await using undo = new AsyncDisposableStack()
  const bank = await startBank(place, { world: { customers, shops }, settings, profileFolder })
  undo.defer(bank.close)
  const settling = await prepareSettling(undo, bank, claimsEach)
  say(`  ${customers} customers signed in, ${shops} shops, ${seconds} s each, warming up`)
  await settle(settling, warmUpSeconds)
  const peer = { name: `pgbench, TPC-B-like, scale ${scale}`, unit: 'transactions/s' }
  const form = (name: string) => ({ name, unit, peer })
  const run = { seconds, scale, say }
  const cheap = await measurePairs(place, settling, { ...run, pairs })
  const figure = sumUpPairs(cheap, form('passwords at the least cost'))
  const peakRssMb = bank.peakRssMb()
  const books = await checkBooks(bank)
  if (profileFolder) {
    await writeStatements(bank, profileFolder)
    return [{ ...figure, peakRssMb, notes: [books] }]
  }
  await beDear(bank)
  await settle(settling, warmUpSeconds)
  const dear = await measurePairs(place, settling, { ...run, pairs })
  return [
    { ...figure, peakRssMb, notes: [books] },
    {
      ...sumUpPairs(dear, form('passwords at production cost')),
      peakRssMb: bank.peakRssMb(),
      notes: [await checkBooks(bank)],
    },
  ]
}

export const settleRow: Row = {
  needsPgbench: true,
  what: 'one-claim payments by the browser’s POST through all three services, 32 customers at once',
  run: async (place, options) => {
    const [cheap, ...dear] = await runSettle(place, options, { claimsEach: 1, unit: 'payments/s' })
    return cheap ? [{ ...cheap, reach: { least: 0.25 } }, ...dear] : dear
  },
}

export const settleTenRow: Row = {
  needsPgbench: true,
  what: 'ten claims of one payee in each payment, 32 customers at once',
  run: async (place, options) => {
    const [cheap, ...dear] = await runSettle(place, options, { claimsEach: 10, unit: 'claims/s' })
    return cheap ? [{ ...cheap, reach: { least: 1.5 } }, ...dear] : dear
  },
}
