import { execFile } from 'node:child_process'
import { accessSync, constants, existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { StartError } from '#shared/service-process.ts'
import type { Cluster } from '../../faults/cluster.ts'
import { endedChildrenCpuSeconds, familyCpuSecondsOf } from '../figures/process-use.ts'
import type { Measured } from '../figures/report.ts'

const run = promisify(execFile)

const debianVersions = '/usr/lib/postgresql'

const placesToLook = () => [
  ...(process.env.PATH ?? '').split(delimiter),
  ...(existsSync(debianVersions)
    ? readdirSync(debianVersions)
        .sort()
        .reverse()
        .map((version) => join(debianVersions, version, 'bin'))
    : []),
]

const isProgram = (path: string) => {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** The peer's program; throws a `StartError` that says where it comes from. */
export const findPgbench = (): string => {
  const found = placesToLook()
    .map((folder) => join(folder, 'pgbench'))
    .find(isProgram)
  if (found) return found
  throw new StartError(
    'pgbench is missing: this row is measured against it. On Debian and Ubuntu: apt-get install postgresql-contrib. It is looked for in PATH and in /usr/lib/postgresql/*/bin.',
  )
}

export interface PgbenchOptions {
  database: string
  clients: number
  threads: number
  /** How long, or how many of each client. */
  until: { seconds: number } | { transactionsEach: number }
  /** Files of its own instead of the TPC-B-like transaction. */
  scripts?: readonly string[]
  variables?: Record<string, number>
}

const mostOutputBytes = 16 * 1024 * 1024
const mostOfAnError = 1500

const call = (cluster: Cluster, database: string, args: readonly string[]) => {
  const { hostname, port, username, password } = new URL(cluster.urlOf(database))
  const where = ['-h', hostname, '-p', port, '-U', username]
  return run(findPgbench(), [...where, ...args, database], {
    env: { ...process.env, PGPASSWORD: decodeURIComponent(password) },
    maxBuffer: mostOutputBytes,
  }).catch((error: unknown) => {
    const { stderr = '' } = error as { stderr?: string }
    throw new Error(`pgbench failed: ${stderr.slice(0, mostOfAnError)}`)
  })
}

/** Fills a new database for the TPC-B-like transaction. */
export const initPgbench = async (
  cluster: Cluster,
  { database, scale }: { database: string; scale: number },
): Promise<void> => {
  await cluster.run(`create database ${database}`)
  await call(cluster, database, ['-i', '-q', '-s', String(scale)])
}

const numberAfter = (text: string, pattern: RegExp): number => {
  const found = pattern.exec(text)?.[1]
  if (found === undefined) throw new Error(`pgbench told no such number:\n${text}`)
  return Number(found)
}

/** Runs prepared statements for so long; counts transactions. */
export const runPgbench = async (
  cluster: Cluster,
  { database, clients, threads, until, scripts = [], variables = {} }: PgbenchOptions,
): Promise<Measured> => {
  const before = { server: familyCpuSecondsOf(cluster.pid()), own: endedChildrenCpuSeconds() }
  const { stdout } = await call(cluster, database, [
    '-M',
    'prepared',
    '-n',
    `--client=${clients}`,
    `--jobs=${threads}`,
    'seconds' in until ? `--time=${until.seconds}` : `--transactions=${until.transactionsEach}`,
    ...scripts.flatMap((file) => ['-f', file]),
    ...Object.entries(variables).map(([name, value]) => `--define=${name}=${value}`),
  ])
  const cpuSeconds = {
    postgresql: familyCpuSecondsOf(cluster.pid()) - before.server,
    pgbench: endedChildrenCpuSeconds() - before.own,
  }
  const failed = numberAfter(stdout, /number of failed transactions: (\d+)/)
  if (failed > 0) throw new Error(`${failed} of pgbench's transactions failed:\n${stdout}`)
  const count = numberAfter(stdout, /number of transactions actually processed: (\d+)/)
  const perSecond = numberAfter(stdout, /tps = ([\d.]+)/)
  return {
    count,
    seconds: count / perSecond,
    cpuSeconds,
    meanMs: numberAfter(stdout, /latency average = ([\d.]+) ms/),
  }
}
