import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '#shared/database.ts'
import { createLog } from '#shared/log.ts'
import { setShopLogin } from '../claim-server/shops/set-shop-login.ts'
import { bankCustomers, bankStaff, bankWorld } from './demo/bank-world.ts'
import { acceptOrder, payClaims, type PortalCustomer, sendOrder } from './support/people.ts'
import { type OpenShop, openShop, shopsOfTheSeed } from './support/shops.ts'
import { startSystem, type System } from './support/start-system.ts'
import { createVisitor, type VisitedPage } from './support/visitor.ts'

/** Every secret of these stories is a canary: a text that is found nowhere but where it leaked. */

const { haruka } = bankCustomers
const [savings] = haruka.accounts
const canary = (of: string) => `Canary/${of} <b>${randomUUID()}`
const passwords = {
  customer: canary('customer'),
  guess: canary('guess'),
  staff: canary('staff'),
  operator: canary('operator'),
  shop: canary('shop'),
  newShop: canary('new shop'),
  inBody: canary('body'),
  inError: canary('error'),
}
const world = {
  ...bankWorld,
  customers: bankWorld.customers.map((one) => ({ ...one, password: passwords.customer })),
  staff: bankWorld.staff.map((one) => ({
    ...one,
    password: one.staffId === bankStaff.operator.staffId ? passwords.operator : passwords.staff,
  })),
}

let system: System
let shop: OpenShop
let isBroken = false
let logged = ''
const pages: string[] = []
const cookies = new Set<string>()

const recorder = (name: string) =>
  createLog(name, 'debug', {
    write: (line) => {
      logged += line
    },
  })

const failing = () => {
  throw new Error(`password=${passwords.inError}`, { cause: { password: passwords.inError } })
}

/** Keeps every page and every cookie that anybody is given. */
const ask: typeof fetch = async (input, init) => {
  const response = await fetch(input, init)
  for (const header of response.headers.getSetCookie()) {
    const value = /^[^=]+=([^;]{16,})/.exec(header)?.[1]
    if (value) cookies.add(decodeURIComponent(value))
  }
  pages.push(await response.clone().text())
  return response
}
const newVisitor = () => createVisitor({ fetch: ask })

beforeAll(async () => {
  system = await startSystem({
    world,
    wrap: {
      claims: (deps) => ({ ...deps, log: recorder('claims') }),
      core: (deps) => ({ ...deps, log: recorder('core') }),
      portal: (deps) => ({
        ...deps,
        log: recorder('portal'),
        callCore: (call, sent, context) =>
          isBroken ? failing() : deps.callCore(call, sent, context),
      }),
    },
  })
  shop = await openShop(system.claims.deps, shopsOfTheSeed.shoes)
  await setShopLogin(system.claims.deps, {
    shopId: shop.shopId,
    signInId: 'shop-a',
    password: passwords.shop,
  })
})
afterAll(() => system?.close())

const signIn = async (url: string, form: string, typed: Record<string, string>) => {
  const visitor = newVisitor()
  const refused = await visitor.submit(await visitor.open(url), form, {
    ...typed,
    password: passwords.guess,
  })
  expect(refused.text).not.toContain('Canary')
  const home = await visitor.submit(await visitor.open(url), form, typed)
  expect(home.status).toBe(200)
  return visitor
}

const sendBody = (body: string, apiKey = shop.apiKey) =>
  ask(`${system.urls.claims}/v1/orders`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${apiKey}`,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    },
    body,
  })

const payAsHaruka = async (): Promise<VisitedPage> => {
  const visitor = await signIn(`${system.urls.portal}/sign-in?by=user`, 'form[action="/sign-in"]', {
    userId: haruka.userId,
    password: passwords.customer,
  })
  const login = { userId: haruka.userId, password: passwords.customer }
  const customer: PortalCustomer = { visitor, portalUrl: system.urls.portal, login }
  const order = await sendOrder(system.urls.claims, shop.apiKey, { description: 'Hat', yen: 2000 })
  await acceptOrder(customer, order, savings.account)
  const basket = { orderNumbers: [order.orderNumber], account: savings.account }
  const wrong = await payClaims(customer, { ...basket, password: passwords.guess })
  expect(wrong.text).toContain('not accepted')
  const paid = await payClaims(customer, basket)
  expect(paid.text).toContain('Paid')
  isBroken = true
  const broken = await visitor.open(`${system.urls.portal}/accounts`)
  expect(broken.status).toBe(500)
  isBroken = false
  return paid
}

const registerShop = async () => {
  const visitor = newVisitor()
  const page = await visitor.open(`${system.urls.claims}/shop/sign-up`)
  const again = await visitor.submit(page, 'form[action="/shop/sign-up"]', {
    signInId: 'new-shop',
    password: passwords.newShop,
    again: `${passwords.newShop}x`,
  })
  expect(again.status).toBe(422)
}

const tell = async () => {
  const { portal, claims, core } = system.urls
  await payAsHaruka()
  await signIn(`${claims}/shop/sign-in`, 'form[action="/shop/sign-in"]', {
    signInId: 'shop-a',
    password: passwords.shop,
  })
  await signIn(`${portal}/staff/sign-in`, 'form[action="/staff/sign-in"]', {
    staffId: bankStaff.clerk.staffId,
    password: passwords.staff,
  })
  await signIn(`${core}/operator/sign-in`, 'form[action="/operator/sign-in"]', {
    staffId: bankStaff.operator.staffId,
    password: passwords.operator,
  })
  await registerShop()
  for (const body of [
    JSON.stringify({ shopOrderRef: '1', description: { password: passwords.inBody } }),
    JSON.stringify({ shopOrderRef: '1', password: passwords.inBody }),
    `{"password":"${passwords.inBody}"`,
  ])
    expect((await sendBody(body)).ok).toBe(false)
  expect((await sendBody('{}', `${shop.apiKey}x`)).status).toBe(401)
  await system.mailbox.waitForMail(({ envelopeTo }) => envelopeTo.includes(haruka.mailAddress))
}

const dump = async (db: Database): Promise<string> => {
  const tables = await db.execute<{ name: string }>(sql`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema')`)
  const rows: string[] = []
  for (const { name } of tables)
    for (const row of await db.execute<{ row: string }>(
      sql.raw(`select one::text as row from ${name} as one`),
    ))
      rows.push(row.row)
  return rows.join('\n')
}

const leaksOf = (secrets: readonly string[], text: string) =>
  secrets.filter((secret) =>
    [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)].some((form) =>
      text.includes(form),
    ),
  )

test('no password, key or session is in a log, a table, a page or a mail', async () => {
  await tell()
  const { claims, core, portal } = system
  const tables = await Promise.all([claims, core, portal].map(({ deps }) => dump(deps.db)))
  const places = {
    logs: logged,
    pages: pages.join('\n'),
    tables: tables.join('\n'),
    mails: system.mailbox.mails.map(({ raw }) => raw).join('\n'),
  }
  for (const [place, text] of Object.entries(places)) {
    expect(text.length, place).toBeGreaterThan(500)
    expect(leaksOf(Object.values(passwords), text), place).toEqual([])
    expect(leaksOf([shop.apiKey], text), place).toEqual([])
    expect(leaksOf([...cookies], text), place).toEqual([])
  }
  expect(cookies.size).toBeGreaterThan(5)
  expect(formsIn(places.logs).documents, 'signed documents in logs').toEqual([])
  expect(formsIn(places.logs).accounts, 'whole account numbers in logs').toEqual([])
})

const formsIn = (log: string) => ({
  documents: log.match(/eyJ[\w-]{10,}\.[\w-]+/g) ?? [],
  accounts: log.match(/\b\d{4}-\d{3}-[124]-\d{7}\b/g) ?? [],
})
