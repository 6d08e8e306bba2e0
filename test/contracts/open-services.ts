import { setTimeout as sleep } from 'node:timers/promises'
import { and, eq } from 'drizzle-orm'
import type { KeyRing } from '#shared/keys.ts'
import { silentLog } from '#shared/log.ts'
import { newOrderNumber } from '#shared/order-number.ts'
import { createServiceClient } from '#shared/service-client.ts'
import type { Service } from '#shared/service-token.ts'
import { growingIds } from '#shared/testing/growing-ids.ts'
import { enterAdvert } from '../../claim-server/adverts/enter-advert.ts'
import { createClaimServer } from '../../claim-server/app.ts'
import { ensureBank } from '../../claim-server/banks/ensure-bank.ts'
import { readConfig as claimConfig } from '../../claim-server/config.ts'
import type { Deps as ClaimDeps } from '../../claim-server/deps.ts'
import { deliverNotices } from '../../claim-server/notices/deliver-notices.ts'
import { MailNotAccepted } from '../../claim-server/notices/mailer.ts'
import { notices } from '../../claim-server/notices/notices.table.ts'
import { abandonOrders } from '../../claim-server/orders/abandon-orders.ts'
import { newShop, registerShop } from '../../claim-server/shops/register-shop.ts'
import { setShopLogin } from '../../claim-server/shops/set-shop-login.ts'
import { expireClaims } from '../../claim-server/time-limits/expire-claims.ts'
import { createCoreBanking } from '../../mock-core-banking/app.tsx'
import { readConfig as coreConfig } from '../../mock-core-banking/config.ts'
import type { Deps as CoreDeps } from '../../mock-core-banking/deps.ts'
import { seedBank } from '../../mock-core-banking/seed-bank.ts'
import { bankWorld } from '../demo/bank-world.ts'
import { createMemoryKeys, trustKeys } from '../mocks/index.ts'
import { freshDatabase } from '../support/database.ts'
import { openShop } from '../support/shops.ts'
import { cheapPasswords, createTestClock, type TestClock } from '../support/start-system.ts'
import { addReconciliation } from './add-reconciliation.ts'
import type { Side } from './side.ts'
import {
  beginning,
  contractAdverts,
  contractShops,
  createDraws,
  type Draws,
  noticeAddressOf,
  ownDraws,
  returnAddress,
  shoesLogin,
  type ShopName,
  shopNames,
  waitingShop,
} from './world.ts'

const urls = {
  'core-banking': 'http://core-banking.mock',
  'claim-server': 'http://claim-server.mock',
}

const settings = (service: keyof typeof urls, databaseUrl: string) => ({
  PORT: '0',
  PUBLIC_URL: urls[service],
  DATABASE_URL: databaseUrl,
  KEYS_DIR: '/unused',
  BANK_PORTAL_URL: 'http://bank-portal.mock',
  CLAIM_SERVER_URL: urls['claim-server'],
  CORE_BANKING_URL: urls['core-banking'],
  SMTP_URL: 'smtp://127.0.0.1:1',
  ACCOUNT_CHECK_MS: '0',
  PASSWORD_MEMORY_KIB: `${cheapPasswords.PASSWORD_MEMORY_KIB}`,
  PASSWORD_PASSES: `${cheapPasswords.PASSWORD_PASSES}`,
  LOG_LEVEL: 'silent',
})

interface Common {
  clock: TestClock
  keys: Record<Service, KeyRing>
}

const openCore = async ({ clock, keys }: Common) => {
  const database = await freshDatabase('mock-core-banking')
  const deps: CoreDeps = {
    config: coreConfig(settings('core-banking', database.url)),
    db: database.db,
    clock,
    newId: growingIds(),
    keys: keys['core-banking'],
    trust: trustKeys('core-banking', keys),
    log: silentLog,
  }
  await seedBank(deps, bankWorld, cheapPasswords)
  return { app: createCoreBanking(deps), close: database.close }
}

/** A mail server that takes what it is given, but for the addresses that a case refuses. */
const openMails = () => {
  let refused: readonly string[] = []
  const sendMail: ClaimDeps['sendMail'] = async ({ to }) => {
    if (refused.includes(to)) throw new MailNotAccepted('the mail server answered 550', true)
  }
  const deliver = async (deps: ClaimDeps, addresses: readonly string[]) => {
    refused = addresses
    const isUntried = and(eq(notices.status, 'waiting'), eq(notices.attempts, 0))
    while ((await deps.db.$count(notices, isUntried)) > 0) await deliverNotices(deps)
  }
  return { sendMail, deliver }
}

const openClaimServer = async (
  { clock, keys }: Common,
  send: typeof fetch,
  { draw }: Draws,
  sendMail: ClaimDeps['sendMail'],
) => {
  const database = await freshDatabase('claim-server')
  const deps: ClaimDeps = {
    config: claimConfig(settings('claim-server', database.url)),
    db: database.db,
    clock,
    newId: growingIds(),
    newOrderNumber: () => newOrderNumber(draw),
    keys: keys['claim-server'],
    trust: trustKeys('claim-server', keys),
    callCore: createServiceClient({
      issuer: 'claim-server',
      baseUrl: urls['core-banking'],
      keys: keys['claim-server'],
      instance: 'contract',
      fetch: send,
    }),
    sendMail,
    log: silentLog,
  }
  await ensureBank(deps)
  return { deps, app: createClaimServer(deps), close: database.close }
}

const openShops = async (deps: ClaimDeps) => {
  const opened: Partial<Record<ShopName, { shopId: string; apiKey: string }>> = {}
  for (const name of shopNames) {
    const { holder, accounts, ...shop } = contractShops[name]
    opened[name] = await openShop(deps, {
      ...shop,
      mailAddress: noticeAddressOf(name),
      accounts: accounts.map(({ account }) => ({ account, holder })),
      ...(name === 'shoes' ? { returnAddress } : {}),
    })
  }
  return opened as Record<ShopName, { shopId: string; apiKey: string }>
}

/** A shop that waits for the bank's staff. */
const registerWaiting = (deps: ClaimDeps) => {
  const { holder, accounts, ...shop } = waitingShop
  const own = accounts.map(({ account }) => ({ account, holder }))
  return registerShop(deps, newShop.parse({ ...shop, accounts: own }))
}

const pick = <Value>(valueOf: (name: ShopName) => Value) =>
  Object.fromEntries(shopNames.map((name) => [name, valueOf(name)])) as Record<ShopName, Value>

/**
 * Core banking and the claim server, each on a database of its own, with the world of the cases. Their
 * workers don't run: what time does happens when a case says so.
 */
export const openServices = async (): Promise<Side> => {
  const clock = createTestClock()
  clock.moveTo(beginning)
  const keys = {
    'core-banking': await createMemoryKeys('core-banking'),
    'claim-server': await createMemoryKeys('claim-server'),
    'bank-portal': await createMemoryKeys('bank-portal'),
  }
  const common = { clock, keys }
  const core = await openCore(common)
  const apps: Record<string, { fetch(request: Request): Response | Promise<Response> }> = {
    [urls['core-banking']]: core.app,
  }
  const send: typeof fetch = async (input, init) => {
    const request = new Request(input, init)
    const app = apps[new URL(request.url).origin]
    if (!app) throw new TypeError('fetch failed')
    return app.fetch(request)
  }
  const orderDraws = createDraws()
  const own = createDraws(ownDraws)
  const mails = openMails()
  const claimServer = await openClaimServer(common, send, orderDraws, mails.sendMail)
  apps[urls['claim-server']] = claimServer.app
  const { deps } = claimServer
  const shops = await openShops(deps)
  const waitingShopId = await registerWaiting(deps)
  await setShopLogin(deps, { shopId: shops.shoes.shopId, ...shoesLogin })
  for (const advert of contractAdverts) {
    await enterAdvert(deps.db, deps, { ...advert, bank: '0901' })
    // Ids of one millisecond come in any order, and of equals the first is shown first.
    await sleep(2)
  }
  return {
    name: 'the services',
    keys,
    urls,
    fetch: send,
    clock,
    draw: own.draw,
    begin: (at) => [orderDraws, own].forEach((one) => one.begin(at)),
    apiKeys: pick((name) => shops[name].apiKey),
    shopIds: { ...pick((name) => shops[name].shopId), coffee: waitingShopId },
    async letTimePass() {
      await abandonOrders(deps)
      await expireClaims(deps)
    },
    deliverMails: (refused = []) => mails.deliver(deps, refused),
    addReconciliation: (made) => addReconciliation(deps, made),
    async close() {
      await claimServer.close()
      await core.close()
    },
  }
}
