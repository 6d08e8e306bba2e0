import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import { StartError } from '#shared/service-process.ts'

/** What goes wrong during a run of the load, besides kills. */
export interface LoadFaults {
  /** The share of the core's answers that are lost. */
  dropAnswers: number
  /** Seconds for which each is away once. */
  coreDown: number
  claimServerDown: number
  smtpDown: number
  postgresKills: number
  /** One of the portals and one of the claim servers are away all the time. */
  replicaDown: boolean
  /** Every receipt is delivered five times more, shuffled. */
  shuffleReceipts: boolean
  /** Seconds by which the clock of one portal is ahead, and of one claim server behind. */
  clockSkew: number
}

export const scenarioNames = [
  'double-submit',
  'restore',
  'delayed-execute',
  'portal-death',
  'races',
  'short-baskets',
  'crossing',
] as const
export type ScenarioName = (typeof scenarioNames)[number]

export type Task =
  | {
      task: 'load'
      faults: LoadFaults
      /** Random kills, or with a point the kills there. */
      kills: number
      point: string | undefined
      eachPoint: number
      listPoints: boolean
    }
  | { task: 'scenario'; name: ScenarioName }
  | { task: 'mutants'; names: string[] }

export interface Arguments {
  task: Task
  seed: number
  /** How much of it: payments, rounds, races, seconds, by scenario. */
  size: number | undefined
  json: string | undefined
}

export const usage = `npm run faults -- [what] [--seed S] [--size N] [--json FILE]

Runs the services as processes under load and breaks them; exits with 1 when something is violated.
What it found is written to .data/faults, with the processes' logs when something was violated.

What goes wrong while customers pay (they combine; without any, nothing does):
  --kills N              N kill -9 of random processes
  --point LABEL --kills N   N kill -9 at a labelled point; --list-points shows them
  --each-point N         N kill -9 at every labelled point
  --drop-answers P       that share of the core's answers is lost
  --core-down S, --claim-server-down S, --smtp-down S   each away for S seconds
  --replica-down         one portal and one claim server away all the time
  --postgres-kills N     N kill -9 of PostgreSQL
  --shuffle-receipts     every receipt five times more, shuffled
  --clock-skew S         one portal's clock S seconds ahead, one claim server's behind
  --size N               at least so many payments

Scenarios, each with its own --size:
  --double-submit        payments (500), each posted 30 times at once over two portals
  --restore              rounds (50) of a claim server restored from a backup taken before reserve
  --delayed-execute      executes (500) that arrive after their void
  --portal-death         portal deaths (200) before completion, the portals kept down
  --races                races (5000) of a payment against expiry and cancel
  --short-baskets        baskets (200) of three on accounts that can pay one
  --crossing             seconds (60) of 64 workers whose payments cross

The runner itself:
  --mutants [--mutant NAME]   seeded bugs: each must turn a run red that is green without it`

const options = {
  kills: { type: 'string' },
  point: { type: 'string' },
  'each-point': { type: 'string' },
  'list-points': { type: 'boolean' },
  'drop-answers': { type: 'string' },
  'core-down': { type: 'string' },
  'claim-server-down': { type: 'string' },
  'smtp-down': { type: 'string' },
  'postgres-kills': { type: 'string' },
  'replica-down': { type: 'boolean' },
  'shuffle-receipts': { type: 'boolean' },
  'clock-skew': { type: 'string' },
  'double-submit': { type: 'boolean' },
  restore: { type: 'boolean' },
  'delayed-execute': { type: 'boolean' },
  'portal-death': { type: 'boolean' },
  races: { type: 'boolean' },
  'short-baskets': { type: 'boolean' },
  crossing: { type: 'boolean' },
  mutants: { type: 'boolean' },
  mutant: { type: 'string', multiple: true },
  seed: { type: 'string' },
  size: { type: 'string' },
  json: { type: 'string' },
  help: { type: 'boolean' },
} as const

const numberIn = (name: string, text: string | undefined, most = Number.MAX_SAFE_INTEGER) => {
  if (text === undefined) return undefined
  const value = Number(text)
  if (text.trim() === '' || !(value >= 0 && value <= most))
    throw new StartError(
      `--${name} ${text}: a number from 0${most < 2 ? ` to ${most}` : ''}, please`,
    )
  return value
}

const parse = (args: readonly string[]) => {
  try {
    return parseArgs({ args: [...args], options, strict: true }).values
  } catch (error) {
    throw new StartError(`${(error as Error).message}\n\n${usage}`)
  }
}

/** Reads the command line; throws a `StartError` that says what is wrong, undefined for --help. */
export const readArguments = (args: readonly string[]): Arguments | undefined => {
  const given = parse(args)
  if (given.help) return undefined
  const scenarios = scenarioNames.filter((name) => given[name])
  const number = (name: keyof typeof options, most?: number) =>
    numberIn(name, given[name] as string | undefined, most) ?? 0
  const common = {
    seed: numberIn('seed', given.seed) ?? randomInt(1_000_000),
    size: numberIn('size', given.size),
    json: given.json,
  }
  if (given.mutants || given.mutant)
    return { ...common, task: { task: 'mutants', names: given.mutant ?? [] } }
  const [scenario, ...more] = scenarios
  if (more.length > 0)
    throw new StartError(`One scenario at a time, not ${scenarios.join(' and ')}`)
  if (scenario) return { ...common, task: { task: 'scenario', name: scenario } }
  return {
    ...common,
    task: {
      task: 'load',
      kills: number('kills'),
      point: given.point,
      eachPoint: number('each-point'),
      listPoints: given['list-points'] ?? false,
      faults: {
        dropAnswers: number('drop-answers', 1),
        coreDown: number('core-down'),
        claimServerDown: number('claim-server-down'),
        smtpDown: number('smtp-down'),
        postgresKills: number('postgres-kills'),
        replicaDown: given['replica-down'] ?? false,
        shuffleReceipts: given['shuffle-receipts'] ?? false,
        clockSkew: number('clock-skew'),
      },
    },
  }
}
