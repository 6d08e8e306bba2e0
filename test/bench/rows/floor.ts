import { join } from 'node:path'
import { projectFolder } from '#shared/build/bundle.ts'
import type { RunPlace } from '../../faults/run-place.ts'
import { signInAll } from '../bank/shoppers.ts'
import { type BenchBank, startBank } from '../bank/start-bank.ts'
import type { Measured, Pair } from '../figures/report.ts'
import { sumUpPairs } from '../figures/sum-up.ts'
import { addFloorFunctions, countSettled, fillFloor } from '../floor/fill.ts'
import { makeScripts } from '../floor/make-scripts.ts'
import { runPgbench } from '../peers/pgbench.ts'
import type { Row, RowOptions } from './row.ts'
import { checkBooks, customersAtOnce, prepareSettling, settle } from './settling.ts'

const sizes = {
  full: { customers: 64, shops: 50, seconds: 10, warmUpSeconds: 15, firstEach: 100 },
  small: { customers: 32, shops: 6, seconds: 4, warmUpSeconds: 4, firstEach: 10 },
}

/** The scripts are left there to be read. */
const scriptsFolder = join(projectFolder, '.data', 'bench', 'floor')

/** One database with the tables of all three services, and the scripts that run on it. */
interface Floor {
  bank: BenchBank
  scripts: string[]
  /** The first payment that is not there yet. */
  next: number
  /** Payments of each client in the run that comes. */
  each: number
}

const makeFloor = async (
  place: RunPlace,
  undo: AsyncDisposableStack,
  { settings, size }: RowOptions,
): Promise<Floor> => {
  const { customers, shops, firstEach } = sizes[size]
  const world = { customers, shops }
  const bank = await startBank(place, { world, settings, oneDatabase: true })
  undo.defer(bank.close)
  await addFloorFunctions(bank.sql.claims)
  const signedIn = await signInAll(bank)
  const scripts = await makeScripts(place, bank, signedIn, scriptsFolder)
  await bank.stopServices()
  return { bank, scripts, next: 1_000_000, each: firstEach }
}

/** A run of about so many seconds: a claim is paid once, so payments are counted out before. */
const runFloor = async (
  { cluster }: RunPlace,
  floor: Floor,
  seconds: number,
): Promise<Measured> => {
  const { bank, scripts, next: base, each } = floor
  const count = customersAtOnce * each
  const shopIds = bank.shops.map((shop) => shop.shopId)
  const customers = bank.world.customers.length
  await fillFloor(bank.sql.claims, { from: base, count: count + 1, customers, shopIds })
  await cluster.run('checkpoint')
  const measured = await runPgbench(cluster, {
    database: bank.databases['claim-server'],
    clients: customersAtOnce,
    threads: 2,
    until: { transactionsEach: each },
    scripts,
    variables: { k: 0, base, each },
  })
  const settled = await countSettled(bank.sql.claims, { from: base, count })
  if (settled !== count)
    throw new Error(`the floor's scripts settled ${settled} of ${count} claims`)
  floor.next = base + count + 1
  floor.each = Math.max(
    10,
    Math.ceil((measured.count / measured.seconds / customersAtOnce) * seconds),
  )
  return measured
}

export const floorRow: Row = {
  needsPgbench: true,
  what: 'the statements of one payment of all three services, watched and put into a script of pgbench: no HTTP, no signatures; 32 at once',
  async run(place, options) {
    const { pairs, size, settings, profileFolder, say } = options
    const { customers, shops, warmUpSeconds, ...sized } = sizes[size]
    const { seconds = sized.seconds } = options
    await using undo = new AsyncDisposableStack()
    const floor = await makeFloor(place, undo, options)
    const bank = await startBank(place, { world: { customers, shops }, settings, profileFolder })
    undo.defer(bank.close)
    const settling = await prepareSettling(undo, bank, 1)
    await settle(settling, warmUpSeconds)
    await runFloor(place, floor, seconds)
    const measured: Pair[] = []
    for (let at = 0; at < pairs; at++) {
      const peer = await runFloor(place, floor, seconds)
      const ours = await settle(settling, seconds)
      say(
        `  ${(ours.count / ours.seconds).toFixed(0)} settled a second, the floor ${(peer.count / peer.seconds).toFixed(0)}`,
      )
      measured.push({ peer, ours })
    }
    const figure = sumUpPairs(measured, {
      name: 'settle',
      unit: 'payments/s',
      peer: { name: 'the floor', unit: 'payments/s' },
    })
    const notes = [await checkBooks(bank)]
    return [{ ...figure, reach: { least: 0.5 }, peakRssMb: bank.peakRssMb(), notes }]
  },
}
