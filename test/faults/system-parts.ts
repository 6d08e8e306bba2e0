import { randomUUIDv7 } from 'node:crypto'
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
import { type BankWorld, seedBank } from '../../mock-core-banking/seed-bank.ts'
import { writeWholeFile } from '../demo/write-whole-file.ts'
import type { ProcessKind } from './build-services.ts'
import type { Cluster } from './cluster.ts'

/** The business clock of all processes. */
export interface RunClock extends Clock {
  advance(by: { days?: number; minutes?: number }): void
}

export const createClock = (file: string): RunClock => {
  let offsetSeconds = 0
  const write = () => writeWholeFile(file, JSON.stringify({ offsetSeconds }))
  write()
  const clock = movableClock(file)
  return {
    now: clock.now,
    advance({ days = 0, minutes = 0 }) {
      offsetSeconds += (days * 24 * 60 + minutes) * 60
      write()
    },
  }
}

const services = ['claim-server', 'bank-portal', 'core-banking'] as const

export const databaseOf: Record<ProcessKind, ServiceName> = {
  'core-banking': 'mock-core-banking',
  'claim-server': 'claim-server',
  'bank-portal': 'bank-portal',
}

/** The three databases of one system, migrated. */
export const makeDatabases = async (
  cluster: Cluster,
  name: string,
): Promise<Record<ServiceName, string>> => {
  const databases = Object.fromEntries(
    Object.values(databaseOf).map((service) => [
      service,
      `${name}_${service.replaceAll('-', '_')}`,
    ]),
  ) as Record<ServiceName, string>
  for (const service of Object.values(databaseOf)) {
    await cluster.run(`create database ${databases[service]}`)
    await migrateDatabase(cluster.urlOf(databases[service]), service)
  }
  return databases
}

export const makeKeys = async (folder: string): Promise<void> => {
  for (const service of services) await makeMissingKeys(join(folder, service), service)
}

/** A few connections of the runner's own: to check, to count, to make rows. */
export const openSql = (url: string): Sql =>
  postgres(url, {
    max: 4,
    onnotice: () => {},
    connect_timeout: 30,
    types: { bigint: postgres.BigInt },
  }) as Sql

/** What the environment of every process is made of. */
export interface Surroundings {
  cluster: Cluster
  databases: Record<ServiceName, string>
  urls: Record<ProcessKind, string>
  keysOf(service: Service): string
  clockFile: string
  smtpUrl: string
  settings: Record<string, string>
}

/** The settings of one process: those of production, but for cheap passwords and no limits of rate. */
export const environmentOf = (
  { cluster, databases, urls, keysOf, clockFile, smtpUrl, settings }: Surroundings,
  kind: ProcessKind,
  port: number,
): Record<string, string> => ({
  HOST: '127.0.0.1',
  PORT: String(port),
  PUBLIC_URL: urls[kind],
  DATABASE_URL: cluster.urlOf(databases[databaseOf[kind]]),
  KEYS_DIR: keysOf(kind),
  BUSINESS_CLOCK_FILE: clockFile,
  LOG_LEVEL: 'error',
  TRUSTED_PROXIES: '127.0.0.1',
  BANK_PORTAL_URL: urls['bank-portal'],
  CLAIM_SERVER_URL: urls['claim-server'],
  CORE_BANKING_URL: urls['core-banking'],
  SMTP_URL: smtpUrl,
  PAGE_SECRET: 'a secret of the fault runner, long enough',
  SHOP_REQUESTS_PER_MINUTE: '1000000',
  PASSWORD_MEMORY_KIB: '8',
  PASSWORD_PASSES: '1',
  ACCOUNT_CHECK_MS: '0',
  ACCOUNT_CHECKS_PER_HOUR: '1000000',
  ...settings,
})

const silent = { LOG_LEVEL: 'silent' }

export const seedCore = async (around: Surroundings, bank: BankWorld): Promise<void> => {
  const config = coreConfig({ ...environmentOf(around, 'core-banking', 0), ...silent })
  const { db, close } = await openService(config, 'core-banking')
  await seedBank({ config, db, newId: randomUUIDv7 }, bank)
  await close()
}

/** Calls with a service's own key, as if a process of it called. */
export const clientOf = (
  { urls, keysOf }: Surroundings,
  issuer: Service,
  to: ProcessKind,
): ServiceClient =>
  createServiceClient({
    issuer,
    baseUrl: urls[to],
    keys: openKeyRing(keysOf(issuer)),
    instance: 'fault runner',
  })

/** What the claim server's verbs need, so that the runner can use them like one more replica. */
export const openClaims = async (
  around: Surroundings,
  clock: Clock,
): Promise<{ claims: ClaimDeps; close(): Promise<void> }> => {
  const config = claimConfig({ ...environmentOf(around, 'claim-server', 0), ...silent })
  const { db, keys, log, close } = await openService(config, 'claim-server')
  const claims: ClaimDeps = {
    config,
    db,
    clock,
    newId: randomUUIDv7,
    newOrderNumber: () => newOrderNumber(),
    keys,
    trust: trustPeers('claim-server', keys, {
      'bank-portal': around.urls['bank-portal'],
      'core-banking': around.urls['core-banking'],
    }),
    callCore: clientOf(around, 'claim-server', 'core-banking'),
    sendMail: async () => {},
    log,
  }
  return { claims, close }
}
