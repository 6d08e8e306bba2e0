import * as z from 'zod'
import { commonSettings, readSettings } from '#shared/service-process.ts'

const schema = z.object({
  HOST: commonSettings.HOST,
  PORT: commonSettings.PORT,
  PUBLIC_URL: commonSettings.PUBLIC_URL,
  /** Purchases are kept in its folder `purchases`. */
  DATA_DIR: z.string().min(1),
  CLAIM_SERVER_URL: z.url({ protocol: /^https?$/ }),
  /** Where browsers reach the claim server, if not there: forms may lead to it. */
  CLAIM_SERVER_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** JSON: `{"shops":[{"slug":"shop-a","apiKey":"...","name":"...","nameJa":"..."}]}`. */
  SHOPS_FILE: z.string().optional(),
  SHOP_A_API_KEY: z.string().optional(),
  SHOP_B_API_KEY: z.string().optional(),
  SHOP_C_API_KEY: z.string().optional(),
  BUSINESS_CLOCK_FILE: commonSettings.BUSINESS_CLOCK_FILE,
  TIME_ZONE: commonSettings.TIME_ZONE,
  LOG_LEVEL: commonSettings.LOG_LEVEL,
})

export const readConfig = (env: Record<string, string | undefined>) => {
  const settings = readSettings(schema, env)
  return {
    host: settings.HOST,
    port: settings.PORT,
    publicUrl: settings.PUBLIC_URL.replace(/\/$/, ''),
    dataDir: settings.DATA_DIR,
    claimServerUrl: settings.CLAIM_SERVER_URL,
    claimServerPublicUrl: settings.CLAIM_SERVER_PUBLIC_URL ?? settings.CLAIM_SERVER_URL,
    shopsFile: settings.SHOPS_FILE,
    apiKeys: {
      'shop-a': settings.SHOP_A_API_KEY,
      'shop-b': settings.SHOP_B_API_KEY,
      'shop-c': settings.SHOP_C_API_KEY,
    },
    clockFile: settings.BUSINESS_CLOCK_FILE,
    timeZone: settings.TIME_ZONE,
    logLevel: settings.LOG_LEVEL,
  }
}
export type ShopConfig = ReturnType<typeof readConfig>
