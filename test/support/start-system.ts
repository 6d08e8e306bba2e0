import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Clock } from '#shared/dates.ts'
import { makeMissingKeys } from '#shared/keys.ts'
import type { RunningService } from '#shared/open-service.ts'
import { readConfig as portalConfig } from '../../bank-portal/config.ts'
import type { Deps as PortalDeps } from '../../bank-portal/deps.ts'
import { startBankPortal } from '../../bank-portal/start.ts'
import { readConfig as claimConfig } from '../../claim-server/config.ts'
import type { Deps as ClaimDeps } from '../../claim-server/deps.ts'
import { startClaimServer } from '../../claim-server/start.ts'
import { readConfig as coreConfig } from '../../mock-core-banking/config.ts'
import type { Deps as CoreDeps } from '../../mock-core-banking/deps.ts'
import { type BankWorld, seedBank } from '../../mock-core-banking/seed-bank.ts'
import { startCoreBanking } from '../../mock-core-banking/start.ts'
import { bankWorld } from '../demo/bank-world.ts'
import { type FreshDatabase, freshDatabase } from './database.ts'
import { type Mailbox, startMailbox } from './mailbox.ts'
import { freePort } from './postgres-server.ts'

/** The business clock of a test: it stands where it is put, plus the time that passes. */
export interface TestClock extends Clock {
  moveTo(at: Date): void
  advance(by: { days?: number; hours?: number; minutes?: number }): void
}

export const createTestClock = (): TestClock => {
  let offsetMs = 0
  return {
    now: () => new Date(Date.now() + offsetMs),
    moveTo(at) {
      offsetMs = at.getTime() - Date.now()
    },
    advance({ days = 0, hours = 0, minutes = 0 }) {
      offsetMs += ((days * 24 + hours) * 60 + minutes) * 60_000
    },
  }
}

export interface System {
  clock: TestClock
  mailbox: Mailbox
  urls: { portal: string; claims: string; core: string }
  claims: RunningService<ClaimDeps>
  core: RunningService<CoreDeps>
  portal: RunningService<PortalDeps>
  keysFolder: string
  close(): Promise<void>
}

export interface SystemOptions {
  world?: BankWorld
  /** Settings over the tests' own, by variable name, for all three services. */
  settings?: Record<string, string>
  wrap?: {
    claims?: (deps: ClaimDeps) => ClaimDeps
    core?: (deps: CoreDeps) => CoreDeps
    portal?: (deps: PortalDeps) => PortalDeps
  }
}

// The smallest argon2id cost: a test that signs in many times should not wait for hashes.
export const cheapPasswords = { PASSWORD_MEMORY_KIB: 8, PASSWORD_PASSES: 1 }

const environment = (
  database: FreshDatabase,
  port: number,
  keysDir: string,
  more: Record<string, string>,
): Record<string, string> => ({
  HOST: '127.0.0.1',
  PORT: String(port),
  PUBLIC_URL: `http://127.0.0.1:${port}`,
  DATABASE_URL: database.url,
  ALLOW_UNSAFE_DATABASE: 'true',
  KEYS_DIR: keysDir,
  LOG_LEVEL: 'silent',
  PAGE_SECRET: 'the page secret of the tests, long enough',
  PASSWORD_MEMORY_KIB: String(cheapPasswords.PASSWORD_MEMORY_KIB),
  PASSWORD_PASSES: String(cheapPasswords.PASSWORD_PASSES),
  ACCOUNT_CHECK_MS: '0',
  ...more,
})

const makeKeys = async (folder: string) => {
  for (const service of ['claim-server', 'bank-portal', 'core-banking']) {
    mkdirSync(join(folder, service))
    await makeMissingKeys(join(folder, service), service)
  }
}

/**
 * The three services over real HTTP on free ports, each with a database of its own, one business
 * clock, and a real mail server. The bank has the demo's customers and accounts.
 */
export const startSystem = async ({
  world = bankWorld,
  settings = {},
  wrap = {},
}: SystemOptions = {}): Promise<System> => {
  const clock = createTestClock()
  const keysFolder = mkdtempSync(join(tmpdir(), 'claimbook-keys-'))
  await makeKeys(keysFolder)
  const mailbox = await startMailbox()
  const [claimsDb, portalDb, coreDb] = await Promise.all([
    freshDatabase('claim-server'),
    freshDatabase('bank-portal'),
    freshDatabase('mock-core-banking'),
  ])
  const ports = { claims: await freePort(), portal: await freePort(), core: await freePort() }
  const urls = {
    claims: `http://127.0.0.1:${ports.claims}`,
    portal: `http://127.0.0.1:${ports.portal}`,
    core: `http://127.0.0.1:${ports.core}`,
  }
  const peers = {
    CLAIM_SERVER_URL: urls.claims,
    BANK_PORTAL_URL: urls.portal,
    CORE_BANKING_URL: urls.core,
    SMTP_URL: mailbox.url,
    ...settings,
  }
  const withClock =
    <Deps extends { clock: Clock }>(more: (deps: Deps) => Deps = (deps) => deps) =>
    (deps: Deps) =>
      more({ ...deps, clock })
  const core = await startCoreBanking(
    coreConfig(environment(coreDb, ports.core, join(keysFolder, 'core-banking'), peers)),
    withClock(wrap.core),
  )
  await seedBank(core.deps, world, cheapPasswords)
  const claims = await startClaimServer(
    claimConfig(environment(claimsDb, ports.claims, join(keysFolder, 'claim-server'), peers)),
    withClock(wrap.claims),
  )
  const portal = await startBankPortal(
    portalConfig(environment(portalDb, ports.portal, join(keysFolder, 'bank-portal'), peers)),
    withClock(wrap.portal),
  )
  return {
    clock,
    mailbox,
    urls,
    claims,
    core,
    portal,
    keysFolder,
    async close() {
      await Promise.all([portal.close(), claims.close(), core.close()])
      await mailbox.close()
      await Promise.all([claimsDb.close(), portalDb.close(), coreDb.close()])
      rmSync(keysFolder, { recursive: true, force: true })
    },
  }
}
