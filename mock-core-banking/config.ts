import { randomBytes } from 'node:crypto'
import * as z from 'zod'
import { accountKey } from '#shared/accounts.ts'
import { currency } from '#shared/money.ts'
import { commonSettings, readSettings } from '#shared/service-process.ts'

const address = z.url({ protocol: /^https?$/ })
const count = z.coerce.number().int()

const settings = z.object({
  ...commonSettings,
  BANK_CODE: z
    .string()
    .regex(/^\d{4}$/)
    .default('0901'),
  BANK_NAME: z.string().default('Minato Bank'),
  BANK_NAME_JA: z.string().default('みなと銀行'),
  CURRENCY: currency.default('JPY'),
  /** The bank's own accounts: where fees go, and where opening deposits come from. */
  FEE_ACCOUNT: accountKey.default('0901-101-1-9990001'),
  DEPOSIT_ACCOUNT: accountKey.default('0901-101-1-9990002'),
  BANK_PORTAL_URL: address,
  CLAIM_SERVER_URL: address,
  /** So many calls a minute of each peer at one process. */
  PEER_CALLS_PER_MINUTE: count.min(1).default(60_000),
  /**
   * Seals the forms of the operator pages; the same on every replica. Without it each start makes
   * one, and forms that were opened before must be loaded again.
   */
  PAGE_SECRET: z
    .string()
    .min(32)
    .default(() => randomBytes(32).toString('hex')),
  /** Argon2id: the cost of new hashes, and of checking a password that nobody has. */
  PASSWORD_MEMORY_KIB: count.min(8).default(19_456),
  PASSWORD_PASSES: count.min(1).default(2),
  /** "Does this account exist?": so many questions an hour about one account or one holder. */
  ACCOUNT_CHECKS_PER_HOUR: count.min(1).default(10),
  /** Every such answer takes at least this long. */
  ACCOUNT_CHECK_MS: count.min(0).default(400),
})

export type Config = z.output<typeof settings>

/** Settings of the core's process from the environment; throws a `StartError` naming the variable. */
export const readConfig = (env: Record<string, string | undefined>): Config =>
  readSettings(settings, env)
