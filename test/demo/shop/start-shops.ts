import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { movableClock, systemClock } from '#shared/dates.ts'
import { type Log, silentLog } from '#shared/log.ts'
import { type Listening, listen } from '#shared/service-process.ts'
import { writeWholeFile } from '../write-whole-file.ts'
import { createShopSite } from './app.tsx'
import { createClaimServerClient } from './claim-server-client.ts'
import type { ShopConfig } from './config.ts'
import { createOneAtATime } from './deps.ts'
import { openPurchases } from './purchases.ts'
import { openShops } from './shops.ts'

/** Kept over restarts, so that a form opened before one can still be sent. */
const keepSecret = (folder: string): string => {
  const file = join(folder, 'form-secret')
  if (!existsSync(file)) writeWholeFile(file, randomBytes(32).toString('base64url'), 0o600)
  return readFileSync(file, 'utf8')
}

/** Starts the site of the three shops. */
export const startShops = (
  config: ShopConfig,
  { log = silentLog }: { log?: Log } = {},
): Promise<Listening> => {
  mkdirSync(config.dataDir, { recursive: true })
  const app = createShopSite({
    config,
    secret: keepSecret(config.dataDir),
    shops: openShops({ file: config.shopsFile, apiKeys: config.apiKeys, log }),
    purchases: openPurchases(join(config.dataDir, 'purchases')),
    claimServer: createClaimServerClient({ url: config.claimServerUrl, log }),
    clock: config.clockFile ? movableClock(config.clockFile) : systemClock,
    oneAtATime: createOneAtATime(),
    log,
  })
  return listen(app, { host: config.host, port: config.port, log })
}
