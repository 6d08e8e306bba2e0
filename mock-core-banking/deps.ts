import type { Database } from '#shared/database.ts'
import type { Clock } from '#shared/dates.ts'
import type { KeyRing } from '#shared/keys.ts'
import type { Log } from '#shared/log.ts'
import type { Trust } from '#shared/service-routes.ts'
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
