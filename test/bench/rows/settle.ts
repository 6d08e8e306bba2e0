import { hashPassword } from '#shared/hash-password.ts'
import { reconcile } from '../../../claim-server/payments/reconcile.ts'
import type { RunPlace } from '../../faults/run-place.ts'
import { makePosts, type SignedIn, signInAll } from '../bank/shoppers.ts'
import { type BenchBank, password, startBank } from '../bank/start-bank.ts'
import { measureBank } from '../bank/measure-bank.ts'
import { writeStatements } from '../bank/statements.ts'
import type { Figure, Measured, Pair } from '../figures/report.ts'
import { sumUpPairs } from '../figures/sum-up.ts'
import type { RequestOrder } from '../load/request.main.ts'
import { type Load, startLoad } from '../load/start-load.ts'
import { tpcB } from '../peers/tpc-b.ts'
import type { Row, RowOptions } from './row.ts'

const customersAtOnce = 32

const sizes = {
  full: { customers: 64, shops: 50, seconds: 10, warmUpSeconds: 5, scale: 50 },
  small: { customers: 32, shops: 5, seconds: 4, warmUpSeconds: 4, scale: 2 },
}

const productionCost = { PASSWORD_MEMORY_KIB: 19_456, PASSWORD_PASSES: 2 }

interface Settling {
  bank: BenchBank
  load: Load<RequestOrder>
  customers: SignedIn[]
  claimsEach: number
  /** How many payments a second to be ready for. */
  ratePosts: number
}

/** Rather too many posts than the load's end before its time. */
const reserveOfPosts = 1.4

const settle = async (settling: Settling, seconds: number): Promise<Measured> => {
  const { bank, load, customers, claimsEach, ratePosts } = settling
  const postsEach = Math.ceil((ratePosts * seconds * reserveOfPosts) / customersAtOnce)
  const scripts = await makePosts(bank, customers, {
    connections: customersAtOnce,
    postsEach,
    claimsEach,
  })
  const measured = await measureBank(bank, load, {
    port: bank.ports['bank-portal'],
    scripts,
    seconds,
    repeat: false,
    status: 303,
  })
  settling.ratePosts = Math.max(measured.count / measured.seconds, 20)
  return { ...measured, count: measured.count * claimsEach }
}

const beDear = async (bank: BenchBank): Promise<void> => {
  const hash = await hashPassword(productionCost, password)
  await bank.sql.core`update core_banking.customers set password_hash = ${hash}`
}

/** Throws when the books do not agree after a run. */
const checkBooks = async ({ claims, sql }: BenchBank): Promise<string> => {
  const { counts, differences } = await reconcile(claims, { olderThanSeconds: 0 })
  if (differences.length > 0)
    throw new Error(`reconcile found ${differences.length}: ${JSON.stringify(differences[0])}`)
  const [mails] = await sql.claims<{ enqueued: number }[]>`
    select count(*)::int as enqueued from claim_server.notices where event = 'claim-settled'`
  return `reconcile: ${counts.settledClaims} settled claims, ${counts.executedTransfers} executed transfers, ${mails?.enqueued} mails enqueued, no row differs`
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
  const { customers, shops, seconds, warmUpSeconds, scale } = sizes[options.size]
  await using undo = new AsyncDisposableStack()
  const bank = await startBank(place, { world: { customers, shops }, settings, profileFolder })
  undo.defer(bank.close)
  const load = await startLoad<RequestOrder>('request.main.ts')
  undo.defer(load.stop)
  const settling: Settling = {
    bank,
    load,
    customers: await signInAll(bank),
    claimsEach,
    ratePosts: 300 / claimsEach,
  }
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
  what: 'one-claim payments by the browser’s POST through all three services, 32 customers at once',
  run: async (place, options) => {
    const [cheap, ...dear] = await runSettle(place, options, { claimsEach: 1, unit: 'payments/s' })
    return cheap ? [{ ...cheap, reach: { least: 0.25 } }, ...dear] : dear
  },
}

export const settleTenRow: Row = {
  what: 'ten claims of one payee in each payment, 32 customers at once',
  run: async (place, options) => {
    const [cheap, ...dear] = await runSettle(place, options, { claimsEach: 10, unit: 'claims/s' })
    return cheap ? [{ ...cheap, reach: { least: 1.5 } }, ...dear] : dear
  },
}
