import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Listening } from '#shared/service-process.ts'
import { reconcile } from '../../claim-server/reconciliation/reconcile.ts'
import { type Inbox, startInbox } from '../demo/inbox/inbox.ts'
import type { ShopSlug } from '../demo/shop/goods.ts'
import { startShops } from '../demo/shop/start-shops.ts'
import { launchBrowser, openPage } from '../support/browser.ts'
import { freePort } from '../support/postgres-server.ts'
import { type OpenShop, openShop, shopsOfTheSeed } from '../support/shops.ts'
import { startSystem, type System, type SystemOptions } from '../support/start-system.ts'
import { type Books, openBooks } from './books.ts'

/** A person at a browser of their own. */
export interface Visit {
  page: Page
  /** Another tab of the same browser: the same cookies. */
  openTab(): Promise<Page>
  /** The story leads to a page of that status; browsers complain of such pages. */
  expectRefusal(status: number): void
  /** What the browser complained about besides expected refusals. */
  complaints(): string[]
}

/** The demo's whole street: bank, claim server, shops, inbox, and whoever comes along with a browser. */
export interface Street {
  system: System
  books: Books
  inbox: Inbox
  shops: { url: string; keys: Record<ShopSlug, OpenShop> }
  visit(options?: BrowserContextOptions): Promise<Visit>
  /**
   * What holds after every story: no browser has complained, and claims, transfers, notices and the
   * core's books agree to the last row. Closes the visits.
   */
  endStory(): Promise<void>
  close(): Promise<void>
}

const patienceMs = 15_000

const openVisit = async (browser: Browser, options: BrowserContextOptions) => {
  const { page, complaints, close } = await openPage(browser, { locale: 'en-GB', ...options })
  page.context().setDefaultTimeout(patienceMs)
  const refusals: string[] = []
  const visit: Visit = {
    page,
    openTab: () => page.context().newPage(),
    expectRefusal: (status) => {
      refusals.push(`the server responded with a status of ${status} `)
    },
    complaints: () =>
      complaints.filter((complaint) => !refusals.some((refusal) => complaint.includes(refusal))),
  }
  return { visit, close }
}

const openStreetShops = async ({ claims, urls }: System, folder: string) => {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const open = (shop: keyof typeof shopsOfTheSeed) =>
    openShop(claims.deps, { ...shopsOfTheSeed[shop], returnAddress: url })
  const keys = {
    'shop-a': await open('shoes'),
    'shop-b': await open('hats'),
    'shop-c': await open('furniture'),
  }
  const site: Listening = await startShops({
    host: '127.0.0.1',
    port,
    publicUrl: url,
    dataDir: join(folder, 'shops'),
    claimServerUrl: urls.claims,
    claimServerPublicUrl: urls.claims,
    shopsFile: undefined,
    apiKeys: {
      'shop-a': keys['shop-a'].apiKey,
      'shop-b': keys['shop-b'].apiKey,
      'shop-c': keys['shop-c'].apiKey,
    },
    clockFile: undefined,
    timeZone: 'Asia/Tokyo',
    logLevel: 'silent',
  })
  return { url, keys, close: site.close }
}

/** Starts everything on free ports, over real HTTP and SMTP. `wrap` reaches into the services. */
export const openStreet = async (options: Pick<SystemOptions, 'wrap'> = {}): Promise<Street> => {
  const folder = mkdtempSync(join(tmpdir(), 'claimbook-street-'))
  const browserStarts = launchBrowser()
  const inbox = await startInbox({ dataDir: folder })
  const system = await startSystem({ ...options, settings: { SMTP_URL: inbox.smtpUrl } })
  const shops = await openStreetShops(system, folder)
  const browser = await browserStarts
  const visits: Awaited<ReturnType<typeof openVisit>>[] = []

  const closeVisits = async () => {
    for (const { close } of visits.splice(0)) await close()
  }
  return {
    system,
    books: openBooks(system.core.deps),
    inbox,
    shops,
    async visit(visitOptions = {}) {
      const opened = await openVisit(browser, visitOptions)
      visits.push(opened)
      return opened.visit
    },
    async endStory() {
      const complaints = visits.flatMap(({ visit }) => visit.complaints())
      await closeVisits()
      expect(complaints).toEqual([])
      const { differences } = await reconcile(system.claims.deps, { olderThanSeconds: 0 })
      expect(differences).toEqual([])
    },
    async close() {
      await closeVisits()
      await browser.close()
      await shops.close()
      await system.close()
      await inbox.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
