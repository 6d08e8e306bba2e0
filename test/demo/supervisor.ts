import { writeBundles } from '#shared/build/write-bundles.ts'
import { StartError } from '#shared/service-process.ts'
import { removeEmbeddedPostgres } from './embedded-postgres.ts'
import { refuseTakenPorts, takeDataFolder } from './guards.ts'
import { superviseProcesses } from './processes.ts'
import { type DemoSettings, type ProcessName, readDemoSettings } from './settings.ts'
import { runningTable } from './table.ts'
import { demoLogins } from './world-logins.ts'

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
  // The larger part of what the demo loads: the programs are built meanwhile, on another processor.
  const [{ openDatabases }, { bringUp }] = await Promise.all([
    import('./databases.ts'),
    import('./bring-up.ts'),
  ])
  const databases = await openDatabases(settings)
  started.defer(databases.stop)
  const built = await building
  const processes = superviseProcesses(say)
  started.defer(processes.stopAll)

  const up = bringUp(settings, { databases, built, processes, say }).then(() => {
    say(runningTable(settings, demoLogins))
  })
  await Promise.race([stop, up.then(() => Promise.race([stop, processes.gaveUp]))])
  // Stopped half-way, whatever was still being made fails now, each in its own way.
  up.catch(() => {})
  process.on('uncaughtException', () => {})
  say('Stopping.')
}
