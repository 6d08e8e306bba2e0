import { randomUUIDv7 } from 'node:crypto'
import { hostname } from 'node:os'
import { migrateDatabase, openDatabase } from '#shared/database.ts'
import { checkDurability } from '#shared/database-durability.ts'
import { movableClock, systemClock } from '#shared/dates.ts'
import { type KeyRing, openKeyRing, purposesOf } from '#shared/keys.ts'
import { createLog, errorCode } from '#shared/log.ts'
import { newOrderNumber } from '#shared/order-number.ts'
import { createServiceClient } from '#shared/service-client.ts'
import { StartError } from '#shared/service-process.ts'
import { trustPeers } from '#shared/service-routes.ts'
import type { Config } from './config.ts'
import type { Deps } from './deps.ts'
import { openMailer } from './notices/mailer.ts'

const migrate = async ({ DATABASE_URL }: Config) => {
  try {
    await migrateDatabase(DATABASE_URL, 'claim-server')
  } catch (error) {
    const { host } = new URL(DATABASE_URL)
    throw new StartError(`the database at ${host} (DATABASE_URL) can't be used: ${errorCode(error)}`)
  }
}

const openKeys = async ({ KEYS_DIR }: Config): Promise<KeyRing> => {
  const keys = openKeyRing(KEYS_DIR)
  try {
    for (const purpose of purposesOf['claim-server'] ?? []) await keys.signingKey(purpose)
  } catch {
    throw new StartError(`KEYS_DIR (${KEYS_DIR}) lacks keys: npm run keys -- make`)
  }
  return keys
}

/** Opens what the settings name, the database brought up to date. Throws a `StartError` naming the setting. */
export const openDeps = async (config: Config): Promise<{ deps: Deps; close(): Promise<void> }> => {
  await migrate(config)
  const keys = await openKeys(config)
  const { db, close } = openDatabase(config.DATABASE_URL, { max: config.DATABASE_POOL })
  await checkDurability(db, { allowUnsafe: config.ALLOW_UNSAFE_DATABASE })
  const log = createLog('claim-server', config.LOG_LEVEL)
  const mailer = openMailer(config)
  const deps: Deps = {
    config,
    db,
    clock: config.BUSINESS_CLOCK_FILE ? movableClock(config.BUSINESS_CLOCK_FILE) : systemClock,
    newId: randomUUIDv7,
    newOrderNumber: () => newOrderNumber(),
    keys,
    trust: trustPeers('claim-server', keys, {
      'bank-portal': config.BANK_PORTAL_URL,
      'core-banking': config.CORE_BANKING_URL,
    }),
    callCore: createServiceClient({
      issuer: 'claim-server',
      baseUrl: config.CORE_BANKING_URL,
      keys,
      instance: `${hostname()}-${process.pid}`,
    }),
    sendMail: mailer.sendMail,
    log,
  }
  return {
    deps,
    async close() {
      mailer.close()
      await close()
    },
  }
}
