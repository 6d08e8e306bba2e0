import {
  createSessions,
  createThrottle,
  type Sessions,
  type Site,
  type Throttle,
} from '#shared/web/index.ts'
import type { Deps } from '../deps.ts'
import { type ConsoleSession, consoleSessions, consoleTries } from '../shops/console.table.ts'
import { siteOf } from '../site.ts'

/** What the console needs besides the claim server's own: its site, sessions and throttles. */
export interface ConsoleDeps extends Deps {
  site: Site
  sessions: Sessions<ConsoleSession>
  throttle: Throttle
  signUps: Throttle
}

const anHourFor = (tries: number) => ({ tries, seconds: 3600 / tries })

// Each asks the core about accounts: few from one place, and not many in all.
const signUpLimits = {
  address: anHourFor(10),
  accountFromAddress: anHourFor(10),
  account: anHourFor(200),
  knownDevice: anHourFor(10),
}

export const withConsoleDeps = (deps: Deps): ConsoleDeps => {
  const { config, db } = deps
  const site = siteOf(deps)
  return {
    ...deps,
    site,
    sessions: createSessions({
      db,
      table: consoleSessions,
      site,
      idleSeconds: config.CONSOLE_IDLE_SECONDS,
      absoluteSeconds: config.CONSOLE_SESSION_SECONDS,
    }),
    throttle: createThrottle({ db, table: consoleTries }),
    signUps: createThrottle({ db, table: consoleTries, limits: signUpLimits }),
  }
}
