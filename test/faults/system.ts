import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { randomUUIDv7 } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres, { type Sql } from 'postgres'
import { migrateDatabase, type ServiceName } from '#shared/database.ts'
import { type Clock, movableClock } from '#shared/dates.ts'
import { makeMissingKeys, openKeyRing } from '#shared/keys.ts'
import { openService } from '#shared/open-service.ts'
import { newOrderNumber } from '#shared/order-number.ts'
import { createServiceClient, type ServiceClient } from '#shared/service-client.ts'
import { trustPeers } from '#shared/service-routes.ts'
import type { Service } from '#shared/service-token.ts'
import { readConfig as claimConfig } from '../../claim-server/config.ts'
import type { Deps as ClaimDeps } from '../../claim-server/deps.ts'
import { readConfig as coreConfig } from '../../mock-core-banking/config.ts'
import { seedBank } from '../../mock-core-banking/seed-bank.ts'
import { freePort, isRunning } from '../support/postgres-server.ts'
import { writeWholeFile } from '../demo/write-whole-file.ts'
import { buildServices, type Patch, type ProcessKind } from './build-services.ts'
import { type Cluster, startCluster } from './cluster.ts'
import { createFleet, type Fleet, type Member } from './fleet.ts'
import { type Proxy, startProxy, type WireFault } from './proxy.ts'
import { createRandom, type Random } from './random.ts'
import { type SmtpSink, startSmtpSink } from './smtp-sink.ts'
import { makeWorld, openWorld, type ShopOfWorld, type World, type WorldSize } from './world.ts'

export interface SystemOptions {
  seed: number
  world: WorldSize
  /** Seeded bugs in the sources, and in the tables. */
  patches?: readonly Patch[]
  tables?: { core?: string; claims?: string }
  /** Settings over the runner's own, by variable name. */
  settings?: Record<string, string>
  /** Seconds by which the clocks of these processes are wrong. */
  skew?: Record<string, number>
}

/** The business clock of all processes. */
export interface RunClock extends Clock {
  advance(by: { days?: number; minutes?: number }): void
}

/** Three services, two of them twice, as real processes; the network between them; a bank's world. */
export interface System {
  random: Random
  cluster: Cluster
  fleet: Fleet
  urls: Record<ProcessKind, string>
  proxies: Record<ProcessKind, Proxy>
  /** What goes wrong on the wire; push to add, the order is that of the effect. */
  wire: WireFault[]
  mails: SmtpSink
  clock: RunClock
  world: World
  shops: ShopOfWorld[]
  /** The databases as their owner sees them: to check, to count, to make rows. */
  sql: { core: Sql; claims: Sql; portal: Sql }
  databases: Record<ServiceName, string>
  /** Calls with a service's own key, as if a process of it called. */
  asPortal: { callCore: ServiceClient; callClaims: ServiceClient }
  asClaimServer: { callCore: ServiceClient }
  /** The claim server's verbs in the runner itself, like one more replica. */
  claims: ClaimDeps
  keysOf(service: Service): string
  logFolder: string
  close(): Promise<void>
}

/** What outlasts one system: its folder and its PostgreSQL. */
export interface RunPlace {
  folder: string
  cluster: Cluster
  close(): Promise<void>
}

const prefix = 'claimbook-faults-'

/** A runner that was itself killed leaves its folder; its PostgreSQL ends when that has gone. */
const removeLeftovers = () => {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    const folder = join(tmpdir(), name)
    let pid: number
    try {
      pid = Number(readFileSync(join(folder, 'runner.pid'), 'utf8'))
    } catch {
      continue
    }
    if (!isRunning(pid)) rmSync(folder, { recursive: true, force: true })
  }
}

export const openRunPlace = async (): Promise<RunPlace> => {
  removeLeftovers()
  const folder = mkdtempSync(join(tmpdir(), prefix))
  writeFileSync(join(folder, 'runner.pid'), String(process.pid))
  const cluster = await startCluster(folder)
  return {
    folder,
    cluster,
    close: async () => {
      await cluster.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const serviceNames = ['claim-server', 'bank-portal', 'mock-core-banking'] as const
const services = ['claim-server', 'bank-portal', 'core-banking'] as const
const replicas: Record<ProcessKind, number> = {
  'core-banking': 1,
  'claim-server': 2,
  'bank-portal': 2,
}

let systems = 0

const makeDatabases = async (cluster: Cluster, name: string) => {
  const databases = Object.fromEntries(
    serviceNames.map((service) => [service, `${name}_${service.replaceAll('-', '_')}`]),
  ) as Record<ServiceName, string>
  for (const service of serviceNames) {
    await cluster.run(`create database ${databases[service]}`)
    await migrateDatabase(cluster.urlOf(databases[service]), service)
  }
  return databases
}

const makeKeys = async (folder: string) => {
  for (const service of services) await makeMissingKeys(join(folder, service), service)
}

const openSql = (url: string): Sql =>
  postgres(url, {
    max: 4,
    onnotice: () => {},
    connect_timeout: 30,
    types: { bigint: postgres.BigInt },
  }) as Sql

const createClock = (file: string): RunClock => {
  let offsetSeconds = 0
  writeWholeFile(file, JSON.stringify({ offsetSeconds }))
  const clock = movableClock(file)
  return {
    now: clock.now,
    advance({ days = 0, minutes = 0 }) {
      offsetSeconds += (days * 24 * 60 + minutes) * 60
      writeWholeFile(file, JSON.stringify({ offsetSeconds }))
    },
  }
}

/** Starts everything; `close` ends the processes and drops the databases. */
export const startSystem = async (
  { folder: placeFolder, cluster }: RunPlace,
  { seed, world: size, patches = [], tables = {}, settings = {}, skew = {} }: SystemOptions,
): Promise<System> => {
  const folder = join(placeFolder, `system-${++systems}`)
  const keysFolder = join(folder, 'keys')
  const logFolder = join(folder, 'logs')
  for (const one of [keysFolder, logFolder]) mkdirSync(one, { recursive: true })
  await using undo = new AsyncDisposableStack()
  const [built, databases, mails] = await Promise.all([
    buildServices(join(folder, 'services'), patches),
    makeDatabases(cluster, `s${systems}`),
    startSmtpSink(),
    makeKeys(keysFolder),
  ])
  undo.defer(mails.close)
  const world = makeWorld(size)
  const clockFile = join(folder, 'business-clock.json')
  const clock = createClock(clockFile)
  const keysOf = (service: Service) => join(keysFolder, service)

  const names = (Object.keys(replicas) as ProcessKind[]).flatMap((kind) =>
    Array.from({ length: replicas[kind] }, (_, index) => ({
      kind,
      name: replicas[kind] === 1 ? kind : `${kind}-${index + 1}`,
    })),
  )
  const places = await Promise.all(names.map(async (one) => ({ ...one, port: await freePort() })))
  const wire: WireFault[] = []
  let isReady: Fleet['isReady'] = () => false
  const isLive = (name: string) => isReady(name)
  const proxyOf = async (kind: ProcessKind) => {
    const own = places.filter((place) => place.kind === kind)
    const proxy = await startProxy(kind, own, { faults: wire, isLive })
    undo.defer(proxy.close)
    return proxy
  }
  const proxies: Record<ProcessKind, Proxy> = {
    'core-banking': await proxyOf('core-banking'),
    'claim-server': await proxyOf('claim-server'),
    'bank-portal': await proxyOf('bank-portal'),
  }
  const urls: Record<ProcessKind, string> = {
    'core-banking': proxies['core-banking'].url,
    'claim-server': proxies['claim-server'].url,
    'bank-portal': proxies['bank-portal'].url,
  }

  const environmentOf = (kind: ProcessKind, port: number): Record<string, string> => ({
    HOST: '127.0.0.1',
    PORT: String(port),
    PUBLIC_URL: urls[kind],
    DATABASE_URL: cluster.urlOf(databases[kind === 'core-banking' ? 'mock-core-banking' : kind]),
    KEYS_DIR: keysOf(kind),
    BUSINESS_CLOCK_FILE: clockFile,
    LOG_LEVEL: 'error',
    TRUSTED_PROXIES: '127.0.0.1',
    BANK_PORTAL_URL: urls['bank-portal'],
    CLAIM_SERVER_URL: urls['claim-server'],
    CORE_BANKING_URL: urls['core-banking'],
    SMTP_URL: mails.url,
    PAGE_SECRET: 'a secret of the fault runner, long enough',
    SHOP_REQUESTS_PER_MINUTE: '1000000',
    PASSWORD_MEMORY_KIB: '8',
    PASSWORD_PASSES: '1',
    ACCOUNT_CHECK_MS: '0',
    ACCOUNT_CHECKS_PER_HOUR: '1000000',
    ...settings,
  })
  const claimServer = await openService(
    claimConfig({ ...environmentOf('claim-server', 0), LOG_LEVEL: 'silent' }),
    'claim-server',
  )
  undo.defer(claimServer.close)
  const clientOf = (issuer: Service, to: ProcessKind) =>
    createServiceClient({
      issuer,
      baseUrl: urls[to],
      keys: openKeyRing(keysOf(issuer)),
      instance: 'fault runner',
    })
  const claims: ClaimDeps = {
    config: claimConfig(environmentOf('claim-server', 0)),
    db: claimServer.db,
    clock,
    newId: randomUUIDv7,
    newOrderNumber: () => newOrderNumber(),
    keys: claimServer.keys,
    trust: trustPeers('claim-server', claimServer.keys, {
      'bank-portal': urls['bank-portal'],
      'core-banking': urls['core-banking'],
    }),
    callCore: clientOf('claim-server', 'core-banking'),
    sendMail: async () => {},
    log: claimServer.log,
  }
  const core = await openService(
    coreConfig({ ...environmentOf('core-banking', 0), LOG_LEVEL: 'silent' }),
    'core-banking',
  )
  const config = coreConfig(environmentOf('core-banking', 0))
  await seedBank({ config, db: core.db, newId: randomUUIDv7 }, world.bank)
  await core.close()

  const sql = {
    core: openSql(cluster.urlOf(databases['mock-core-banking'])),
    claims: openSql(cluster.urlOf(databases['claim-server'])),
    portal: openSql(cluster.urlOf(databases['bank-portal'])),
  }
  undo.defer(async () => {
    await Promise.all(Object.values(sql).map((one) => one.end({ timeout: 2 })))
  })
  if (tables.core) await sql.core.unsafe(tables.core)
  if (tables.claims) await sql.claims.unsafe(tables.claims)

  const members: Member[] = places.map(({ name, kind, port }) => {
    const seconds = skew[name]
    return {
      name,
      kind,
      port,
      main: built.mainOf[kind],
      environment: {
        ...environmentOf(kind, port),
        ...(seconds === undefined ? {} : { FAULTS_CLOCK_SKEW_SECONDS: String(seconds) }),
      },
      ...(seconds === undefined ? {} : { preload: built.skewedDate }),
    }
  })
  const running = createFleet(members, { logFolder, cacheFolder: join(folder, 'cache') })
  isReady = running.isReady
  undo.defer(running.stop)
  await running.untilReady()
  const shops = await openWorld(claims, world)

  const started = undo.move()
  return {
    random: createRandom(seed),
    cluster,
    fleet: running,
    urls,
    proxies,
    wire,
    mails,
    clock,
    world,
    shops,
    sql,
    databases,
    asPortal: {
      callCore: clientOf('bank-portal', 'core-banking'),
      callClaims: clientOf('bank-portal', 'claim-server'),
    },
    asClaimServer: { callCore: claims.callCore },
    claims,
    keysOf,
    logFolder,
    close: async () => {
      await started.disposeAsync()
      for (const name of Object.values(databases))
        await cluster.run(`drop database if exists ${name} with (force)`)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
