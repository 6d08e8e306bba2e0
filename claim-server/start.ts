import { newOrderNumber } from '#shared/order-number.ts'
import { openService, type RunningService } from '#shared/open-service.ts'
import { listen } from '#shared/service-process.ts'
import { trustPeers } from '#shared/service-routes.ts'
import { createClaimServer } from './app.ts'
import { ensureBank } from './banks/ensure-bank.ts'
import type { Config } from './config.ts'
import type { Deps } from './deps.ts'
import { openMailer } from './notices/mailer.ts'
import { startNoticeWorkers } from './notices/workers.ts'
import { startOrderWorkers } from './orders/workers.ts'
import { startPaymentWorkers } from './payments/workers.ts'
import { startReconciliationWorkers } from './reconciliation/workers.ts'
import { startTimeLimitWorkers } from './time-limits/workers.ts'

/** Starts the claim server and its workers. `wrap` may replace parts of what it works with: for tests. */
export const startClaimServer = async (
  config: Config,
  wrap: (deps: Deps) => Deps = (deps) => deps,
): Promise<RunningService<Deps>> => {
  const service = await openService(config, 'claim-server')
  const mailer = openMailer(config)
  const deps = wrap({
    config,
    db: service.db,
    clock: service.clock,
    newId: service.newId,
    newOrderNumber: () => newOrderNumber(),
    keys: service.keys,
    trust: trustPeers(
      'claim-server',
      service.keys,
      { 'bank-portal': config.BANK_PORTAL_URL, 'core-banking': config.CORE_BANKING_URL },
      { callsPerMinute: config.PEER_CALLS_PER_MINUTE },
    ),
    callCore: service.clientOf(config.CORE_BANKING_URL),
    sendMail: mailer.sendMail,
    log: service.log,
  })
  await ensureBank(deps)
  const server = await listen(createClaimServer(deps), {
    host: config.HOST,
    port: config.PORT,
    log: deps.log,
  })
  const workers = [
    startOrderWorkers(deps),
    startPaymentWorkers(deps),
    startNoticeWorkers(deps),
    startTimeLimitWorkers(deps),
    startReconciliationWorkers(deps),
  ]
  return {
    port: server.port,
    deps,
    async close() {
      await server.close()
      await Promise.all(workers.map((worker) => worker.stop()))
      mailer.close()
      await service.close()
    },
  }
}
