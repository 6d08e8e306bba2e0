import { batchCalls, createTurns } from '#shared/batched-calls.ts'
import { claimServerPages, claimServerSteps } from '#shared/contracts/claim-server-calls.ts'
import { coreBankingPages, coreBankingSteps } from '#shared/contracts/core-banking.ts'
import { openService, type RunningService } from '#shared/open-service.ts'
import { listen, repeat } from '#shared/service-process.ts'
import { createBankPortal } from './app.tsx'
import type { Settings } from './config.ts'
import type { Calls, Deps, PortalConfig } from './deps.ts'
import { pageSecretIn } from './page-secret.ts'
import { noteConfirmations } from './payments/note-confirmations.ts'
import { createOwnSignIn } from './sign-in/own-sign-in.ts'
import { withStaffDeps } from './staff/with-staff-deps.ts'

const toPortalConfig = (settings: Settings): PortalConfig => ({
  publicUrl: settings.PUBLIC_URL,
  timeZone: settings.TIME_ZONE,
  bank: {
    name: settings.BANK_NAME,
    nameJa: settings.BANK_NAME_JA,
    mark: settings.BANK_MARK,
    stylesheet: settings.BANK_STYLESHEET,
    phone: settings.BANK_PHONE,
  },
  pageSecret: settings.PAGE_SECRET ?? pageSecretIn(settings.KEYS_DIR),
  trustedProxies: settings.TRUSTED_PROXIES,
  sessionIdleSeconds: settings.SESSION_IDLE_SECONDS,
  sessionAbsoluteSeconds: settings.SESSION_ABSOLUTE_SECONDS,
})

/**
 * Two keep both of two processors busy; more would only be smaller. With 10 ms to come together, 32
 * customers at once travel as two batches of 16: 3.1 ms of CPU a payment, and 4.4 without.
 */
const stepTurns = { atOnce: 2, gatherMs: 10 }

/** The steps of payments take turns; reads go as they come. */
const inBatches = ({ callClaimServer, callCore }: Calls): Calls => {
  const turns = createTurns(stepTurns)
  const stepsOfClaims = batchCalls(callClaimServer, claimServerSteps, turns)
  const stepsOfCore = batchCalls(callCore, coreBankingSteps, turns)
  return {
    callClaimServer: batchCalls(stepsOfClaims, claimServerPages),
    callCore: batchCalls(stepsOfCore, coreBankingPages),
  }
}

/** Starts the bank portal. `wrap` may replace parts of what it works with, its calls as they go over the wire: for tests. */
export const startBankPortal = async (
  settings: Settings,
  wrap: (deps: Deps) => Deps = (deps) => deps,
): Promise<RunningService<Deps>> => {
  const { db, clock, newId, keys, log, clientOf, close } = await openService(
    settings,
    'bank-portal',
  )
  const config = toPortalConfig(settings)
  const wired = wrap({
    config,
    db,
    clock,
    newId,
    keys,
    callClaimServer: clientOf(settings.CLAIM_SERVER_URL, settings.PEER_TIMEOUT_MS),
    callCore: clientOf(settings.CORE_BANKING_URL, settings.PEER_TIMEOUT_MS),
    log,
  })
  const { callClaimServer, noteConfirmation } = noteConfirmations(wired.callClaimServer)
  const deps = {
    ...wired,
    ...inBatches({ callClaimServer, callCore: wired.callCore }),
    noteConfirmation,
  }
  const { sessions, throttle } = createOwnSignIn({ config, db: deps.db })
  const staff = withStaffDeps({ config, db: deps.db })
  const sweeper = repeat(
    'sweep sessions',
    60_000,
    async () => {
      await sessions.deleteEnded()
      await staff.sessions.deleteEnded()
      await throttle.deleteForgotten()
    },
    log,
  )
  const server = await listen(createBankPortal(deps), {
    host: settings.HOST,
    port: settings.PORT,
    log,
  })
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
