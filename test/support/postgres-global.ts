import { randomBytes } from 'node:crypto'
import {
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import type { TestProject } from 'vitest/node'
import { migrateDatabase, type ServiceName } from '#shared/database.ts'
import { serviceNames } from './generate-migrations.ts'
import {
  findOwner,
  freePort,
  initCluster,
  isRunning,
  spawnServer,
  stopServer,
  waitUntilUp,
} from './postgres-server.ts'

/** A migrated database that tests clone, or why there is none: only tests of that service then fail. */
export type Template = { database: string } | { problem: string }

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string
    postgresTemplates: Record<ServiceName, Template>
  }
}

const prefix = 'claimbook-test-'

/** A run that was killed leaves its server behind; PostgreSQL ends itself when its folder has gone. */
const removeLeftovers = () => {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    const folder = join(tmpdir(), name)
    const ownerFile = join(folder, 'vitest.pid')
    if (existsSync(ownerFile) && !isRunning(Number(readFileSync(ownerFile, 'utf8')))) {
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

/** Durability is switched off: the data of a test run is thrown away with its folder. */
const settings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '300',
  shared_buffers: '64MB',
}

const startCluster = async () => {
  const owner = findOwner()
  const folder = mkdtempSync(join(tmpdir(), prefix))
  writeFileSync(join(folder, 'vitest.pid'), String(process.pid))
  const password = randomBytes(12).toString('base64url')
  const passwordFile = join(folder, 'password')
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (owner.uid !== undefined && owner.gid !== undefined) {
    for (const path of [folder, passwordFile]) chownSync(path, owner.uid, owner.gid)
  }
  const data = join(folder, 'data')
  const logFile = join(folder, 'log')
  await initCluster({ data, superuser: 'test', passwordFile, owner, flags: ['--no-sync'] })
  const port = await freePort()
  const url = `postgres://test:${password}@127.0.0.1:${port}`
  const server = await spawnServer({ data, port, owner, logFile, settings })
  if (!(await waitUntilUp(server, `${url}/postgres`))) {
    throw new Error(`PostgreSQL did not start:\n${readFileSync(logFile, 'utf8')}`)
  }
  const stop = async () => {
    await stopServer(data)
    rmSync(folder, { recursive: true, force: true })
  }
  return { url, stop }
}

const makeTemplate = async (url: string, service: ServiceName): Promise<Template> => {
  if (!existsSync(join(import.meta.dirname, '..', '..', service, 'migrations'))) {
    return { problem: `${service} has no migrations yet: npm run db:generate -- ${service}` }
  }
  const database = `template_${service.replaceAll('-', '_')}`
  const sql = postgres(`${url}/postgres`, { max: 1, onnotice: () => {} })
  try {
    await sql.unsafe(`create database ${database}`)
    await migrateDatabase(`${url}/${database}`, service)
    return { database }
  } catch (error) {
    const { message } = error as Error
    return { problem: `The migrations of ${service} fail: ${message}` }
  } finally {
    await sql.end()
  }
}

export interface TestPostgres {
  url: string
  templates: Record<ServiceName, Template>
}

/** A server that forgets, with a migrated template of each service's database. */
export const startTestPostgres = async (): Promise<
  TestPostgres & { stop: () => Promise<void> }
> => {
  removeLeftovers()
  const { url, stop } = await startCluster()
  const templates = await Promise.all(
    serviceNames.map(async (service) => [service, await makeTemplate(url, service)]),
  )
  return { url, templates: Object.fromEntries(templates), stop }
}

export default async function startPostgres(project: TestProject) {
  const { url, templates, stop } = await startTestPostgres()
  project.provide('postgresUrl', url)
  project.provide('postgresTemplates', templates)
  return stop
}
