import { randomBytes } from 'node:crypto'
import * as z from 'zod'
import { currency } from '#shared/money.ts'
import { commonSettings, readSettings } from '#shared/service-process.ts'

const settings = z.object({
  ...commonSettings,
  /** The bank that hosts the portal: the first row of the table of banks. */
  BANK_CODE: z
    .string()
    .regex(/^\d{4}$/)
    .default('0901'),
  BANK_NAME: z.string().default('Minato Bank'),
  BANK_NAME_JA: z.string().default('みなと銀行'),
  /** What the bank's accounts are held in: the only currency that its shops may ask for. */
  BANK_CURRENCY: currency.default('JPY'),
  BANK_PORTAL_URL: z.url({ protocol: /^https?$/ }),
  CORE_BANKING_URL: z.url({ protocol: /^https?$/ }),
  /** smtp://user:password@host:port, or smtps:// */
  SMTP_URL: z.url({ protocol: /^smtps?$/ }),
  MAIL_FROM: z.string().default('Claimbook <claims@claimbook.example>'),
  PROVISIONAL_MINUTES: z.coerce.number().int().min(1).default(30),
  /** So many calls a minute of each peer at one process. */
  PEER_CALLS_PER_MINUTE: z.coerce.number().int().min(1).default(60_000),
  /** How many requests a minute one API key may make at one process. */
  SHOP_REQUESTS_PER_MINUTE: z.coerce.number().int().min(1).default(3000),
  /** What a shop's sign-in to its console costs: argon2id's memory and passes. */
  PASSWORD_MEMORY_KIB: z.coerce.number().int().min(8).default(19_456),
  PASSWORD_PASSES: z.coerce.number().int().min(1).default(2),
  /** A session of the console ends after so long without a request, and so long after the sign-in. */
  CONSOLE_IDLE_SECONDS: z.coerce.number().int().min(30).default(900),
  CONSOLE_SESSION_SECONDS: z.coerce
    .number()
    .int()
    .min(60)
    .default(8 * 3600),
  /** Seals the forms of pages; processes behind one address need the same. Made anew at each start by default. */
  PAGE_SECRET: z
    .string()
    .min(32)
    .default(() => randomBytes(32).toString('base64url')),
})

export type Config = z.output<typeof settings>

/** Settings of the claim server's process from the environment; throws a `StartError` naming the variable. */
export const readConfig = (env: Record<string, string | undefined>): Config =>
  readSettings(settings, env)
