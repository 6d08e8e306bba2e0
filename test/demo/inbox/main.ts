import { createLog } from '#shared/log.ts'
import { runProcess } from '#shared/service-process.ts'
import { readConfig } from './config.ts'
import { startInbox } from './inbox.ts'

await runProcess(() => {
  const { logLevel, ...options } = readConfig(process.env)
  return startInbox({ ...options, log: createLog('inbox', logLevel) })
})
