import { runProcess } from '#shared/service-process.ts'
import { readConfig } from './config.ts'
import { startCoreBanking } from './start.ts'

await runProcess(() => startCoreBanking(readConfig(process.env)))
