import { randomUUIDv7 } from 'node:crypto'
import { hostname } from 'node:os'
import { migrateDatabase, openDatabase } from '#shared/database.ts'
import { movableClock, systemClock } from '#shared/dates.ts'
import { makeMissingKeys, openKeyRing } from '#shared/keys.ts'
import { createLog } from '#shared/log.ts'
import { createServiceClient } from '#shared/service-client.ts'
import { listen, repeat, runProcess } from '#shared/service-process.ts'
import { createBankPortal } from './app.tsx'
import { readConfig, type Settings } from './config.ts'
import type { PortalConfig } from './deps.ts'
import { pageSecretIn } from './page-secret.ts'
import { createOwnSignIn } from './sign-in/own-sign-in.ts'

const toPortalConfig = (settings: Settings): PortalConfig => ({
  publicUrl: settings.PUBLIC_URL,
  timeZone: settings.TIME_ZONE,
  bank: {
    name: settings.BANK_NAME,
    nameJa: settings.BANK_NAME_JA,
    mark: settings.BANK_MARK,
    stylesheet: settings.BANK_STYLESHEET,
    phone: settings.BANK_PHONE,
  },
  pageSecret: settings.PAGE_SECRET ?? pageSecretIn(settings.KEYS_DIR),
  trustedProxies: settings.TRUSTED_PROXIES,
  sessionIdleSeconds: settings.SESSION_IDLE_SECONDS,
  sessionAbsoluteSeconds: settings.SESSION_ABSOLUTE_SECONDS,
})

const start = async () => {
  const settings = readConfig(process.env)
  const log = createLog('bank-portal', settings.LOG_LEVEL)
  await makeMissingKeys(settings.KEYS_DIR, 'bank-portal')
  await migrateDatabase(settings.DATABASE_URL, 'bank-portal')
  const { db, close } = openDatabase(settings.DATABASE_URL, { max: settings.DATABASE_POOL })
  const keys = openKeyRing(settings.KEYS_DIR)
  const clientOf = (baseUrl: string) =>
    createServiceClient({
      issuer: 'bank-portal',
      baseUrl,
      keys,
      instance: `${hostname()}-${process.pid}`,
      timeoutMs: settings.PEER_TIMEOUT_MS,
    })
  const config = toPortalConfig(settings)
  const app = createBankPortal({
    config,
    db,
    clock: settings.BUSINESS_CLOCK_FILE ? movableClock(settings.BUSINESS_CLOCK_FILE) : systemClock,
    newId: randomUUIDv7,
    keys,
    callClaimServer: clientOf(settings.CLAIM_SERVER_URL),
    callCore: clientOf(settings.CORE_BANKING_URL),
    log,
  })
  const { sessions, throttle } = createOwnSignIn({ config, db })
  const sweeper = repeat(
    'sweep-sessions',
    60_000,
    async () => {
      await sessions.deleteEnded()
      await throttle.deleteForgotten()
    },
    log,
  )
  const server = await listen(app, { host: settings.HOST, port: settings.PORT, log })
  return {
    close: async () => {
      await server.close()
      await sweeper.stop()
      await close()
    },
  }
}

await runProcess(start)
