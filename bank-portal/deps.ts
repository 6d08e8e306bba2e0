import type { Context, MiddlewareHandler } from 'hono'
import type { Child } from 'hono/jsx'
import type { PaymentContent } from '#shared/contracts/payment-content.ts'
import type { Database } from '#shared/database.ts'
import type { Clock } from '#shared/dates.ts'
import type { KeyRing } from '#shared/keys.ts'
import type { Log } from '#shared/log.ts'
import type { ServiceClient } from '#shared/service-client.ts'
import type { Language } from '#shared/texts.ts'
import type { PageEnv, SessionVariables } from '#shared/web/index.ts'

/** What a session keeps of a signed-in customer. */
export interface PortalSession {
  kind: 'customer'
  customerId: string
  name: string
  nameJa?: string | undefined
  mailAddress: string
  language: Language
}

export type Customer = PortalSession
export type PortalEnv = PageEnv<PortalSession>

/** Of a payment id at its confirmation. */
export type Newness = 'surely new' | 'perhaps known' | 'confirmed before'

export interface BankBrand {
  name: string
  nameJa: string
  mark: string
  stylesheet?: string | undefined
  phone: string
}

export interface PortalConfig {
  publicUrl: string
  timeZone: string
  bank: BankBrand
  /** Seals forms and the mark of known devices; the same on every replica. */
  pageSecret: string
  trustedProxies: readonly string[]
  sessionIdleSeconds: number
  sessionAbsoluteSeconds: number
}

/**
 * How customers sign in. Ours checks passwords at the core and keeps sessions; a bank that mounts the
 * portal in its own app passes its own: `load` sets `c.var.session`, `pathFor` leads to its own page.
 */
export interface CustomerSignIn {
  /** Runs before every page; sets `c.var.session` (undefined when nobody is signed in). */
  load: MiddlewareHandler<{ Variables: SessionVariables<PortalSession> }>
  /** Where to sign in and come back to `next`, a path of the portal. */
  pathFor(next: string): string
  signOutPath: string
  /** Remembers a changed language with the signed-in customer. */
  saveLanguage?(c: Context, language: Language): Promise<void>
}

export type AuthoriseOutcome =
  | { outcome: 'authorised'; authorisation: string }
  | { outcome: 'not-accepted'; triesLeft: number }
  | { outcome: 'locked'; lockedUntil: Date }
  | { outcome: 'content-stale' }

/**
 * How a customer agrees to payments. Ours asks account number and password and lets the core judge; a
 * bank may ask for more, as long as its core issues the authorisation.
 */
export interface PaymentAuthorisation {
  /** The inputs that the confirmation form shows. */
  fields(words: { language: Language; account: string; mistakes: Record<string, string> }): Child
  /** What is wrong with what was typed before anything is sent, by field name. */
  check(form: Record<string, string>, language: Language): Record<string, string>
  /** Asks for the authorisation; throws `NoAnswer` when the answer is not known. */
  authorise(
    customer: Customer,
    form: Record<string, string>,
    payments: PaymentContent[],
  ): Promise<AuthoriseOutcome>
}

/** What every verb of the portal may need; a verb names the parts it uses. */
export interface Deps {
  config: PortalConfig
  db: Database
  /** Business time: what is due when, how long a payment has been open. */
  clock: Clock
  newId: () => string
  keys: KeyRing
  /** Calls the claim server; used by claim-server-client.ts alone. */
  callClaimServer: ServiceClient
  /** Notes that a payment is confirmed. What is surely new need not be looked for first; without it all is. */
  noteConfirmation?: (paymentId: string) => Newness
  /** Calls core banking; used by core-banking-client.ts alone. */
  callCore: ServiceClient
  log: Log
}

export type Calls = Pick<Deps, 'callClaimServer' | 'callCore'>
