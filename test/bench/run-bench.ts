import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, release, totalmem } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { projectFolder } from '#shared/build/bundle.ts'
import { StartError } from '#shared/service-process.ts'
import { readCommit } from '../faults/report.ts'
import { openRunPlace, type RunPlace } from '../faults/run-place.ts'
import type { Arguments, RowName } from './arguments.ts'
import { describeCompared } from './figures/compare.ts'
import { describeRow } from './figures/describe.ts'
import type { RowReport } from './figures/report.ts'
import { endChildren } from './own-children.ts'
import { findPgbench } from './peers/pgbench.ts'
import { readServerSettings, serverSettings } from './peers/server-settings.ts'
import { rows } from './rows/index.ts'

const say = (line: string) => console.log(line)

const machine = () => ({
  processors: cpus().length,
  processor: cpus()[0]?.model ?? 'unknown',
  memoryGb: Math.round(totalmem() / 2 ** 30),
  kernel: release(),
  node: process.version,
})

const jsonFileOf = (row: RowName, { json }: Arguments) =>
  json ?? join(projectFolder, '.data', 'bench', `${row}.json`)

const readReport = (file: string): RowReport => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as RowReport
  } catch {
    throw new StartError(`--compare ${file}: there is no report of the bench`)
  }
}

const runRow = async (place: RunPlace, name: RowName, read: Arguments): Promise<void> => {
  const row = rows[name]
  say(`\n${name}: ${row.what}`)
  const { pairs, size, seconds, settings, tenMillion } = read
  const profileFolder = read.profileFolder && resolve(read.profileFolder)
  const figures = await row.run(place, {
    pairs,
    size,
    seconds,
    settings,
    tenMillion,
    profileFolder,
    say,
  })
  const report: RowReport = {
    row: name,
    what: row.what,
    ranAt: new Date().toISOString(),
    commit: readCommit(),
    machine: machine(),
    server: await readServerSettings(place.cluster),
    settings,
    size,
    figures,
  }
  say(describeRow(report))
  const file = jsonFileOf(name, read)
  mkdirSync(dirname(file), { recursive: true })
  const older = read.compare ? readReport(read.compare) : undefined
  if (older) say(describeCompared(older, report))
  writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`)
  say(`written to ${file}`)
}

/** Ctrl-C, or an error that nobody has caught: everything that was started must end all the same. */
const untilStopped = () =>
  new Promise<never>((_, stop) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => stop(new StartError(`stopped by ${signal}`)))
  })

const runRows = async (place: RunPlace, read: Arguments) => {
  for (const name of read.rows) await runRow(place, name, read)
}

/** Runs the rows that were asked for, one after the other. */
export const runBench = async (read: Arguments): Promise<void> => {
  if (read.compare) readReport(read.compare)
  if (read.rows.some((name) => rows[name].needsPgbench)) findPgbench()
  const settings = serverSettings({ withStatements: read.profileFolder !== undefined })
  const place = await openRunPlace({ name: 'bench', settings })
  try {
    await Promise.race([runRows(place, read), untilStopped()])
  } finally {
    await endChildren()
    await place.close()
  }
}
