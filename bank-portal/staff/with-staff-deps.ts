import type { Context } from 'hono'
import { createSessions, createThrottle, type Site } from '#shared/web/index.ts'
import type { Deps } from '../deps.ts'
import { signInTries } from '../sign-in/sign-in-tries.table.ts'
import { staffSessions } from './sign-in/staff-sessions.table.ts'
import type { StaffDeps } from './staff-deps.ts'

/** A page that waits for a refund's result asks by itself: that keeps nobody signed in. */
const isPolling = (c: Context) => /\/refunds\/[0-9a-f-]{36}(\/status)?$/.test(c.req.path)

/** The staff's own site, sessions and throttle: other cookies and other rows than the customers'. */
export const withStaffDeps = <D extends Pick<Deps, 'config' | 'db'>>(
  deps: D,
): D & Pick<StaffDeps, 'site' | 'sessions' | 'throttle'> => {
  const { config, db } = deps
  const site: Site = { publicUrl: config.publicUrl, name: 'staff' }
  return {
    ...deps,
    site,
    sessions: createSessions({
      db,
      table: staffSessions,
      site,
      idleSeconds: config.sessionIdleSeconds,
      absoluteSeconds: config.sessionAbsoluteSeconds,
      passive: (c) => c.req.method === 'GET' && isPolling(c),
    }),
    // One table of tries: an address that guesses at customers and staff is one address.
    throttle: createThrottle({ db, table: signInTries }),
  }
}
