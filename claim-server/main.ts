import { ensureBank } from './banks/ensure-bank.ts'
import { createClaimServer } from './app.ts'
import { readConfig } from './config.ts'
import { startNoticeWorkers } from './notices/workers.ts'
import { openDeps } from './open-deps.ts'
import { startOrderWorkers } from './orders/workers.ts'
import { startPaymentWorkers } from './payments/workers.ts'
import { listen, runProcess } from '#shared/service-process.ts'

await runProcess(async () => {
  const config = readConfig(process.env)
  const { deps, close } = await openDeps(config)
  await ensureBank(deps)
  const server = await listen(createClaimServer(deps), {
    host: config.HOST,
    port: config.PORT,
    log: deps.log,
  })
  const workers = [startOrderWorkers(deps), startPaymentWorkers(deps), startNoticeWorkers(deps)]
  return {
    async close() {
      await server.close()
      await Promise.all(workers.map((worker) => worker.stop()))
      await close()
    },
  }
})
