import type { Hono } from 'hono'
import type { Database } from '#shared/database.ts'
import { silentLog } from '#shared/log.ts'
import { growingIds } from '#shared/testing/growing-ids.ts'
import { createBankPortal } from '../../bank-portal/app.tsx'
import type { PortalConfig, PortalEnv } from '../../bank-portal/deps.ts'
import { bankStaff } from '../demo/bank-world.ts'
import { createMemoryKeys } from '../mocks/memory-keys.ts'
import { createStaffWorld, type StaffWorld } from './staff-world.ts'
import { createVisitor, type VisitedPage, type Visitor } from './visitor.ts'

export const deskUrl = 'http://bank.test'

export type Desk = {
  app: Hono<PortalEnv>
  world: StaffWorld
  moveClock(seconds: number): void
  visitor(language?: 'en' | 'ja'): Visitor
  open(visitor: Visitor, path: string): Promise<VisitedPage>
  /** Somebody who has signed in by the form. */
  signedIn(as?: keyof typeof bankStaff, language?: 'en' | 'ja'): Promise<Visitor>
}

/** The portal in this process, its peers as the staff's pages see them. */
export const openDesk = async ({
  db,
  config: changed = {},
}: {
  db: Database
  config?: Partial<PortalConfig>
}): Promise<Desk> => {
  let offsetMs = 0
  const clock = { now: () => new Date(Date.now() + offsetMs) }
  const world = createStaffWorld(clock)
  const config: PortalConfig = {
    publicUrl: deskUrl,
    timeZone: 'Asia/Tokyo',
    bank: { name: 'Minato Bank', nameJa: 'みなと銀行', mark: 'み', phone: '0120-000-901' },
    pageSecret: 'a secret for tests, long enough to seal',
    trustedProxies: [],
    sessionIdleSeconds: 300,
    sessionAbsoluteSeconds: 1800,
    ...changed,
  }
  const app = createBankPortal({
    config,
    db,
    clock,
    newId: growingIds(),
    keys: await createMemoryKeys('bank-portal'),
    callClaimServer: world.callClaimServer,
    callCore: world.callCore,
    log: silentLog,
  })
  const ask: typeof fetch = async (input, init) => app.fetch(new Request(input, init))
  const visitor = (language: 'en' | 'ja' = 'en') => createVisitor({ language, fetch: ask })
  const open = (who: Visitor, path: string) => who.open(deskUrl + path)
  return {
    app,
    world,
    moveClock: (seconds) => {
      offsetMs += seconds * 1000
    },
    visitor,
    open,
    async signedIn(as = 'clerk', language = 'en') {
      const who = visitor(language)
      const page = await open(who, '/staff/sign-in')
      const { staffId, password } = bankStaff[as]
      await who.submit(page, 'form[action="/staff/sign-in"]', { staffId, password })
      return who
    },
  }
}
