import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { makeMissingKeys } from '#shared/keys.ts'
import type { DemoDatabases } from './databases.ts'
import type { Processes, Program } from './processes.ts'
import {
  type DemoSettings,
  environmentOf,
  type ProcessName,
  type RunningDemo,
  serviceNames,
} from './settings.ts'
import { writeWholeFile } from './write-whole-file.ts'

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
  (Object.keys(built) as ProcessName[]).map((name) => ({
    name,
    main: built[name],
    environment: environmentOf(demo, name),
    readyUrl: `${demo.urls[name]}/health/ready`,
    logFile: join(demo.logsFolder, `${name}.log`),
  }))

export interface PartsOfDemo {
  databases: DemoDatabases
  /** Where each program lies. */
  built: Record<ProcessName, string>
  processes: Processes
  say: (text: string) => void
}

/** Starts the demo's processes on open databases, and makes the world where there is none yet. */
export const bringUp = async (
  settings: DemoSettings,
  { databases, built, processes, say }: PartsOfDemo,
): Promise<void> => {
  makeFolders(settings, databases.isNew)
  await makeKeys(settings)
  const demo: RunningDemo = { ...settings, databases: databases.urls }
  writeEnvironments(demo)
  const ready = Promise.all(programs(demo, built).map(processes.start))
  if (!databases.isNew) {
    await ready
    return
  }
  // Only a new world needs what this loads: the services' verbs, a reader of pages.
  const [{ makeWorld }] = await Promise.all([import('./world.ts'), ready])
  say('Making the demo world: customers, shops and claims in every state.')
  await makeWorld(demo)
  await databases.worldIsMade()
}
