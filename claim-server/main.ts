import { runProcess } from '#shared/service-process.ts'
import { readConfig } from './config.ts'
import { startClaimServer } from './start.ts'

await runProcess(() => startClaimServer(readConfig(process.env)))
