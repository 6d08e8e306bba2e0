import { randomUUIDv7 } from 'node:crypto'
import { hostname } from 'node:os'
import type * as z from 'zod'
import { type Database, migrateDatabase, openDatabase, type ServiceName } from './database.ts'
import { checkDurability } from './database-durability.ts'
import { type Clock, movableClock, systemClock } from './dates.ts'
import { type KeyRing, openKeyRing, purposesOf } from './keys.ts'
import { createLog, errorCode, type Log } from './log.ts'
import { createServiceClient, type ServiceClient } from './service-client.ts'
import { type commonSettings, StartError } from './service-process.ts'
import type { Service } from './service-token.ts'

type Settings = z.output<z.ZodObject<typeof commonSettings>>

/** What every service works with, whatever it does. */
export interface OpenService {
  db: Database
  /** Business time. */
  clock: Clock
  newId: () => string
  keys: KeyRing
  log: Log
  clientOf(baseUrl: string, timeoutMs?: number): ServiceClient
  close(): Promise<void>
}

const folderOf: Record<Service, ServiceName> = {
  'claim-server': 'claim-server',
  'bank-portal': 'bank-portal',
  'core-banking': 'mock-core-banking',
}

const migrate = async (url: string, service: ServiceName) => {
  try {
    await migrateDatabase(url, service)
  } catch (error) {
    throw new StartError(
      `the database at ${new URL(url).host} (DATABASE_URL) can't be used: ${errorCode(error)}`,
    )
  }
}

const openKeys = async (dir: string, service: Service): Promise<KeyRing> => {
  try {
    const keys = openKeyRing(dir)
    for (const purpose of purposesOf[service] ?? []) await keys.signingKey(purpose)
    return keys
  } catch {
    throw new StartError(
      `KEYS_DIR (${dir}) lacks keys: npm run keys -- make --dir ${dir} --service ${service}`,
    )
  }
}

/**
 * Opens what the common settings name: keys checked, the database brought up to date and checked to
 * flush. Throws a `StartError` naming the setting.
 */
export const openService = async (settings: Settings, service: Service): Promise<OpenService> => {
  const keys = await openKeys(settings.KEYS_DIR, service)
  await migrate(settings.DATABASE_URL, folderOf[service])
  const { db, close } = openDatabase(settings.DATABASE_URL, { max: settings.DATABASE_POOL })
  try {
    await checkDurability(db, { allowUnsafe: settings.ALLOW_UNSAFE_DATABASE })
  } catch (error) {
    await close()
    throw error
  }
  const clock = settings.BUSINESS_CLOCK_FILE
    ? movableClock(settings.BUSINESS_CLOCK_FILE)
    : systemClock
  return {
    db,
    clock,
    newId: randomUUIDv7,
    keys,
    log: createLog(service, settings.LOG_LEVEL),
    clientOf: (baseUrl, timeoutMs) =>
      createServiceClient({
        issuer: service,
        baseUrl,
        keys,
        instance: `${hostname()}-${process.pid}`,
        ...(timeoutMs === undefined ? {} : { timeoutMs }),
      }),
    close,
  }
}

/** A started service: where it listens, what it works with, and its end. */
export interface RunningService<Deps> {
  port: number
  deps: Deps
  close(): Promise<void>
}
