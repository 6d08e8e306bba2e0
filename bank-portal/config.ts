import * as z from 'zod'
import { commonSettings, readSettings } from '#shared/service-process.ts'

const settings = z.object({
  ...commonSettings,
  CLAIM_SERVER_URL: z.url({ protocol: /^https?$/ }),
  CORE_BANKING_URL: z.url({ protocol: /^https?$/ }),
  /** How long a peer may take to answer before its answer counts as unknown. */
  PEER_TIMEOUT_MS: z.coerce.number().int().min(100).max(60_000).default(10_000),
  BANK_NAME: z.string().min(1).default('Minato Bank'),
  BANK_NAME_JA: z.string().min(1).default('みなと銀行'),
  /** One or two letters on the brand's colour. */
  BANK_MARK: z.string().min(1).max(2).default('み'),
  /** The bank's own stylesheet: it sets --brand, --brand-ink and --brand-tint. */
  BANK_STYLESHEET: z.string().optional(),
  /** What customers call when something is unclear. */
  BANK_PHONE: z.string().min(1).default('0120-000-901'),
  /** Seals the forms; the same on every replica. Without it one is kept beside the keys. */
  PAGE_SECRET: z.string().min(32).optional(),
  SESSION_IDLE_SECONDS: z.coerce.number().int().min(1).default(300),
  SESSION_ABSOLUTE_SECONDS: z.coerce.number().int().min(1).default(1800),
})

export type Settings = z.output<typeof settings>

/** Settings of the portal's process from the environment; throws a `StartError` naming the variable. */
export const readConfig = (env: Record<string, string | undefined>): Settings =>
  readSettings(settings, env)
