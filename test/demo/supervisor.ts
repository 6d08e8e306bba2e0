import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { writeBundles } from '#shared/build/write-bundles.ts'
import { makeMissingKeys } from '#shared/keys.ts'
import { StartError } from '#shared/service-process.ts'
import { type DemoDatabases, openDatabases } from './databases.ts'
import { removeEmbeddedPostgres } from './embedded-postgres.ts'
import { refuseTakenPorts, takeDataFolder } from './guards.ts'
import { type Processes, type Program, superviseProcesses } from './processes.ts'
import {
  type DemoSettings,
  environmentOf,
  type ProcessName,
  readDemoSettings,
  type RunningDemo,
  serviceNames,
} from './settings.ts'

import { runningTable } from './table.ts'
import { demoLogins, makeWorld } from './world.ts'
import { writeWholeFile } from './write-whole-file.ts'

const mains: Record<ProcessName, string> = {
  'mock-core-banking': 'mock-core-banking/main.ts',
  'claim-server': 'claim-server/main.ts',
  'bank-portal': 'bank-portal/main.ts',
  inbox: 'test/demo/inbox/main.ts',
  'demo-shop': 'test/demo/shop/main.ts',
}

const say = (text: string) => console.log(text)

const readArguments = (args: string[]): { fresh: boolean } => {
  const unknown = args.find((arg) => arg !== '--fresh')
  if (unknown) throw new StartError(`${unknown} is not known: npm start takes only -- --fresh.`)
  return { fresh: args.includes('--fresh') }
}

const beginAnew = async (settings: DemoSettings) => {
  if (settings.givenDatabases) {
    throw new StartError(
      '--fresh removes only the demo’s own PostgreSQL: empty the databases that you named yourself.',
    )
  }
  await removeEmbeddedPostgres(settings.dataFolder)
}

const makeFolders = (settings: DemoSettings, isNew: boolean) => {
  rmSync(settings.logsFolder, { recursive: true, force: true })
  if (isNew) rmSync(settings.worldFolder, { recursive: true, force: true })
  for (const folder of [settings.logsFolder, settings.worldFolder]) {
    mkdirSync(folder, { recursive: true })
  }
}

const makeKeys = async ({ keysFolder }: DemoSettings) => {
  await makeMissingKeys(keysFolder['claim-server'], 'claim-server')
  await makeMissingKeys(keysFolder['bank-portal'], 'bank-portal')
  await makeMissingKeys(keysFolder['mock-core-banking'], 'core-banking')
}

/**
 * What each service is told, for commands that act as one while the demo runs: `npm run reconcile`
 * and `npm run shop` read `.data/claim-server.env`. It holds a database password: the owner's alone.
 */
const writeEnvironments = (demo: RunningDemo) => {
  for (const service of serviceNames) {
    const lines = Object.entries(environmentOf(demo, service)).map(
      ([name, value]) => `${name}=${JSON.stringify(value)}`,
    )
    writeWholeFile(join(demo.dataFolder, `${service}.env`), `${lines.join('\n')}\n`, 0o600)
  }
}

const programs = (demo: RunningDemo, built: Record<ProcessName, string>): Program[] =>
  (Object.keys(mains) as ProcessName[]).map((name) => ({
    name,
    main: built[name],
    environment: environmentOf(demo, name),
    readyUrl: `${demo.urls[name]}/health/ready`,
    logFile: join(demo.logsFolder, `${name}.log`),
  }))

const bringUp = async (
  settings: DemoSettings,
  {
    databases,
    built,
    processes,
  }: { databases: DemoDatabases; built: Record<ProcessName, string>; processes: Processes },
): Promise<void> => {
  makeFolders(settings, databases.isNew)
  await makeKeys(settings)
  const demo: RunningDemo = { ...settings, databases: databases.urls }
  writeEnvironments(demo)
  await Promise.all(programs(demo, built).map(processes.start))
  if (databases.isNew) {
    say('Making the demo world: customers, shops and claims in every state.')
    await makeWorld(demo)
    await databases.worldIsMade()
  }
}

const signalled = () =>
  new Promise<void>((stop) => {
    // Heard for the whole life of the process: a second Ctrl-C must not cut the stop short.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop())
  })

/** `npm start`: runs the demo until it is told to stop, then stops everything and keeps the data. */
export const runDemo = async (args: string[], variables: NodeJS.ProcessEnv): Promise<void> => {
  const { fresh } = readArguments(args)
  const settings = readDemoSettings(variables)
  const stop = signalled()
  await using started = new AsyncDisposableStack()
  const { wasKilled, release } = takeDataFolder(settings)
  started.defer(release)
  await refuseTakenPorts(settings, wasKilled ? 10 : 0)
  if (fresh) await beginAnew(settings)

  const building = writeBundles(mains)
  building.catch(() => {}) // Heard below, once the databases are open or can't be.
  const databases = await openDatabases(settings)
  started.defer(databases.stop)
  const built = await building
  const processes = superviseProcesses(say)
  started.defer(processes.stopAll)

  const up = bringUp(settings, { databases, built, processes }).then(() => {
    say(runningTable(settings, demoLogins))
  })
  await Promise.race([stop, up.then(() => Promise.race([stop, processes.gaveUp]))])
  // Stopped half-way, whatever was still being made fails now, each in its own way.
  up.catch(() => {})
  process.on('uncaughtException', () => {})
  say('Stopping.')
}
