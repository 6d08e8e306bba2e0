import { measureBank } from '../bank/measure-bank.ts'
import { makePosts, type SignedIn, signInAll } from '../bank/shoppers.ts'
import type { BenchBank } from '../bank/start-bank.ts'
import { reconcile } from '../../../claim-server/reconciliation/reconcile.ts'
import type { Measured } from '../figures/report.ts'
import type { RequestOrder } from '../load/request.main.ts'
import { type Load, startLoad } from '../load/start-load.ts'

export const customersAtOnce = 32

export interface Settling {
  bank: BenchBank
  load: Load<RequestOrder>
  customers: SignedIn[]
  claimsEach: number
  /** How many payments a second to be ready for. */
  ratePosts: number
}

/** Rather too many posts than the load's end before its time: a process grows faster as it runs. */
const spare = 2
const leastRate = 300

/** Signs everybody in, and starts what will post. */
export const prepareSettling = async (
  undo: AsyncDisposableStack,
  bank: BenchBank,
  claimsEach: number,
): Promise<Settling> => {
  const load = await startLoad<RequestOrder>('request.main.ts')
  undo.defer(load.stop)
  const customers = await signInAll(bank)
  return { bank, load, customers, claimsEach, ratePosts: leastRate / claimsEach }
}

/** Posts confirmations for so long; counts the claims that they paid. */
export const settle = async (settling: Settling, seconds: number): Promise<Measured> => {
  const { bank, load, customers, claimsEach, ratePosts } = settling
  const postsEach = Math.ceil((ratePosts * seconds * spare) / customersAtOnce)
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
  settling.ratePosts = Math.max(measured.count / measured.seconds, leastRate / claimsEach)
  return { ...measured, count: measured.count * claimsEach }
}

/** Throws when the books do not agree after a run. */
export const checkBooks = async ({ claims, sql }: BenchBank): Promise<string> => {
  const { counts, differences } = await reconcile(claims, { olderThanSeconds: 0 })
  if (differences.length > 0)
    throw new Error(`reconcile found ${differences.length}: ${JSON.stringify(differences[0])}`)
  const [mails] = await sql.claims<{ enqueued: number }[]>`
    select count(*)::int as enqueued from claim_server.notices where event = 'claim-settled'`
  return `reconcile: ${counts.settledClaims} settled claims, ${counts.executedTransfers} executed transfers, ${mails?.enqueued} mails enqueued, no row differs`
}
