import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { HTMLElement } from 'node-html-parser'
import { customers } from '../../claim-server/banks/banks.table.ts'
import { setShopLogin } from '../../claim-server/shops/set-shop-login.ts'
import { bankCompanies, bankCustomers, bankStaff } from '../demo/bank-world.ts'
import { inParallel } from '../faults/in-parallel.ts'
import { launchBrowser, openPage } from '../support/browser.ts'
import { agreement, openConfirmation, type PortalCustomer, signIn } from '../support/people.ts'
import { type OpenShop, openShop } from '../support/shops.ts'
import { startSystem, type System } from '../support/start-system.ts'
import { createVisitor, type VisitedPage, type Visitor } from '../support/visitor.ts'
import { hostileQueries, hostileStrings } from './hostile-strings.ts'

/** Whatever a shop writes into its fields stays text: on every page, in mails, in files, in queries. */

const { haruka } = bankCustomers
const [savings] = haruka.accounts
const hostileName = `"><img src=x onerror=alert(1)>'&amp;<script>`
const plain = 'Plain words'

interface Sent {
  orderNumber: string
  description: string
  category: string | null
  entryUrl: string
}

interface Refused {
  status: number
  pointers: string[]
}

let system: System
let shop: OpenShop
let customer: PortalCustomer
let owner: Visitor
let clerk: Visitor
const sent: Sent[] = []
const refused: Refused[] = []
/** Plain words, with a category and without. */
let controls: [Sent, Sent]

const fields = ['shopOrderRef', 'description', 'category'] as const
type Texts = Partial<Record<(typeof fields)[number], string>>

const postOrder = async (texts: Texts) => {
  const response = await fetch(`${system.urls.claims}/v1/orders`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${shop.apiKey}`,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    },
    body: JSON.stringify({
      shopOrderRef: randomUUID(),
      description: plain,
      ...texts,
      amount: { value: 1, currency: 'JPY' },
    }),
  })
  return { status: response.status, body: (await response.json()) as never }
}

/**
 * Sends an order with the text in every field; a field that refuses it is left out the next time. None
 * for a text that comes to the same, once normalised, as one that was sent before.
 */
const sendOrder = async (texts: Texts): Promise<Sent | undefined> => {
  const { status, body } = await postOrder(texts)
  if (status === 201) return body
  if (status === 200 || (status === 409 && 'shopOrderRef' in texts)) return undefined
  const { errors = [] } = body as { errors?: { pointer: string }[] }
  const pointers = errors.map(({ pointer }) => pointer)
  refused.push({ status, pointers })
  const left = fields.filter((field) => field in texts && !pointers.includes(`#/${field}`))
  if (left.length === 0 || left.length === Object.keys(texts).length) return undefined
  return sendOrder(Object.fromEntries(left.map((field) => [field, texts[field]])))
}

const acceptAll = async () => {
  const { db } = system.claims.deps
  const { customerId, name, mailAddress, language } = haruka
  const person = { bank: '0901', customerId, name, mailAddress, language, updatedAt: new Date() }
  await db.insert(customers).values(person).onConflictDoNothing()
  await db.execute(sql`
    update claim_server.claims set status = 'unsettled', customer_id = ${haruka.customerId},
      accepted_at = now(), seen_at = now(), open_until = null, revision = 2
    where status = 'provisional'`)
}

const signInBy = async (url: string, form: string, typed: Record<string, string>) => {
  const visitor = createVisitor()
  const page = await visitor.submit(await visitor.open(url), `form[action="${form}"]`, typed)
  expect(page.status).toBe(200)
  return visitor
}

beforeAll(async () => {
  system = await startSystem({
    settings: { SHOP_REQUESTS_PER_MINUTE: '100000', SESSION_IDLE_SECONDS: '1800' },
  })
  const { holder, accounts } = bankCompanies.shoes
  shop = await openShop(system.claims.deps, {
    name: hostileName,
    nameJa: hostileName,
    mailAddress: 'orders@shop-a.example',
    accounts: accounts.map(({ account }) => ({ account, holder })),
  })
  const login = { signInId: 'shop-a', password: 'a hostile shop of the tests' }
  await setShopLogin(system.claims.deps, { shopId: shop.shopId, ...login })
  customer = await signIn(system.urls.portal, haruka)
  owner = await signInBy(`${system.urls.claims}/shop/sign-in`, '/shop/sign-in', login)
  const { staffId, password } = bankStaff.clerk
  clerk = await signInBy(`${system.urls.portal}/staff/sign-in`, '/staff/sign-in', {
    staffId,
    password,
  })
  const orders = await inParallel(hostileStrings, 8, (text) =>
    sendOrder({ shopOrderRef: text, description: text, category: text }),
  )
  sent.push(...orders.flatMap((order) => order ?? []))
  const plainOrders = [
    await sendOrder({ description: plain, category: plain }),
    await sendOrder({ description: plain }),
  ]
  const [withCategory, without] = plainOrders
  if (!withCategory || !without) throw new Error('plain words were refused')
  controls = [withCategory, without]
}, 120_000)
afterAll(() => system?.close())

/** What a page is made of, whatever its texts say: its elements, and the names of their attributes. */
const bonesOf = (root: HTMLElement): string[] =>
  root
    .querySelectorAll('*')
    .map((element) => `${element.rawTagName} ${Object.keys(element.attributes).join(' ')}`)

const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ').trim()

const tellsAsText = (page: VisitedPage, { description }: Sent) =>
  oneLine(page.root.text).includes(oneLine(description))

/** Every so-manyth order, for what would take too long with all. */
const every = (step: number, from = 0) => sent.filter((_order, at) => at % step === from)

/** The texts whose order's page is not made as that of plain words, or does not show them. */
const oddPages = async (
  visitor: Visitor,
  orders: readonly Sent[],
  pathOf: (order: Sent) => string,
): Promise<string[]> => {
  const [withCategory, without] = await inParallel(controls, 2, async (order) =>
    JSON.stringify(bonesOf((await visitor.open(pathOf(order))).root)),
  )
  const odd = await inParallel(orders, 8, async (order) => {
    const page = await visitor.open(pathOf(order))
    const bones = order.category === null ? without : withCategory
    const isSame = JSON.stringify(bonesOf(page.root)) === bones
    return page.status === 200 && isSame && tellsAsText(page, order) ? [] : [order.description]
  })
  return odd.flat()
}

test('there are at least 485 texts; each is taken or refused by the field that can’t have it', () => {
  expect(hostileStrings.length).toBeGreaterThanOrEqual(485)
  expect(sent.length).toBeGreaterThan(400)
  const known = fields.map((field) => `#/${field}`)
  for (const { status, pointers } of refused) {
    expect(status).toBe(422)
    expect(pointers.length).toBeGreaterThan(0)
    expect(known).toEqual(expect.arrayContaining(pointers))
  }
})

describe('the page of an order has the same elements with a hostile text as with plain words', () => {
  test('on the entry screen', async () => {
    expect(await oddPages(createVisitor(), sent, (order) => order.entryUrl)).toEqual([])
  })

  test('in the shop’s console', async () => {
    const pathOf = (order: Sent) => `${system.urls.claims}/shop/orders/${order.orderNumber}`
    expect(await oddPages(owner, every(3), pathOf)).toEqual([])
  })

  test('at the customer’s bank', async () => {
    await acceptAll()
    const pathOf = (order: Sent) => `${system.urls.portal}/claims/${order.orderNumber}`
    expect(await oddPages(customer.visitor, sent, pathOf)).toEqual([])
  })

  test('at the desk of the bank’s staff', async () => {
    const pathOf = (order: Sent) => `${system.urls.portal}/staff/claims/${order.orderNumber}`
    expect(await oddPages(clerk, every(3, 1), pathOf)).toEqual([])
  })
})

test('searching for a hostile text finds no error', async () => {
  const { portal, claims } = system.urls
  const some = hostileStrings.filter((_text, at) => at % 10 === 0)
  const statuses = await inParallel([...hostileQueries, ...some], 8, async (text) => {
    const search = new URLSearchParams({ search: text.slice(0, 200) })
    const pages = [
      await customer.visitor.open(`${portal}/claims?${search}`),
      await owner.open(`${claims}/shop/orders?${search}`),
    ]
    return pages.filter(({ status }) => status !== 200).map((page) => `${page.status} ${text}`)
  })
  expect(statuses.flat()).toEqual([])
})

describe('in a browser nothing runs, and nothing had to be stopped', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launchBrowser()
  })
  afterAll(() => browser?.close())

  /** What a browser has to say of these pages, and of the pages that each leads on to. */
  const look = async (visitor: Visitor, paths: readonly string[]) => {
    const { page, complaints, close } = await openPage(browser)
    const dialogs: string[] = []
    const strangers: string[] = []
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message())
      void dialog.dismiss()
    })
    page.on('request', (request) => {
      if (!request.url().startsWith('http://127.0.0.1:')) strangers.push(request.url())
    })
    const { origin } = new URL(paths[0] ?? '')
    const cookies = [...visitor.cookies].map(([name, value]) => ({ name, value, url: origin }))
    await page.context().addCookies(cookies)
    for (const path of paths) {
      await page.goto(path)
      const next = page.locator('a[rel="next"]')
      for (let further = 0; further < 3 && (await next.count()) > 0; further++) {
        await page.goto(new URL((await next.getAttribute('href')) ?? '', page.url()).href)
      }
    }
    await close()
    return { dialogs, strangers, complaints }
  }
  const nothing = { dialogs: [], strangers: [], complaints: [] }

  test('in the customer’s list and on claims of every kind of text', async () => {
    const list = `${system.urls.portal}/claims`
    const paths = every(20).map(({ orderNumber }) => `${list}/${orderNumber}`)
    expect(await look(customer.visitor, [list, ...paths])).toEqual(nothing)
  })

  test('in the shop’s lists and on its orders', async () => {
    const list = `${system.urls.claims}/shop/orders`
    const paths = every(20, 10).map(({ orderNumber }) => `${list}/${orderNumber}`)
    expect(await look(owner, [list, ...paths])).toEqual(nothing)
  })
})

test('in mails a hostile text changes neither who gets them nor what they are made of', async () => {
  const basket = every(12, 3).slice(0, 40)
  const orderNumbers = basket.map(({ orderNumber }) => orderNumber)
  const page = await openConfirmation(customer, { orderNumbers, account: savings.account })
  const paid = await customer.visitor.submit(
    page,
    'form[action="/payments"]',
    agreement(savings.account, haruka.password),
  )
  expect(paid.text).toContain('Paid')
  const { mailbox } = system
  for (const { orderNumber } of basket)
    await mailbox.waitForMail(
      ({ text, envelopeTo }) =>
        text.includes(orderNumber) && envelopeTo.includes('orders@shop-a.example'),
      30,
    )
  for (const mail of mailbox.mails) {
    expect(mail.envelopeTo).toEqual(mail.to)
    expect(['orders@shop-a.example', haruka.mailAddress]).toContain(mail.to[0])
    expect(mail.to).toHaveLength(1)
    expect(mail.cc).toEqual([])
    expect(mail.headers.has('bcc')).toBe(false)
    expect(mail.html).not.toMatch(/<(script|img|svg|iframe|form|base|meta http|link|style>@)/i)
  }
})

const download = async ({ cookies }: Visitor, url: string): Promise<string> => {
  const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const response = await fetch(url, { headers: { cookie } })
  expect(response.status).toBe(200)
  return response.text()
}

/** The cells of a file as RFC 4180 has them. */
const cellsOf = (csv: string): string[] =>
  [...csv.replace(/^\ufeff/, '').matchAll(/("(?:[^"]|"")*"|[^,\r\n]*)(,|\r\n|$)/g)].map(
    ([, cell = '']) => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell),
  )

test('in a file no cell begins as a formula does', async () => {
  const files = [
    await download(owner, `${system.urls.claims}/shop/orders.csv?list=all`),
    await download(customer.visitor, `${system.urls.portal}/paid/export`),
  ]
  for (const file of files) {
    const cells = cellsOf(file)
    expect(cells.length).toBeGreaterThan(100)
    expect(cells.filter((cell) => /^[=+\-@\t\r＝＋－＠]/.test(cell))).toEqual([])
  }
})
