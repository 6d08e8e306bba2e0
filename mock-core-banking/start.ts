import { openService, type RunningService } from '#shared/open-service.ts'
import { listen, repeat } from '#shared/service-process.ts'
import { trustPeers } from '#shared/service-routes.ts'
import { createCoreBanking } from './app.tsx'
import type { Config } from './config.ts'
import { passwordFits } from '#shared/hash-password.ts'
import type { Deps } from './deps.ts'
import { sweep } from './sweep.ts'

/** Starts core banking. `wrap` may replace parts of what it works with: for tests. */
export const startCoreBanking = async (
  config: Config,
  wrap: (deps: Deps) => Deps = (deps) => deps,
): Promise<RunningService<Deps>> => {
  const { db, clock, newId, keys, log, close } = await openService(config, 'core-banking')
  const deps = wrap({
    config,
    db,
    clock,
    newId,
    keys,
    trust: trustPeers(
      'core-banking',
      keys,
      { 'bank-portal': config.BANK_PORTAL_URL, 'claim-server': config.CLAIM_SERVER_URL },
      { callsPerMinute: config.PEER_CALLS_PER_MINUTE },
    ),
    log,
  })
  // Makes the hash of nobody's password now: the first unknown user must not wait longer than others.
  await passwordFits(config, undefined, '')
  const server = await listen(createCoreBanking(deps), {
    host: config.HOST,
    port: config.PORT,
    log,
  })
  const sweeper = repeat('sweep what is past use', 60_000, () => sweep(deps), log)
  return {
    port: server.port,
    deps,
    async close() {
      await server.close()
      await sweeper.stop()
      await close()
    },
  }
}
