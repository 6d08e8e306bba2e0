import { createHash } from 'node:crypto'
import { join, resolve } from 'node:path'
import * as z from 'zod'
import type { ServiceName } from '#shared/database.ts'
import { readSettings, StartError } from '#shared/service-process.ts'

export { serviceNames } from '../support/generate-migrations.ts'

/** What `npm start` runs, each as its own process. */
export type ProcessName = ServiceName | 'demo-shop' | 'inbox'

/** The variables that name each service's database, when the demo starts no PostgreSQL of its own. */
export const databaseVariables: Record<ServiceName, string> = {
  'claim-server': 'CLAIM_SERVER_DATABASE_URL',
  'bank-portal': 'BANK_PORTAL_DATABASE_URL',
  'mock-core-banking': 'CORE_DATABASE_URL',
}

export const portVariables = {
  'bank-portal': 'BANK_PORTAL_PORT',
  'claim-server': 'CLAIM_SERVER_PORT',
  'mock-core-banking': 'CORE_BANKING_PORT',
  'demo-shop': 'SHOP_PORT',
  inbox: 'INBOX_PORT',
  smtp: 'SMTP_PORT',
} as const
type Listener = keyof typeof portVariables

const port = (number: number) => z.coerce.number().int().min(1).max(65535).default(number)
const databaseUrl = z.url({ protocol: /^postgres(ql)?$/ }).optional()

const environment = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PUBLIC_HOST: z.string().min(1).optional(),
  BANK_PORTAL_PORT: port(4100),
  CLAIM_SERVER_PORT: port(4101),
  CORE_BANKING_PORT: port(4102),
  SHOP_PORT: port(4103),
  INBOX_PORT: port(4104),
  SMTP_PORT: port(4105),
  CLAIM_SERVER_DATABASE_URL: databaseUrl,
  BANK_PORTAL_DATABASE_URL: databaseUrl,
  CORE_DATABASE_URL: databaseUrl,
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  DATA_DIR: z.string().min(1).default('.data'),
  TIME_ZONE: z.string().default('Asia/Tokyo'),
  LOG_LEVEL: z.string().default('info'),
})

export interface DemoSettings {
  host: string
  ports: Record<Listener, number>
  /** Where browsers and the services themselves reach each process. */
  urls: Record<ProcessName, string>
  smtpUrl: string
  /** Set when the three databases are the user's own; the demo then starts no PostgreSQL. */
  givenDatabases: Record<ServiceName, string> | undefined
  /** What outlives a run and is no world's: the embedded PostgreSQL and the logs. */
  dataFolder: string
  logsFolder: string
  /** What belongs to the world in these databases, everything below; goes when a new one is made. */
  worldFolder: string
  keysFolder: Record<ServiceName, string>
  inboxFolder: string
  shopFolder: string
  /** Holds `{"offsetSeconds": n}`: moves the business clock of all processes at once. */
  businessClockFile: string
  /** The shops with their API keys: the world writes it, the demo shop's server reads it. */
  shopsFile: string
  timeZone: string
  logLevel: string
}

/** One login of the demo world, as `npm start` prints it. */
export interface DemoLogin {
  /** Whose it is: 'Customer with three accounts', 'Shop A'. */
  who: string
  at: ProcessName
  /** What to type, by the label of its field, in the order of the form. */
  fields: Record<string, string>
}

/** A running demo: settings and the databases, given or embedded. What `makeWorld` gets. */
export interface RunningDemo extends DemoSettings {
  databases: Record<ServiceName, string>
}

const givenDatabases = (env: z.output<typeof environment>): DemoSettings['givenDatabases'] => {
  const {
    CLAIM_SERVER_DATABASE_URL: claimServer,
    BANK_PORTAL_DATABASE_URL: bankPortal,
    CORE_DATABASE_URL: core,
  } = env
  if (claimServer && bankPortal && core) {
    return { 'claim-server': claimServer, 'bank-portal': bankPortal, 'mock-core-banking': core }
  }
  if (claimServer || bankPortal || core) {
    const missing = Object.values(databaseVariables).filter(
      (variable) => !env[variable as keyof typeof env],
    )
    throw new StartError(
      `${missing.join(' and ')} must be set too: name the databases of all three services, or of none.`,
    )
  }
  return undefined
}

/** Tells one server's databases from another's, so that keys and mails of two worlds don't mix. */
const nameOf = (databases: Record<ServiceName, string>) => {
  const { host, pathname } = new URL(databases['claim-server'])
  return createHash('sha256')
    .update(host + pathname)
    .digest('hex')
    .slice(0, 8)
}

const refuseSharedPorts = (ports: Record<Listener, number>) => {
  const seen = new Map<number, string>()
  for (const listener of Object.keys(ports) as Listener[]) {
    const other = seen.get(ports[listener])
    if (other) {
      throw new StartError(`${other} and ${portVariables[listener]} are both ${ports[listener]}.`)
    }
    seen.set(ports[listener], portVariables[listener])
  }
}

const wildcards = ['0.0.0.0', '::']

/** Settings of `npm start` from the environment; throws a `StartError` naming the variable. */
export const readDemoSettings = (variables: NodeJS.ProcessEnv): DemoSettings => {
  const env = readSettings(environment, variables)
  const ports = {
    'bank-portal': env.BANK_PORTAL_PORT,
    'claim-server': env.CLAIM_SERVER_PORT,
    'mock-core-banking': env.CORE_BANKING_PORT,
    'demo-shop': env.SHOP_PORT,
    inbox: env.INBOX_PORT,
    smtp: env.SMTP_PORT,
  }
  refuseSharedPorts(ports)
  const publicHost = env.PUBLIC_HOST ?? (wildcards.includes(env.HOST) ? '127.0.0.1' : env.HOST)
  const url = (listener: Listener) => `http://${publicHost}:${ports[listener]}`
  const dataFolder = resolve(env.DATA_DIR)
  const given = givenDatabases(env)
  const worldFolder = join(dataFolder, given ? `world-${nameOf(given)}` : 'world')
  const keys = join(worldFolder, 'keys')
  return {
    host: env.HOST,
    ports,
    urls: {
      'bank-portal': url('bank-portal'),
      'claim-server': url('claim-server'),
      'mock-core-banking': url('mock-core-banking'),
      'demo-shop': url('demo-shop'),
      inbox: url('inbox'),
    },
    smtpUrl: env.SMTP_URL ?? `smtp://${publicHost}:${ports.smtp}`,
    givenDatabases: given,
    dataFolder,
    logsFolder: join(dataFolder, 'logs'),
    worldFolder,
    keysFolder: {
      'claim-server': join(keys, 'claim-server'),
      'bank-portal': join(keys, 'bank-portal'),
      'mock-core-banking': join(keys, 'mock-core-banking'),
    },
    inboxFolder: join(worldFolder, 'inbox'),
    shopFolder: join(worldFolder, 'shop'),
    businessClockFile: join(worldFolder, 'business-clock.json'),
    shopsFile: join(worldFolder, 'shops.json'),
    timeZone: env.TIME_ZONE,
    logLevel: env.LOG_LEVEL,
  }
}

/** What one process is started with: the demo's part of its settings, and where its peers are. */
export const environmentOf = (demo: RunningDemo, name: ProcessName): Record<string, string> => {
  const common = {
    HOST: demo.host,
    PORT: String(demo.ports[name]),
    PUBLIC_URL: demo.urls[name],
    BUSINESS_CLOCK_FILE: demo.businessClockFile,
    TIME_ZONE: demo.timeZone,
    LOG_LEVEL: demo.logLevel,
  }
  const service = (of: ServiceName) => ({
    ...common,
    DATABASE_URL: demo.databases[of],
    KEYS_DIR: demo.keysFolder[of],
  })
  const peers = {
    BANK_PORTAL_URL: demo.urls['bank-portal'],
    CLAIM_SERVER_URL: demo.urls['claim-server'],
    CORE_BANKING_URL: demo.urls['mock-core-banking'],
  }
  switch (name) {
    case 'claim-server':
      return { ...service(name), ...peers, SMTP_URL: demo.smtpUrl }
    case 'bank-portal':
    case 'mock-core-banking':
      return { ...service(name), ...peers }
    case 'demo-shop':
      return { ...common, ...peers, DATA_DIR: demo.shopFolder, SHOPS_FILE: demo.shopsFile }
    case 'inbox':
      return { ...common, SMTP_PORT: String(demo.ports.smtp), DATA_DIR: demo.inboxFolder }
  }
}
