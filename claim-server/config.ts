import { z } from 'zod'
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
  BANK_PORTAL_URL: z.url({ protocol: /^https?$/ }),
  CORE_BANKING_URL: z.url({ protocol: /^https?$/ }),
  /** smtp://user:password@host:port, or smtps:// */
  SMTP_URL: z.url({ protocol: /^smtps?$/ }),
  MAIL_FROM: z.string().default('Claimbook <claims@claimbook.example>'),
  PROVISIONAL_MINUTES: z.coerce.number().int().min(1).default(30),
})

export type Config = z.output<typeof settings>

export const readConfig = (env: Record<string, string | undefined>): Config =>
  readSettings(settings, env)
