import type { AnyApp } from '#shared/any-app.ts'
import type { AnyCall } from '#shared/contracts/call.ts'
import { allClaimServerCalls } from '#shared/contracts/claim-server-calls.ts'
import { coreBankingCalls } from '#shared/contracts/core-banking.ts'
import type { Language } from '#shared/texts.ts'
import { createClaimServer } from '../../claim-server/app.ts'
import { makeConsoleWorld } from '../../claim-server/testing/console.ts'
import { consolePages, fillShop } from '../support/console-pages.ts'
import { openTestBank } from '../support/core-bank.ts'
import { freshDatabase } from '../support/database.ts'
import { entryPages } from '../support/entry-pages.ts'
import { fillBank, operatorPages } from '../support/operator-pages.ts'
import { openPortal } from '../support/portal.ts'
import { openStage, portalPages } from '../support/portal-pages.ts'
import { openDeskStage, staffPages } from '../support/staff-pages.ts'
import type { VisitedPage } from '../support/visitor.ts'

/** One page in one state. */
export interface PageState {
  name: string
  /** What the server answers it with. */
  status: number
}

/** An area whose pages are being visited in one language. */
export interface OpenArea<State extends PageState> {
  app: AnyApp
  visit(state: State): Promise<VisitedPage>
  close(): Promise<void>
}

/** Pages that belong together: one service's, for one kind of people. */
export interface Area<State extends PageState = PageState> {
  pages: readonly State[]
  open(language: Language): Promise<OpenArea<State>>
  /** Of the app's paths, those that are this area's. */
  isOwn(path: string): boolean
  /** Its GET routes that answer no page, and why. */
  noPages: Record<string, string>
  /** What is written the same in both languages: names, numbers, addresses. */
  data: RegExp
}

const area = <State extends PageState>(one: Area<State>): Area => one as unknown as Area

const everywhere = {
  '/health/live': 'JSON',
  '/health/ready': 'JSON',
  '/.well-known/jwks/:file': 'JSON',
  '/assets/:file': 'a file',
}

const isNoCall = (calls: readonly AnyCall[]) => {
  const paths = new Set(calls.map((call) => call.path))
  return (path: string) => !paths.has(path)
}

const isStaff = (path: string) => /^\/staff(\/|$)/.test(path)

/** What a customer meets at the bank portal. */
const customers = area({
  pages: portalPages,
  async open(language) {
    const database = await freshDatabase('bank-portal')
    return {
      app: (await openPortal({ db: database.db })).app,
      visit: async (state) => state.visit(await openStage(database.db, language)),
      close: database.close,
    }
  },
  isOwn: (path) => !isStaff(path),
  noPages: {
    ...everywhere,
    '/claims/decision': 'a part of /claims',
    '/claims/rows': 'a part of /claims',
    '/payments/split/sums': 'a part of /payments/split',
    '/payments/run/status': 'a part of /payments/run',
    '/payments/:paymentId/status': 'a part of /payments/:paymentId',
    '/paid/export': 'a CSV file',
  },
  data: /Haruka Sato|Shop [ABC]( \w+)*|Minato \w+|[a-z-]+@[\w.-]+|https?:\/\/\S+|[0-9A-Z]{4}-[0-9A-Z]{4}(-[0-9A-Z])?|G-[0-9A-F]{8}|[0-9a-f]{8}-[0-9a-f-]{27}|•+|EUR|ID|CSV|zzz|English|cm/g,
})

/** What the bank's staff meets at the portal. */
const staff = area({
  pages: staffPages,
  async open(language) {
    const database = await freshDatabase('bank-portal')
    const { desk } = await openDeskStage(database.db, language)
    return {
      app: desk.app,
      visit: async (state) => state.visit(await openDeskStage(database.db, language)),
      close: database.close,
    }
  },
  isOwn: isStaff,
  noPages: {
    '/staff/exceptions/:exceptionId/refunds/:paymentId/status': 'a part of the page above it',
  },
  data: /Haruka Sato|Shop [ABC]( \w+)*|Minato \w+|Tama Leather|Naoko Fujita|Sota Yamada|Rie Hayashi|Makoto Inoue|Mio Sakai|approver\d|staff:[\w]+|clerk|newcomer|operator|\bop\b|帽子のショップB|靴のショップA|港水道局|[\w.-]+@[\w.-]+|https?:\/\/\S*|C-\d+|P-[0-9A-Z-]+|[0-9A-Z]{4}-[0-9A-Z]{4}(-[0-9A-Z])?|[0-9a-f]{8}-[0-9a-f-]{27}|([2-9a-z]{4}-){4}[2-9a-z]{4}|ID|API|shop-a|zzz|English|Webhook|shoes, hats|leather|cm\b|革|\d{3} \d\.\d\.\d/g,
})

/** What shops, buyers on their way to the bank and developers meet at the claim server. */
const shops = area({
  pages: [...consolePages, ...entryPages],
  async open(language) {
    const database = await freshDatabase('claim-server')
    const stage = await fillShop(await makeConsoleWorld(database.db), language)
    return {
      app: createClaimServer(stage.world.deps),
      visit: (state) => state.visit(stage),
      async close() {
        stage.world.close()
        await database.close()
      },
    }
  },
  isOwn: isNoCall(allClaimServerCalls),
  noPages: {
    ...everywhere,
    '/': 'leads to the portal',
    '/openapi.json': 'JSON',
    '/v1/orders': 'JSON',
    '/v1/orders/:orderNumber': 'JSON',
    '/v1/claim-batches/:batchRef': 'JSON',
    '/shop': 'leads to /shop/orders',
    '/shop/orders.csv': 'a CSV file',
    '/shop/orders/:orderNumber/revive': 'the same page as /shop/orders/:orderNumber',
    '/shop/orders/:orderNumber/link': 'the same page as /shop/orders/:orderNumber',
  },
  data: /Haruka Sato|Shop (A Shoes|S Chairs|D Bags)|SHOP (A SHOES|D BAGS)|[a-z-]+@[\w.-]+|https?:\/\/\S+|[0-9A-Z]{4}-[0-9A-Z]{4}(-[0-9A-Z])?|G-[0-9A-Z-]+|W-\d+|C-[0-9a-f]+|[0-9a-f]{8}-[0-9a-f-]{27}|ck_\S+|•+|(shop|waiting)-\w+|Server 2|D鞄店|日本語|English|API|CSV|QR|ID|cm|mm\/dd\/yyyy|https|shoes|application\/problem\+json|\btype\b|URL|HTTP|\b[a-z]+(-[a-z]+)+\b|\b(malformed|unauthenticated|forbidden|timeout|stale|invalid|internal|unavailable)\b/g,
})

/** What the core's operator meets. */
const operators = area({
  pages: operatorPages,
  async open(language) {
    const bank = await openTestBank()
    const stage = await fillBank(bank, language)
    return { app: bank.app, visit: (state) => state.visit(stage), close: bank.close }
  },
  isOwn: isNoCall(coreBankingCalls),
  noPages: { ...everywhere, '/': 'leads to /operator', '/openapi.json': 'JSON' },
  // The books name a row that differs as the core's log would: "balance 5, postings 4".
  data: /[\w-]{43}|Haruka Sato|Daniel Weber|Yuki Mori|Shop [ABC] \w+|Tama Leather|Minato Waterworks|Nagi Books|Umi Coffee|Kumo Telecom|C-\d+|[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]|[0-9a-f]{8}-[0-9a-f-]{27}|…[0-9a-f]{8}|all accounts|balances? \d+, (postings|opening deposits) \d+/g,
})

/** Every page of the three services, in every state worth seeing, by who meets it. */
export const pageTable = { customers, staff, shops, operators } as const
