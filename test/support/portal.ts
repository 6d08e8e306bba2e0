import type { Hono } from 'hono'
import type { Database } from '#shared/database.ts'
import { type Clock, systemClock } from '#shared/dates.ts'
import { type Log, silentLog } from '#shared/log.ts'
import { createServiceClient } from '#shared/service-client.ts'
import { growingIds } from '#shared/testing/growing-ids.ts'
import { createBankPortal, type PortalOptions } from '../../bank-portal/app.tsx'
import type { PortalConfig, PortalEnv } from '../../bank-portal/deps.ts'
import { createMemoryKeys, createMocks, type Mocks } from '../mocks/index.ts'
import { createVisitor, type VisitedPage, type Visitor } from './visitor.ts'

export const portalUrl = 'http://bank.test'

export interface TestPortal {
  app: Hono<PortalEnv>
  mocks: Mocks
  config: PortalConfig
  visitor(language?: 'en' | 'ja'): Visitor
  open(visitor: Visitor, path: string): Promise<VisitedPage>
  /** A visitor who has signed in by the form; Haruka unless said otherwise. */
  signedIn(userId?: string, language?: 'en' | 'ja'): Promise<Visitor>
}

export interface TestPortalOptions
  extends Partial<Pick<PortalOptions, 'signIn' | 'authorisation' | 'noteConfirmation'>> {
  db: Database
  clock?: Clock
  log?: Log
  config?: Partial<PortalConfig>
  timeoutMs?: number
}

/** The portal in this process, its peers mocked. */
export const openPortal = async ({
  db,
  clock = systemClock,
  log = silentLog,
  config: changed = {},
  timeoutMs = 2000,
  ...adapters
}: TestPortalOptions): Promise<TestPortal> => {
  const keys = await createMemoryKeys('bank-portal')
  const mocks = await createMocks({ clock, portalKeys: keys })
  const config: PortalConfig = {
    publicUrl: portalUrl,
    timeZone: 'Asia/Tokyo',
    bank: { name: 'Minato Bank', nameJa: 'みなと銀行', mark: 'み', phone: '0120-000-901' },
    pageSecret: 'a secret for tests, long enough to seal',
    trustedProxies: [],
    sessionIdleSeconds: 300,
    sessionAbsoluteSeconds: 1800,
    ...changed,
  }
  const clientOf = (baseUrl: string) =>
    createServiceClient({
      issuer: 'bank-portal',
      baseUrl,
      keys,
      instance: 'test',
      fetch: mocks.fetch,
      timeoutMs,
    })
  const app = createBankPortal({
    config,
    db,
    clock,
    newId: growingIds(),
    keys,
    callClaimServer: clientOf(mocks.claimServerUrl),
    callCore: clientOf(mocks.coreUrl),
    log,
    ...adapters,
  })
  const ask: typeof fetch = async (input, init) => app.fetch(new Request(input, init))
  const visitor = (language: 'en' | 'ja' = 'en') => createVisitor({ language, fetch: ask })
  const open = (who: Visitor, path: string) => who.open(portalUrl + path)
  return {
    app,
    mocks,
    config,
    visitor,
    open,
    async signedIn(userId = 'haruka', language = 'en') {
      const who = visitor(language)
      const customer = mocks.core.customers.find((one) => one.userId === userId)
      if (!customer) throw new Error(`there is no customer ${userId}`)
      const page = await open(who, '/sign-in?by=user')
      const { userId: name, password } = customer
      // Language first: a stored one would win over the browser's.
      customer.language = language
      await who.submit(page, 'form[action="/sign-in"]', { userId: name, password })
      return who
    },
  }
}
