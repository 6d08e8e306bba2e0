import { createLog } from '#shared/log.ts'
import { runProcess } from '#shared/service-process.ts'
import { readConfig } from './config.ts'
import { startShops } from './start-shops.ts'

await runProcess(() => {
  const config = readConfig(process.env)
  return startShops(config, { log: createLog('shop', config.logLevel) })
})
