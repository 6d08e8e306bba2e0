import {
  createSessions,
  createThrottle,
  type Sessions,
  type Site,
  type Throttle,
} from '#shared/web/index.ts'
import type { Deps } from '../deps.ts'
import { type OperatorSession, operatorSessions, operatorTries } from './operator.table.ts'

/** What the operator pages need besides the core's own: their site, sessions and throttle. */
export interface OperatorDeps extends Deps {
  site: Site
  sessions: Sessions<OperatorSession>
  throttle: Throttle
}

export const withOperatorDeps = (deps: Deps): OperatorDeps => {
  const { config, db } = deps
  const site: Site = { publicUrl: config.PUBLIC_URL, name: 'core' }
  return {
    ...deps,
    site,
    sessions: createSessions({ db, table: operatorSessions, site }),
    throttle: createThrottle({ db, table: operatorTries }),
  }
}
