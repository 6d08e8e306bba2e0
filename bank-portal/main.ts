import { runProcess } from '#shared/service-process.ts'
import { readConfig } from './config.ts'
import { startBankPortal } from './start.ts'

await runProcess(() => startBankPortal(readConfig(process.env)))
