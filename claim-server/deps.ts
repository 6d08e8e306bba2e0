import type { Database } from '#shared/database.ts'
import type { Clock } from '#shared/dates.ts'
import type { KeyRing } from '#shared/keys.ts'
import type { Log } from '#shared/log.ts'
import type { ServiceClient } from '#shared/service-client.ts'
import type { Trust } from '#shared/service-routes.ts'
import type { Config } from './config.ts'

/** One mail as the mail server takes it; addresses were checked against the strict pattern. */
export interface OutgoingMail {
  to: string
  subject: string
  text: string
  html: string
  messageId: string
  language: 'en' | 'ja'
}

/** What every verb of the claim server may need; a verb names the ones it uses. */
export interface Deps {
  config: Config
  db: Database
  /** Business time: dates, limits, warnings. */
  clock: Clock
  newId: () => string
  newOrderNumber: () => string
  /** Signs requests and instructions. */
  keys: KeyRing
  /** Whose request tokens, authorisations and receipts are believed. */
  trust: Trust
  /** Calls core banking; used by core-banking-client.ts alone. */
  callCore: ServiceClient
  /** Hands one mail to the mail server; rejects when it was not accepted. */
  sendMail: (mail: OutgoingMail) => Promise<void>
  log: Log
}
