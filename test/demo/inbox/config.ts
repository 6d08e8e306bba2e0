import * as z from 'zod'
import { commonSettings, readSettings } from '#shared/service-process.ts'

const schema = z.object({
  HOST: commonSettings.HOST,
  PORT: commonSettings.PORT,
  SMTP_PORT: commonSettings.PORT,
  /** Mails are kept in its folder `mails`. */
  DATA_DIR: z.string().min(1),
  PUBLIC_URL: commonSettings.PUBLIC_URL,
  /** Without it the demo desk can't move the clock. */
  BUSINESS_CLOCK_FILE: commonSettings.BUSINESS_CLOCK_FILE,
  TIME_ZONE: commonSettings.TIME_ZONE,
  MOST_MAILS: z.coerce.number().int().min(1).max(10_000).default(500),
  LOG_LEVEL: commonSettings.LOG_LEVEL,
})

export const readConfig = (env: Record<string, string | undefined>) => {
  const settings = readSettings(schema, env)
  return {
    host: settings.HOST,
    port: settings.PORT,
    smtpPort: settings.SMTP_PORT,
    dataDir: settings.DATA_DIR,
    publicUrl: settings.PUBLIC_URL,
    clockFile: settings.BUSINESS_CLOCK_FILE,
    timeZone: settings.TIME_ZONE,
    mostMails: settings.MOST_MAILS,
    logLevel: settings.LOG_LEVEL,
  }
}
