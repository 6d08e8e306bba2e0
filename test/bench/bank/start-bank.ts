import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Sql } from 'postgres'
import { writeBundles } from '#shared/build/write-bundles.ts'
import type { Deps as ClaimDeps } from '../../../claim-server/deps.ts'
import type { WorldStaff } from '../../../mock-core-banking/seed-bank.ts'
import { migrateDatabase, type ServiceName } from '#shared/database.ts'
import type { ServiceClient } from '#shared/service-client.ts'
import type { Service } from '#shared/service-token.ts'
import type { ProcessKind } from '../../faults/build-services.ts'
import type { Cluster } from '../../faults/cluster.ts'
import type { RunPlace } from '../../faults/run-place.ts'
import {
  clientOf,
  createClock,
  databaseOf,
  makeDatabases,
  makeKeys,
  openClaims,
  openSql,
  seedCore,
  type Surroundings,
} from '../../faults/system-parts.ts'
import {
  makeWorld,
  openWorld,
  type ShopOfWorld,
  type World,
  type WorldSize,
} from '../../faults/world.ts'
import { freePort } from '../../support/postgres-server.ts'
import { cpuSecondsOf, familyCpuSecondsOf, peakRssMbOf } from '../figures/process-use.ts'
import { addBenchFunctions } from './bench-functions.ts'
import { type StartedProgram, startProgram } from './services.ts'
import { startSilentMailServer } from './silent-mail-server.ts'

export interface BankOptions {
  world: WorldSize
  /** Settings over production's own: of all services, or "bank-portal:DATABASE_POOL" of one. */
  settings: Record<string, string>
  profileFolder?: string | undefined
  /** All services in one database, each in its own schema: for statements that one script holds. */
  oneDatabase?: boolean
}

/** The three services as production runs them, on the run's PostgreSQL, with a world in them. */
export interface BenchBank {
  /** Where profiles go; the database keeps statements too then. */
  profileFolder: string | undefined
  cluster: Cluster
  urls: Record<ProcessKind, string>
  ports: Record<ProcessKind, number>
  processes: readonly StartedProgram[]
  folder: string
  /** One of the services once more, after its process was stopped. */
  restart(name: ProcessKind): Promise<StartedProgram>
  /** Leaves the databases alone with the bench. */
  stopServices(): Promise<void>
  /** All of them again. */
  startServices(): Promise<void>
  world: World
  shops: ShopOfWorld[]
  sql: { core: Sql; claims: Sql; portal: Sql }
  databases: Record<ServiceName, string>
  keysOf(service: Service): string
  asPortal: { callCore: ServiceClient; callClaims: ServiceClient }
  /** The claim server's verbs in the bench itself. */
  claims: ClaimDeps
  /** CPU seconds so far, by service, PostgreSQL's too. */
  cpuSeconds(): Record<string, number>
  peakRssMb(): Record<string, number>
  close(): Promise<void>
}

/** What every customer of a bench types: one hash serves them all. */
export const password = 'a password of the bench'

export const serviceNames = ['bank-portal', 'claim-server', 'core-banking'] as const

/** Who looks at the staff's pages. */
export const clerk: WorldStaff = { staffId: 'clerk', name: 'Clerk', roles: ['clerk'], password }

const portsOf = async (): Promise<Record<ProcessKind, number>> => ({
  'core-banking': await freePort(),
  'claim-server': await freePort(),
  'bank-portal': await freePort(),
})

/** Those of all services, and those of this one alone. */
const settingsOf = (settings: Record<string, string>, kind: ProcessKind) =>
  Object.fromEntries(
    Object.entries(settings).flatMap(([name, value]) => {
      const [first = '', second] = name.split(':')
      if (second === undefined) return [[first, value]]
      return first === kind ? [[second, value]] : []
    }),
  )

const environmentOf = (
  { cluster, databases, urls, keysOf, smtpUrl, settings }: Surroundings,
  kind: ProcessKind,
  port: number,
): Record<string, string> => ({
  PORT: String(port),
  PUBLIC_URL: urls[kind],
  DATABASE_URL: cluster.urlOf(databases[databaseOf[kind]]),
  KEYS_DIR: keysOf(kind),
  BANK_PORTAL_URL: urls['bank-portal'],
  CLAIM_SERVER_URL: urls['claim-server'],
  CORE_BANKING_URL: urls['core-banking'],
  SMTP_URL: smtpUrl,
  PAGE_SECRET: 'a secret of the bench, which is long enough',
  // Every customer comes from an address of their own, and the shops all from one.
  TRUSTED_PROXIES: '127.0.0.1',
  SHOP_REQUESTS_PER_MINUTE: '1000000',
  PEER_CALLS_PER_MINUTE: '100000000',
  ACCOUNT_CHECK_MS: '0',
  // A pair may wait for the others longer than people may.
  SESSION_IDLE_SECONDS: '21600',
  SESSION_ABSOLUTE_SECONDS: '21600',
  ...settingsOf(settings, kind),
})

export const buildPrograms = async (): Promise<Record<ProcessKind, string>> => {
  const built = await writeBundles<ServiceName>({
    'claim-server': 'claim-server/main.ts',
    'bank-portal': 'bank-portal/main.ts',
    'mock-core-banking': 'mock-core-banking/main.ts',
  })
  return {
    'claim-server': built['claim-server'],
    'bank-portal': built['bank-portal'],
    'core-banking': built['mock-core-banking'],
  }
}

const withOnePassword = (world: World): World => {
  const customers = world.customers.map((customer) => ({ ...customer, password }))
  return { ...world, customers, bank: { ...world.bank, customers, staff: [clerk] } }
}

const makeOneDatabase = async (
  cluster: Cluster,
  name: string,
): Promise<Record<ServiceName, string>> => {
  await cluster.run(`create database ${name}`)
  const services = Object.values(databaseOf)
  for (const service of services) await migrateDatabase(cluster.urlOf(name), service)
  return Object.fromEntries(services.map((service) => [service, name])) as Record<
    ServiceName,
    string
  >
}

let banks = 0

/** Starts everything; `close` ends the processes and drops the databases. */
export const startBank = async (
  { cluster, folder: runFolder }: RunPlace,
  { world: size, settings, profileFolder, oneDatabase = false }: BankOptions,
): Promise<BenchBank> => {
  const folder = join(runFolder, `bank-${++banks}`)
  const keysFolder = join(folder, 'keys')
  mkdirSync(keysFolder, { recursive: true })
  if (profileFolder) mkdirSync(profileFolder, { recursive: true })
  const clockFile = join(folder, 'business-clock.json')
  const clock = createClock(clockFile)

  await using undo = new AsyncDisposableStack()
  undo.defer(() => rmSync(folder, { recursive: true, force: true }))
  const programs = await buildPrograms()
  const databases = await (oneDatabase ? makeOneDatabase : makeDatabases)(cluster, `bank${banks}`)
  undo.defer(async () => {
    for (const name of Object.values(databases))
      await cluster.run(`drop database if exists ${name} with (force)`)
  })
  await makeKeys(keysFolder)
  const mails = await startSilentMailServer()
  undo.defer(mails.close)

  const ports = await portsOf()
  const urls = Object.fromEntries(
    serviceNames.map((name) => [name, `http://127.0.0.1:${ports[name]}`]),
  ) as Record<ProcessKind, string>
  const around: Surroundings = {
    cluster,
    databases,
    urls,
    keysOf: (service) => join(keysFolder, service),
    clockFile,
    smtpUrl: mails.url,
    settings,
  }
  const world = withOnePassword(makeWorld(size))
  await seedCore({ ...around, settings: {} }, world.bank)
  const { claims, close: closeClaims } = await openClaims({ ...around, settings: {} }, clock)
  undo.defer(closeClaims)
  const open = (kind: ProcessKind) => openSql(cluster.urlOf(databases[databaseOf[kind]]))
  const sql = {
    core: open('core-banking'),
    claims: open('claim-server'),
    portal: open('bank-portal'),
  }
  undo.defer(async () => {
    await Promise.all(Object.values(sql).map((one) => one.end({ timeout: 2 })))
  })
  await addBenchFunctions(sql.claims)
  if (!oneDatabase) await addBenchFunctions(sql.core)

  const processes: StartedProgram[] = []
  const start = (name: ProcessKind) =>
    startProgram({
      name,
      program: programs[name],
      port: ports[name],
      environment: environmentOf(around, name, ports[name]),
      logFolder: join(folder, 'logs'),
      profileFolder,
    })
  const stopServices = async () => {
    await Promise.all(processes.splice(0).map((one) => one.stop()))
  }
  const startServices = async () => {
    for (const name of serviceNames) processes.push(await start(name))
  }
  undo.defer(stopServices)
  await startServices()
  const shops = await openWorld(claims, world)
  await sql.core.unsafe('analyze')
  await sql.claims.unsafe('analyze')

  const started = undo.move()
  return {
    cluster,
    profileFolder,
    urls,
    ports,
    processes,
    folder,
    async restart(name) {
      const at = serviceNames.indexOf(name)
      await processes[at]?.stop()
      const process = await start(name)
      processes[at] = process
      return process
    },
    stopServices,
    startServices,
    world,
    shops,
    sql,
    databases,
    keysOf: around.keysOf,
    asPortal: {
      callCore: clientOf(around, 'bank-portal', 'core-banking'),
      callClaims: clientOf(around, 'bank-portal', 'claim-server'),
    },
    claims,
    cpuSeconds: () => ({
      ...Object.fromEntries(processes.map(({ name, pid }) => [name, cpuSecondsOf(pid)])),
      postgresql: familyCpuSecondsOf(cluster.pid()),
    }),
    peakRssMb: () => Object.fromEntries(processes.map(({ name, pid }) => [name, peakRssMbOf(pid)])),
    close: () => started.disposeAsync(),
  }
}
