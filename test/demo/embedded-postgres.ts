import { randomBytes } from 'node:crypto'
import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import type { ServiceName } from '#shared/database.ts'
import { StartError } from '#shared/service-process.ts'
import {
  findOwner,
  freePort,
  initCluster,
  isUp,
  makeDataFolder,
  type Owner,
  readPidFile,
  spawnServer,
  stopServer,
  waitUntilUp,
} from '../support/postgres-server.ts'
import { serviceNames } from './settings.ts'

/** Each service has a database and a role of its own, so none can read another's tables. */
const databaseNames: Record<ServiceName, string> = {
  'claim-server': 'claim_server',
  'bank-portal': 'bank_portal',
  'mock-core-banking': 'core_banking',
}

const superuser = 'claimbook'

export interface EmbeddedPostgres {
  urls: Record<ServiceName, string>
  /** Throws the three databases away and makes them again, empty. */
  recreateDatabases(): Promise<void>
  stop(): Promise<void>
}

interface Folder {
  /** Holds everything below; belongs to the user that PostgreSQL runs as. */
  root: string
  data: string
  superuserPassword: string
  logFile: string
}

const folderAt = (root: string): Folder => ({
  root,
  data: join(root, 'data'),
  superuserPassword: join(root, 'superuser.password'),
  logFile: join(root, 'postgres.log'),
})

/** The password kept in that file, made when there is none yet. */
const keepPassword = (file: string): string => {
  if (!existsSync(file)) {
    writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600 })
  }
  return readFileSync(file, 'utf8')
}

const keepSuperuserPassword = ({ superuserPassword }: Folder, owner: Owner) => {
  const password = keepPassword(superuserPassword)
  if (owner.uid !== undefined && owner.gid !== undefined) {
    chownSync(superuserPassword, owner.uid, owner.gid)
  }
  return password
}

/** Makes the data folder under another name first: a start that was killed half-way leaves no half cluster. */
const initOnce = async ({ root, data, superuserPassword }: Folder, owner: Owner) => {
  if (existsSync(data)) return
  const unfinished = join(root, 'data.unfinished')
  rmSync(unfinished, { recursive: true, force: true })
  await initCluster({ data: unfinished, superuser, passwordFile: superuserPassword, owner })
  renameSync(unfinished, data)
}

type AdminUrl = (port: number) => string

/** A server that outlived the `npm start` that began it, since that was killed: it is taken over. */
const findRunning = async ({ data }: Folder, adminUrl: AdminUrl): Promise<number | undefined> => {
  const running = readPidFile(data)
  return running && (await isUp(adminUrl(running.port))) ? running.port : undefined
}

const mostTries = 20

const start = async (folder: Folder, owner: Owner, adminUrl: AdminUrl): Promise<number> => {
  // A server killed with -9 keeps its lock until the system has buried its process: try again.
  for (let tries = 0; tries < mostTries; tries++) {
    const port = await freePort()
    const { data, logFile } = folder
    if (await waitUntilUp(await spawnServer({ data, port, owner, logFile }), adminUrl(port))) {
      return port
    }
    await sleep(250)
  }
  const lastWords = readFileSync(folder.logFile, 'utf8').trim().split('\n').at(-1)
  throw new StartError(
    `PostgreSQL did not start (${lastWords}): see ${folder.logFile}, or begin anew with npm start -- --fresh.`,
  )
}

const ensureRolesAndDatabases = async (url: string, passwords: Record<ServiceName, string>) => {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    for (const service of serviceNames) {
      const name = databaseNames[service]
      const [role] = await sql`select 1 from pg_roles where rolname = ${name}`
      // Passwords are base64url of our own making, so they hold no quote.
      await sql.unsafe(
        `${role ? 'alter' : 'create'} role ${name} login password '${passwords[service]}'`,
      )
      const [database] = await sql`select 1 from pg_database where datname = ${name}`
      if (!database) await sql.unsafe(`create database ${name} owner ${name}`)
      await sql.unsafe(`revoke connect on database ${name} from public`)
    }
  } finally {
    await sql.end()
  }
}

const dropDatabases = async (url: string) => {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    for (const service of serviceNames) {
      await sql.unsafe(`drop database if exists ${databaseNames[service]} with (force)`)
    }
  } finally {
    await sql.end()
  }
}

const keepRolePasswords = (folder: string): Record<ServiceName, string> => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const password = (service: ServiceName) => keepPassword(join(folder, `${service}.password`))
  return {
    'claim-server': password('claim-server'),
    'bank-portal': password('bank-portal'),
    'mock-core-banking': password('mock-core-banking'),
  }
}

/**
 * The demo's own PostgreSQL under `dataFolder`: made, started, or found running, with a database and a
 * role for each service. It survives the death of whoever started it; the next call takes it over.
 */
export const startEmbeddedPostgres = async (dataFolder: string): Promise<EmbeddedPostgres> => {
  const owner = findOwner()
  const folder = folderAt(join(dataFolder, 'postgres'))
  makeDataFolder(folder.root, owner)
  const password = keepSuperuserPassword(folder, owner)
  const adminUrl: AdminUrl = (at) => `postgres://${superuser}:${password}@127.0.0.1:${at}/postgres`

  await initOnce(folder, owner)
  const port = (await findRunning(folder, adminUrl)) ?? (await start(folder, owner, adminUrl))
  const passwords = keepRolePasswords(join(dataFolder, 'credentials'))
  await ensureRolesAndDatabases(adminUrl(port), passwords)

  const url = (service: ServiceName) => {
    const name = databaseNames[service]
    return `postgres://${name}:${passwords[service]}@127.0.0.1:${port}/${name}`
  }
  return {
    urls: {
      'claim-server': url('claim-server'),
      'bank-portal': url('bank-portal'),
      'mock-core-banking': url('mock-core-banking'),
    },
    recreateDatabases: async () => {
      await dropDatabases(adminUrl(port))
      await ensureRolesAndDatabases(adminUrl(port), passwords)
    },
    stop: () => stopServer(folder.data),
  }
}

/** Stops whatever server runs on `dataFolder` and removes its data. */
export const removeEmbeddedPostgres = async (dataFolder: string): Promise<void> => {
  const { root, data } = folderAt(join(dataFolder, 'postgres'))
  await stopServer(data)
  rmSync(root, { recursive: true, force: true })
  rmSync(join(dataFolder, 'credentials'), { recursive: true, force: true })
}
