import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLocalJWKSet } from 'jose'
import type { Clock } from '#shared/dates.ts'
import { type KeyRing, makeMissingKeys, openKeyRing } from '#shared/keys.ts'
import { type Log, silentLog } from '#shared/log.ts'
import { createServiceClient, type ServiceClient } from '#shared/service-client.ts'
import type { Trust } from '#shared/service-routes.ts'
import type { Service } from '#shared/service-token.ts'
import { growingIds } from '#shared/testing/growing-ids.ts'
import { bankWorld } from '../demo/bank-world.ts'
import { payerOf } from './payer-of.ts'
import { freshDatabase } from './database.ts'
import { createCoreBanking } from '../../mock-core-banking/app.tsx'
import { type Config, readConfig } from '../../mock-core-banking/config.ts'
import type { Deps } from '../../mock-core-banking/deps.ts'
import { type BankWorld, seedBank } from '../../mock-core-banking/seed-bank.ts'

const services = ['claim-server', 'bank-portal', 'core-banking'] as const

/** Hashes that cost next to nothing. */
export const cheapHashes = { PASSWORD_MEMORY_KIB: 8, PASSWORD_PASSES: 1 }

const makeRings = async (folder: string): Promise<Record<Service, KeyRing>> => {
  const rings = services.map(async (service) => {
    await makeMissingKeys(join(folder, service), service)
    return [service, openKeyRing(join(folder, service))] as const
  })
  return Object.fromEntries(await Promise.all(rings)) as Record<Service, KeyRing>
}

const trustRings = (rings: Record<Service, KeyRing>): Trust => ({
  service: 'core-banking',
  isDenied: rings['core-banking'].isDenied,
  keysOf: (issuer, purpose) => {
    if (issuer === 'core-banking') return undefined
    const ring = rings[issuer as Service] as KeyRing | undefined
    return ring && { find: createLocalJWKSet({ keys: ring.publicKeys(purpose) }) }
  },
})

export interface TestBank {
  deps: Deps
  app: ReturnType<typeof createCoreBanking>
  rings: Record<Service, KeyRing>
  /** Calls the app as that peer would, signed. */
  callAs: Record<'bank-portal' | 'claim-server', ServiceClient>
  /** Moves the business clock. */
  moveClock(to: Date): void
  close(): Promise<void>
}

/** A call about a customer is made on that customer's behalf, as the portal makes it. */
const onBehalfOfTheCustomer =
  (call: ServiceClient): ServiceClient =>
  (contract, sent, context) => {
    const { params, body } = sent as {
      params?: { customerId?: string }
      body?: { instruction?: string }
    }
    const onBehalfOf = params?.customerId ?? payerOf(body?.instruction)
    return call(contract, sent, context ?? (onBehalfOf === undefined ? {} : { onBehalfOf }))
  }

export const origin = 'http://core.test'

/** Core banking with the demo world, on a database and with keys of its own. */
export const openTestBank = async ({
  settings = {},
  world = bankWorld,
  log = silentLog,
}: {
  settings?: Partial<Config>
  world?: BankWorld
  log?: Log
} = {}): Promise<TestBank> => {
  const folder = mkdtempSync(join(tmpdir(), 'claimbook-core-'))
  const rings = await makeRings(folder)
  const database = await freshDatabase('mock-core-banking')
  let offsetMs = 0
  const clock: Clock = { now: () => new Date(Date.now() + offsetMs) }
  const config = readConfig({
    PORT: '0',
    PUBLIC_URL: origin,
    DATABASE_URL: database.url,
    KEYS_DIR: join(folder, 'core-banking'),
    BANK_PORTAL_URL: 'http://portal.test',
    CLAIM_SERVER_URL: 'http://claims.test',
    LOG_LEVEL: 'silent',
    ACCOUNT_CHECK_MS: '0',
  })
  const deps: Deps = {
    config: { ...config, ...cheapHashes, ...settings },
    db: database.db,
    clock,
    newId: growingIds(),
    keys: rings['core-banking'],
    trust: trustRings(rings),
    log,
  }
  await seedBank(deps, world)
  const app = createCoreBanking(deps)
  const clientOf = (issuer: 'bank-portal' | 'claim-server') =>
    onBehalfOfTheCustomer(
      createServiceClient({
        issuer,
        baseUrl: origin,
        keys: rings[issuer],
        instance: 'test',
        fetch: async (input, init) => app.request(input as URL, init),
      }),
    )
  return {
    deps,
    app,
    rings,
    callAs: { 'bank-portal': clientOf('bank-portal'), 'claim-server': clientOf('claim-server') },
    moveClock: (to) => {
      offsetMs = to.getTime() - Date.now()
    },
    close: async () => {
      await database.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
