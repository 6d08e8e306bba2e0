import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ClaimStatus } from '#shared/contracts/claim-server.ts'
import type { Database } from '#shared/database.ts'
import { addDays, dateIn } from '#shared/dates.ts'
import { makeMissingKeys, openKeyRing } from '#shared/keys.ts'
import { silentLog } from '#shared/log.ts'
import { newOrderNumber } from '#shared/order-number.ts'
import type { PaymentContent } from '#shared/contracts/payment-content.ts'
import type { ServiceCaller } from '#shared/service-token.ts'
import { growingIds } from '#shared/testing/growing-ids.ts'
import { ensureBank } from '../banks/ensure-bank.ts'
import type { Bank } from '../banks/find-bank.ts'
import { banks, customers } from '../banks/banks.table.ts'
import { claims } from '../claims/claims.table.ts'
import { readConfig } from '../config.ts'
import type { Deps, OutgoingMail } from '../deps.ts'
import { orders } from '../orders/orders.table.ts'
import { shopAccounts, shops } from '../shops/shops.table.ts'
import { createFakeCore, type FakeCore, trustRings } from './fake-core.ts'

export interface TestShop {
  id: string
  account: string
  holder: string
}

export interface TestClaim {
  orderId: string
  orderNumber: string
  amountMinor: bigint
  shop: TestShop
}

/** A claim server around a database, with a core in memory, a clock that tests move, and a few rows. */
export interface TestWorld {
  deps: Deps
  core: FakeCore
  bank: Bank
  portalKeys: ReturnType<typeof openKeyRing>
  /** Mails handed to the mail server, oldest first. */
  mails: OutgoingMail[]
  /** The business clock; tests set it. */
  clock: { nowMs: () => number; set(at: Date): void }
  customerId: string
  account: string
  shopA: TestShop
  shopB: TestShop
  today(): string
  addShop(name: string, account: string): Promise<TestShop>
  addCustomer(customerId: string, changed?: Partial<typeof customers.$inferInsert>): Promise<void>
  addClaim(shop: TestShop, amountMinor: bigint, changed?: ClaimChange): Promise<TestClaim>
  /** The content of a payment of these claims, as the confirmation page would make it. */
  contentOf(claims: readonly TestClaim[], changed?: Partial<PaymentContent>): PaymentContent
  /** A caller whose token was not used yet. */
  caller(customerId?: string): ServiceCaller
  close(): void
}

export interface ClaimChange {
  status?: ClaimStatus
  customerId?: string | null
  timeLimit?: string
  description?: string
  category?: string
  shopOrderRef?: string
}

const settings = {
  PORT: '0',
  PUBLIC_URL: 'http://claims.test',
  DATABASE_URL: 'postgres://unused/unused',
  KEYS_DIR: '/unused',
  BANK_PORTAL_URL: 'http://bank.test',
  CORE_BANKING_URL: 'http://core.test',
  SMTP_URL: 'smtp://127.0.0.1:1',
  PASSWORD_MEMORY_KIB: '8',
  PASSWORD_PASSES: '1',
}

const openRing = async (folder: string, service: string) => {
  const dir = join(folder, service)
  await makeMissingKeys(dir, service)
  return openKeyRing(dir)
}

const freeOfCharge = (payees: readonly string[]) =>
  [...new Set(payees)].map((payeeAccount) => ({ payeeAccount, feeMinor: 0n }))

export const makeWorld = async (db: Database): Promise<TestWorld> => {
  const folder = mkdtempSync(join(tmpdir(), 'claim-server-keys-'))
  const keys = await openRing(folder, 'claim-server')
  const coreKeys = await openRing(folder, 'core-banking')
  const portalKeys = await openRing(folder, 'bank-portal')
  const core = createFakeCore(coreKeys, keys)
  const mails: OutgoingMail[] = []
  let offsetMs = 0
  const nowMs = () => Date.now() + offsetMs
  const config = readConfig(settings)
  const deps: Deps = {
    config,
    db,
    clock: { now: () => new Date(nowMs()) },
    newId: growingIds(),
    newOrderNumber,
    keys,
    trust: trustRings('claim-server', { 'core-banking': coreKeys, 'bank-portal': portalKeys }),
    callCore: core.callCore,
    sendMail: async (mail) => {
      mails.push(mail)
    },
    log: silentLog,
  }
  await ensureBank(deps)
  const [bank] = await db.select().from(banks)
  if (!bank) throw new Error('there is no bank')
  const today = () => dateIn(config.TIME_ZONE, deps.clock.now())

  const addShop: TestWorld['addShop'] = async (name, account) => {
    const shop = { id: deps.newId(), account, holder: name.toUpperCase() }
    await db.insert(shops).values({
      id: shop.id,
      bank: bank.code,
      kind: 'shop',
      status: 'live',
      name,
      mailAddress: `${name.toLowerCase().replaceAll(/[^a-z]/g, '')}@shops.example`,
      language: 'en',
      defaultDaysToPay: 14,
      warningDays: 3,
      createdAt: new Date(),
    })
    await db
      .insert(shopAccounts)
      .values({ shopId: shop.id, account, holder: shop.holder, createdAt: new Date() })
    return shop
  }

  const addCustomer: TestWorld['addCustomer'] = async (customerId, changed) => {
    await db.insert(customers).values({
      bank: bank.code,
      customerId,
      name: 'Haruka Sato',
      mailAddress: `${customerId.toLowerCase()}@customers.example`,
      language: 'ja',
      updatedAt: new Date(),
      ...changed,
    })
  }

  const customerId = 'C-1001'
  const account = '0901-101-4-0014471'
  await addCustomer(customerId)
  const shopA = await addShop('Shop A Shoes', '0901-101-1-0020001')
  const shopB = await addShop('Shop B Hats', '0901-101-1-0020002')

  return {
    deps,
    core,
    bank,
    portalKeys,
    mails,
    clock: {
      nowMs,
      set: (at) => {
        offsetMs = at.getTime() - Date.now()
      },
    },
    customerId,
    account,
    shopA,
    shopB,
    today,
    addShop,
    addCustomer,
    async addClaim(shop, amountMinor, changed = {}) {
      const status = changed.status ?? 'unsettled'
      const timeLimit = changed.timeLimit ?? addDays(today(), 14)
      const order = { id: deps.newId(), orderNumber: newOrderNumber() }
      await db.insert(orders).values({
        ...order,
        shopId: shop.id,
        shopOrderRef: changed.shopOrderRef ?? order.id,
        fingerprint: 'unused',
        description: changed.description ?? 'A pair of shoes, size 24',
        category: changed.category ?? 'shoes',
        amountMinor,
        currency: 'JPY',
        orderedOn: today(),
        timeLimit,
        createdAt: deps.clock.now(),
      })
      await db.insert(claims).values({
        orderId: order.id,
        shopId: shop.id,
        status,
        revision: 1,
        bank: bank.code,
        customerId: changed.customerId === undefined ? customerId : changed.customerId,
        account,
        acceptedAt: deps.clock.now(),
        timeLimit,
        warnOn: addDays(timeLimit, -3),
      })
      return { orderId: order.id, orderNumber: order.orderNumber, amountMinor, shop }
    },
    contentOf: (of, changed = {}) => ({
      kind: 'payment',
      paymentId: deps.newId(),
      day: today(),
      payerAccount: account,
      claims: of.map(({ orderNumber, amountMinor, shop }) => ({
        orderNumber,
        payeeAccount: shop.account,
        payeeHolder: shop.holder,
        amountMinor,
      })),
      fees: freeOfCharge(of.map(({ shop }) => shop.account)),
      currency: 'JPY',
      ...changed,
    }),
    caller: (of = customerId) => ({
      issuer: 'bank-portal',
      tokenId: deps.newId(),
      expiresAt: new Date(Date.now() + 60_000),
      onBehalfOf: of,
      correlationId: undefined,
    }),
    close: () => rmSync(folder, { recursive: true, force: true }),
  }
}
