import type { Context } from 'hono'
import { createSessions, createThrottle, type Sessions, type Throttle } from '#shared/web/index.ts'
import type { CustomerSignIn, Deps, PortalSession } from '../deps.ts'
import { sessions as sessionsTable } from './sessions.table.ts'
import { signInTries } from './sign-in-tries.table.ts'

export interface OwnSignIn extends CustomerSignIn {
  sessions: Sessions<PortalSession>
  throttle: Throttle
}

/** A page that waits for a payment's result asks by itself: that keeps nobody signed in. */
const isPolling = (c: Context) => /^\/payments\/([0-9a-f-]{36}|run)(\/status)?$/.test(c.req.path)

/** The portal's own sign-in: passwords checked by the core, sessions and tries in our tables. */
export const createOwnSignIn = ({ config, db }: Pick<Deps, 'config' | 'db'>): OwnSignIn => {
  const sessions = createSessions<PortalSession>({
    db,
    table: sessionsTable,
    site: { publicUrl: config.publicUrl, name: 'portal' },
    idleSeconds: config.sessionIdleSeconds,
    absoluteSeconds: config.sessionAbsoluteSeconds,
    passive: (c) => c.req.method === 'GET' && isPolling(c),
  })
  return {
    sessions,
    throttle: createThrottle({ db, table: signInTries }),
    load: sessions.load,
    pathFor: (next) => (next === '/' ? '/sign-in' : `/sign-in?${new URLSearchParams({ next })}`),
    signOutPath: '/sign-out',
    async saveLanguage(c, language) {
      const { session } = (c as Context<{ Variables: { session?: { data: PortalSession } } }>).var
      if (session) await sessions.save(c, { ...session.data, language })
    },
  }
}
