import { setTimeout as sleep } from 'node:timers/promises'
import type { LoadFaults, Task } from './arguments.ts'
import type { Violations } from './invariants/violation.ts'
import {
  killAtEachPoint,
  killAtPoint,
  killAtRandom,
  killPostgres,
  serviceDown,
  smtpDown,
} from './killers.ts'
import { type Load, startLoad } from './load/load.ts'
import type { RunReport } from './report.ts'
import { type Run, runOnSystem, type RunResult } from './run-on-system.ts'
import type { RunPlace } from './run-place.ts'
import type { System, SystemOptions } from './system.ts'
import {
  dropAnswers,
  loseExecutes,
  type RepeatedReceipts,
  type ReplayedTokens,
  repeatReceipts,
  replayTokens,
} from './wire-faults.ts'

export type LoadTask = Extract<Task, { task: 'load' }>

export interface LoadRunOptions {
  seed: number
  task: LoadTask
  /** At least so many payments. */
  size: number | undefined
  say: (line: string) => void
  /** Hears of all points that were seen. */
  onPoints?: (points: string[]) => void
}

const longestDoubtMs = 10_000
const defaultPayments = 100
const worldSize = { customers: 60, shops: 6 }
const workers = 12
/** Faster where kills wait for what a new day brings. */
const dayEverySeconds = ({ eachPoint, point }: LoadTask) => (eachPoint > 0 || point ? 4 : 10)

const awayInTurn = async (system: System, faults: LoadFaults) => {
  const { coreDown, claimServerDown, smtpDown: mailDown } = faults
  if (coreDown > 0) await serviceDown(system, 'core-banking', coreDown)
  if (claimServerDown > 0) await serviceDown(system, 'claim-server', claimServerDown)
  if (mailDown > 0) await smtpDown(system, mailDown)
}

const replicasDown = async ({ fleet }: System) => {
  for (const name of ['bank-portal-2', 'claim-server-2']) {
    fleet.keepDown(name)
    await fleet.kill(name)
  }
}

/** Everything that breaks during the load; resolves with the points that were not reached. */
const breakThings = async (system: System, task: LoadTask): Promise<string[]> => {
  const { kills, point, eachPoint, faults } = task
  const { random } = system
  if (faults.replicaDown) await replicasDown(system)
  const [missed] = await Promise.all([
    point ? killAtPoint(system, random.fork('point'), point, kills) : 0,
    point ? undefined : killAtRandom(system, random.fork('kills'), kills),
    awayInTurn(system, faults),
    killPostgres(system, random.fork('postgres'), faults.postgresKills),
  ])
  if (eachPoint > 0) return killAtEachPoint(system, random.fork('points'), eachPoint)
  return missed > 0 && point ? [`${point} (${missed} times)`] : []
}

const untilPaid = async ({ sql }: Pick<System, 'sql'>, payments: number) => {
  for (;;) {
    try {
      const [row] = await sql.claims<[{ payments: number }]>`
        select count(*)::int as payments from claim_server.payments where status <> 'paying'`
      if (row.payments >= payments) return
    } catch {} // PostgreSQL was just killed.
    await sleep(250)
  }
}

const tellProgress = (system: System, load: Load, say: LoadRunOptions['say']) => {
  const timer = setInterval(() => {
    const { deaths, points } = system.fleet
    say(`  ${load.ledger.posts} posts, ${deaths.length} kills, ${points.size} points seen`)
  }, 10_000)
  return () => clearInterval(timer)
}

interface WireWatch {
  tokens: ReplayedTokens
  receipts: RepeatedReceipts | undefined
}

/** What goes wrong on the wire all the time, and what was asked for. */
const breakWire = ({ system, violations }: Run, faults: LoadFaults): WireWatch => {
  const { random, wire } = system
  const tokens = replayTokens(system, random.fork('tokens'), violations, 0.02)
  const receipts = faults.shuffleReceipts
    ? repeatReceipts(system, random.fork('receipts'))
    : undefined
  wire.push(tokens.fault, loseExecutes(random.fork('lost'), 0.02))
  if (receipts) wire.push(receipts.fault)
  if (faults.dropAnswers > 0) wire.push(dropAnswers(random.fork('answers'), faults.dropAnswers))
  return { tokens, receipts }
}

const figuresOf = ({ ledger }: Load, { tokens, receipts }: WireWatch): RunReport['figures'] => ({
  posts: ledger.posts,
  answers: [...ledger.answers].map(([answer, times]) => `${answer} ${times}`).join(', '),
  'failed acts': ledger.failures,
  'replayed tokens': tokens.replays(),
  ...(receipts ? { 'receipts repeated': receipts.delivered() } : {}),
})

const checkFigures =
  (task: LoadTask, violations: Violations): NonNullable<RunResult['check']> =>
  ({ doubt, kills, notReached }) => {
    const isQuiet = kills.random === 0 && task.eachPoint === 0 && !task.point
    if (task.faults.dropAnswers > 0 && isQuiet && doubt.executed.p99Ms > longestDoubtMs)
      violations.add(
        'figure',
        `p99 from hold to final is ${doubt.executed.p99Ms} ms, above ${longestDoubtMs}`,
      )
    if (task.point && notReached.length > 0)
      violations.add('figure', `not reached in time: ${notReached.join(', ')}`)
  }

const skewOf = ({ clockSkew }: LoadFaults): Record<string, number> =>
  clockSkew === 0 ? {} : { 'bank-portal-2': clockSkew, 'claim-server-2': -clockSkew }

/** The load, with kills and faults as asked for, checked while it runs and when it has come to rest. */
export const runLoad = (
  place: RunPlace,
  { seed, task, size = defaultPayments, say, onPoints }: LoadRunOptions,
  patched: Partial<SystemOptions> = {},
): Promise<RunReport> =>
  runOnSystem(
    place,
    { seed, world: worldSize, skew: skewOf(task.faults), ...patched },
    { name: 'load', say },
    async (run) => {
      const { system, violations } = run
      const watch = breakWire(run, task.faults)
      const load = startLoad(system, { workers, dayEverySeconds: dayEverySeconds(task) })
      const stopTelling = tellProgress(system, load, say)
      try {
        const [notReached] = await Promise.all([breakThings(system, task), untilPaid(system, size)])
        await load.stop()
        await watch.receipts?.done()
        await watch.tokens.done()
        onPoints?.([...system.fleet.points.keys()].sort())
        return {
          figures: figuresOf(load, watch),
          ledger: load.ledger,
          notReached,
          check: checkFigures(task, violations),
        }
      } finally {
        stopTelling()
        await load.stop()
      }
    },
  )
