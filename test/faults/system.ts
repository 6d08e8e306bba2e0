import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Sql } from 'postgres'
import type { ServiceName } from '#shared/database.ts'
import type { ServiceClient } from '#shared/service-client.ts'
import type { Service } from '#shared/service-token.ts'
import type { Deps as ClaimDeps } from '../../claim-server/deps.ts'
import { freePort } from '../support/postgres-server.ts'
import {
  type BuiltServices,
  buildServices,
  type Patch,
  type ProcessKind,
} from './build-services.ts'
import type { Cluster } from './cluster.ts'
import { createFleet, type Fleet, type Member } from './fleet.ts'
import { type Proxy, startProxy, type WireFault } from './proxy.ts'
import { createRandom, type Random } from './random.ts'
import type { RunPlace } from './run-place.ts'
import { type SmtpSink, startSmtpSink } from './smtp-sink.ts'
import {
  clientOf,
  createClock,
  databaseOf,
  environmentOf,
  makeDatabases,
  makeKeys,
  openClaims,
  openSql,
  type RunClock,
  seedCore,
  type Surroundings,
} from './system-parts.ts'
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
  /** The databases as their owner sees them. */
  sql: { core: Sql; claims: Sql; portal: Sql }
  databases: Record<ServiceName, string>
  asPortal: { callCore: ServiceClient; callClaims: ServiceClient }
  asClaimServer: { callCore: ServiceClient }
  /** The claim server's verbs in the runner itself, like one more replica. */
  claims: ClaimDeps
  keysOf(service: Service): string
  logFolder: string
  close(): Promise<void>
}

interface Place {
  name: string
  kind: ProcessKind
  port: number
}

const replicas: Record<ProcessKind, number> = {
  'core-banking': 1,
  'claim-server': 2,
  'bank-portal': 2,
}
const kinds = Object.keys(replicas) as ProcessKind[]

const findPlaces = (): Promise<Place[]> =>
  Promise.all(
    kinds.flatMap((kind) =>
      Array.from({ length: replicas[kind] }, async (_, index) => ({
        kind,
        name: replicas[kind] === 1 ? kind : `${kind}-${index + 1}`,
        port: await freePort(),
      })),
    ),
  )

const startProxies = async (
  places: readonly Place[],
  options: Parameters<typeof startProxy>[2],
): Promise<Record<ProcessKind, Proxy>> => {
  const started = kinds.map(async (kind) => {
    const own = places.filter((place) => place.kind === kind)
    return [kind, await startProxy(kind, own, options)] as const
  })
  return Object.fromEntries(await Promise.all(started)) as Record<ProcessKind, Proxy>
}

const urlsOf = (proxies: Record<ProcessKind, Proxy>) =>
  Object.fromEntries(kinds.map((kind) => [kind, proxies[kind].url])) as Record<ProcessKind, string>

const memberAt = (
  { name, kind, port }: Place,
  around: Surroundings,
  built: BuiltServices,
  skewSeconds: number | undefined,
): Member => {
  const member = { name, kind, port, main: built.mainOf[kind] }
  const environment = environmentOf(around, kind, port)
  if (skewSeconds === undefined) return { ...member, environment }
  return {
    ...member,
    environment: { ...environment, FAULTS_CLOCK_SKEW_SECONDS: String(skewSeconds) },
    preload: built.skewedDate,
  }
}

const openDatabases = ({ cluster, databases }: Surroundings): System['sql'] => {
  const open = (kind: ProcessKind) => openSql(cluster.urlOf(databases[databaseOf[kind]]))
  return { core: open('core-banking'), claims: open('claim-server'), portal: open('bank-portal') }
}

let systems = 0

/** Starts everything; `close` ends the processes and drops the databases. */
export const startSystem = async (
  place: RunPlace,
  { seed, world: size, patches = [], tables = {}, settings = {}, skew = {} }: SystemOptions,
): Promise<System> => {
  const { cluster } = place
  const folder = join(place.folder, `system-${++systems}`)
  const [keysFolder, logFolder] = [join(folder, 'keys'), join(folder, 'logs')]
  for (const one of [keysFolder, logFolder]) mkdirSync(one, { recursive: true })
  const clockFile = join(folder, 'business-clock.json')
  const clock = createClock(clockFile)

  await using undo = new AsyncDisposableStack()
  const [built, databases, mails, places] = await Promise.all([
    buildServices(join(folder, 'services'), patches),
    makeDatabases(cluster, `s${systems}`),
    startSmtpSink(),
    findPlaces(),
    makeKeys(keysFolder),
  ])
  undo.defer(mails.close)

  const wire: WireFault[] = []
  let isReady: Fleet['isReady'] = () => false
  const isLive = (name: string) => isReady(name)
  const proxies = await startProxies(places, { faults: wire, isLive })
  undo.defer(async () => {
    await Promise.all(Object.values(proxies).map((proxy) => proxy.close()))
  })

  const urls = urlsOf(proxies)
  const keysOf = (service: Service) => join(keysFolder, service)
  const around = { cluster, databases, urls, keysOf, clockFile, smtpUrl: mails.url, settings }
  const world = makeWorld(size)
  await seedCore(around, world.bank)
  const { claims, close: closeClaims } = await openClaims(around, clock)
  undo.defer(closeClaims)
  const sql = openDatabases(around)
  undo.defer(async () => {
    await Promise.all(Object.values(sql).map((one) => one.end({ timeout: 2 })))
  })
  if (tables.core) await sql.core.unsafe(tables.core)
  if (tables.claims) await sql.claims.unsafe(tables.claims)

  const fleet = createFleet(
    places.map((one) => memberAt(one, around, built, skew[one.name])),
    { logFolder, cacheFolder: join(folder, 'cache') },
  )
  undo.defer(fleet.stop)
  isReady = fleet.isReady
  await fleet.untilReady()
  const shops = await openWorld(claims, world)

  const started = undo.move()
  return {
    random: createRandom(seed),
    cluster,
    fleet,
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
      callCore: clientOf(around, 'bank-portal', 'core-banking'),
      callClaims: clientOf(around, 'bank-portal', 'claim-server'),
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
