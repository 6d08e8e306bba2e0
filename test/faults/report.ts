import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { toJson } from '#shared/json.ts'
import { projectFolder } from './build-services.ts'
import type { Violation } from './invariants/violation.ts'

/** Milliseconds from the hold of a payment's claims to its end. */
export interface Doubt {
  payments: number
  p50Ms: number
  p99Ms: number
  mostMs: number
}

/** What one run found. */
export interface RunReport {
  run: string
  /** What to say of a run that is as it should be: 'green', or of a mutant 'caught'. */
  verdict?: string
  seconds: number
  figures: Record<string, number | string>
  /** Of the payments that the resolver had to ask for: those executed, and those that never were. */
  doubt: { executed: Doubt; notExecuted: Doubt }
  kills: { random: number; byPoint: Record<string, number> }
  /** Points that were to be died at, and were not reached in time. */
  notReached: string[]
  violations: Violation[]
  /** Where the processes' logs were put. */
  logs?: string
}

/** The run as a file: what was run, on which commit, and what it found. */
export interface Report {
  commit: string
  seed: number
  command: string
  startedAt: string
  green: boolean
  runs: RunReport[]
}

const git = (...args: string[]) => {
  try {
    return execFileSync('git', args, { cwd: projectFolder, stdio: ['ignore', 'pipe', 'ignore'] })
      .toString()
      .trim()
  } catch {
    return ''
  }
}

/** The commit, marked when the files differ from it. */
export const readCommit = (): string => {
  const commit = git('rev-parse', '--short=12', 'HEAD')
  if (!commit) return 'no commit'
  const changed = git('status', '--porcelain', '--untracked-files=no')
  return changed ? `${commit} with changes` : commit
}

const quoted = (arg: string) => (/^[\w./:=-]+$/.test(arg) ? arg : `'${arg}'`)

/** The command that does the same again. */
export const replayCommand = (args: readonly string[], seed: number): string => {
  const hasSeed = args.some((arg) => arg === '--seed' || arg.startsWith('--seed='))
  const all = hasSeed ? args : [...args, '--seed', String(seed)]
  return `npm run faults -- ${all.map(quoted).join(' ')}`
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`

const doubtLine = (name: string, { payments, p50Ms, p99Ms, mostMs }: Doubt) =>
  payments === 0
    ? []
    : [
        `  ${name}: ${payments}, p50 ${seconds(p50Ms)}, p99 ${seconds(p99Ms)}, most ${seconds(mostMs)}`,
      ]

const mostPoints = 10

const pointLines = (byPoint: Record<string, number>) => {
  const points = Object.entries(byPoint)
  if (points.length <= mostPoints)
    return points.map(([point, kills]) => `  kills at ${point}: ${kills}`)
  const all = points.reduce((sum, [, kills]) => sum + kills, 0)
  const fewest = Math.min(...points.map(([, kills]) => kills))
  return [`  kills at points: ${all} at ${points.length} points, ${fewest} or more at each`]
}

export const describeRun = (run: RunReport): string =>
  [
    `${run.run}: ${run.violations.length === 0 ? (run.verdict ?? 'green') : 'RED'} in ${run.seconds.toFixed(0)} s`,
    ...Object.entries(run.figures).map(([name, value]) => `  ${name}: ${value}`),
    ...doubtLine('resolved in doubt, executed', run.doubt.executed),
    ...doubtLine('resolved in doubt, never executed', run.doubt.notExecuted),
    ...(run.kills.random > 0 ? [`  kills from outside: ${run.kills.random}`] : []),
    ...pointLines(run.kills.byPoint),
    ...(run.notReached.length > 0 ? [`  not reached: ${run.notReached.join(', ')}`] : []),
    ...(run.logs ? [`  logs: ${run.logs}`] : []),
    ...run.violations.map(({ invariant, detail }) => `  ${invariant} VIOLATED: ${detail}`),
  ].join('\n')

const reportFolder = join(projectFolder, '.data', 'faults')

/** Puts the logs of the processes beside the reports, before their folder goes. */
export const keepLogs = ({ logFolder }: { logFolder: string }): string => {
  const folder = join(reportFolder, `logs-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`)
  cpSync(logFolder, folder, { recursive: true })
  return folder
}

export const writeReport = (report: Report, file: string | undefined): string => {
  const name = `${report.startedAt.replaceAll(/[:.]/g, '-')}-${report.seed}.json`
  const path = file ?? join(reportFolder, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, `${JSON.stringify(JSON.parse(toJson(report)), null, 2)}\n`)
  return path
}
