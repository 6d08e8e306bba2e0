import type { RunPlace } from '../../faults/run-place.ts'
import { type BenchBank, startBank } from '../bank/start-bank.ts'
import { median } from '../figures/median.ts'
import type { Figure } from '../figures/report.ts'
import { type Act, actsFor, type GrownBank, signInOthers } from '../growth/acts.ts'
import { fillBank } from '../growth/fill-bank.ts'
import type { Row, RowOptions } from './row.ts'
import { prepareSettling } from './settling.ts'

const timesEach = 5
const mostGrowth = 1.2

const sizes = {
  full: { base: 10_000, grown: [1_000_000], seconds: 4, warmUpSeconds: 10, times: timesEach },
  small: { base: 10_000, grown: [50_000], seconds: 2, warmUpSeconds: 2, times: 1 },
}
const tenMillionClaims = 10_000_000

const inWords = (claims: number) => claims.toLocaleString('en')

const openBank = async (
  place: RunPlace,
  undo: AsyncDisposableStack,
  claims: number,
  { settings, say }: RowOptions,
): Promise<BenchBank> => {
  const bank = await startBank(place, { world: { customers: 32, shops: 2 }, settings })
  undo.defer(bank.close)
  const begin = performance.now()
  // Their workers would read whole tables meanwhile, which have no indexes until they are full.
  await bank.stopServices()
  await fillBank(bank, claims)
  await bank.startServices()
  say(`  ${inWords(claims)} claims in ${((performance.now() - begin) / 1000).toFixed(0)} s`)
  return bank
}

const signInTo = async (undo: AsyncDisposableStack, bank: BenchBank): Promise<GrownBank> => ({
  settling: await prepareSettling(undo, bank, 1),
  cookies: await signInOthers(bank),
})

/** What the same took in both banks, one straight after the other. */
interface Times {
  base: number
  grown: number
}

/** The same of both banks in turn, as the machine may drift. */
const measureTimes = async (
  act: Act,
  { base, grown }: Record<'base' | 'grown', GrownBank>,
  times: number,
): Promise<Times[]> => {
  const measured: Times[] = []
  for (let at = 0; at < times; at++)
    measured.push({ base: await act.measureMs(base), grown: await act.measureMs(grown) })
  return measured
}

const figureOf = ({ name }: Act, claims: [number, number], times: Times[]): Figure => ({
  name: `${name} at ${inWords(claims[1])}`,
  unit: 'ms each',
  ours: median(times.map(({ grown }) => grown)),
  peer: {
    name: `itself at ${inWords(claims[0])}`,
    unit: 'ms each',
    value: median(times.map(({ base }) => base)),
  },
  ratio: median(times.map(({ base, grown }) => grown / base)),
  reach: { most: mostGrowth },
  notes: [`each time: ${times.map(({ base, grown }) => (grown / base).toFixed(2)).join(', ')}`],
})

const compareBanks = async (
  place: RunPlace,
  options: RowOptions,
  claims: [number, number],
): Promise<Figure[]> => {
  const { warmUpSeconds, times, ...sized } = sizes[options.size]
  const { seconds = sized.seconds } = options
  await using undo = new AsyncDisposableStack()
  const base = await openBank(place, undo, claims[0], options)
  const grown = await openBank(place, undo, claims[1], options)
  // Once both are filled: ten million claims take longer than a session may idle.
  const banks = { base: await signInTo(undo, base), grown: await signInTo(undo, grown) }
  const pages = actsFor(seconds).filter((act) => !act.isOfWorkers)
  for (const act of actsFor(warmUpSeconds).filter((one) => !one.isOfWorkers))
    await measureTimes(act, banks, 1)
  const figures: Figure[] = []
  for (const act of pages) {
    figures.push(figureOf(act, claims, await measureTimes(act, banks, times)))
    options.say(
      `  ${act.name}: ${figures.at(-1)?.ratio?.toFixed(2)} of the time at ${inWords(claims[0])}`,
    )
  }
  for (const { settling } of Object.values(banks)) await settling.bank.stopServices()
  for (const act of actsFor(seconds).filter((one) => one.isOfWorkers)) {
    await measureTimes(act, banks, 1)
    figures.push(figureOf(act, claims, await measureTimes(act, banks, times)))
  }
  return figures
}

export const growthRow: Row = {
  what: 'list, settle, shop inquiry, staff search, warnings and expiry with ever more claims, against themselves with few',
  async run(place, options) {
    const { base, grown } = sizes[options.size]
    const figures: Figure[] = []
    for (const claims of [...grown, ...(options.tenMillion ? [tenMillionClaims] : [])])
      figures.push(...(await compareBanks(place, options, [base, claims])))
    return figures
  },
}
