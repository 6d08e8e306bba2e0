import { randomUUIDv7 } from 'node:crypto'
import { type Database, openDatabase } from '#shared/database.ts'
import { type Clock, movableClock, systemClock } from '#shared/dates.ts'
import { type KeyRing, openKeyRing } from '#shared/keys.ts'
import { createLog, type Log } from '#shared/log.ts'
import { StartError } from '#shared/service-process.ts'
import { type Trust, trustPeers } from '#shared/service-routes.ts'
import type { Config } from './config.ts'

/** What every verb of core banking may need; a verb names the ones it uses. */
export interface Deps {
  config: Config
  db: Database
  /** Business time: days of payment, what statements show. */
  clock: Clock
  newId: () => string
  /** Signs authorisations and receipts. */
  keys: KeyRing
  /** Whose request tokens and instructions are believed. */
  trust: Trust
  log: Log
}

const openKeys = (folder: string): KeyRing => {
  try {
    return openKeyRing(folder)
  } catch {
    throw new StartError(`KEYS_DIR (${folder}) is no folder of keys: npm run keys -- make`)
  }
}

/** Opens what the settings name. `close` gives the database's connections back. */
export const openDeps = (config: Config): Deps & { close(): Promise<void> } => {
  const keys = openKeys(config.KEYS_DIR)
  const { db, close } = openDatabase(config.DATABASE_URL, { max: config.DATABASE_POOL })
  return {
    config,
    db,
    clock: config.BUSINESS_CLOCK_FILE ? movableClock(config.BUSINESS_CLOCK_FILE) : systemClock,
    newId: randomUUIDv7,
    keys,
    trust: trustPeers('core-banking', keys, {
      'bank-portal': config.BANK_PORTAL_URL,
      'claim-server': config.CLAIM_SERVER_URL,
    }),
    log: createLog('core-banking', config.LOG_LEVEL),
    close,
  }
}
