import { sql } from 'drizzle-orm'
import type { AnyApp } from './any-app.ts'
import type { Database } from './database.ts'
import { AppError } from './errors.ts'
import { type KeyRing, purposesOf } from './keys.ts'
import { errorCode, type Log } from './log.ts'
import type { Service } from './service-token.ts'

interface HealthDeps {
  db: Database
  keys: KeyRing
  log: Log
}

const isReady = async ({ db, keys, log }: HealthDeps, service: Service): Promise<boolean> => {
  try {
    await db.execute(sql`select 1`)
    for (const purpose of purposesOf[service] ?? []) await keys.signingKey(purpose)
    return true
  } catch (error) {
    log.error({ code: errorCode(error) }, 'not ready')
    return false
  }
}

/** `/health/live`: the process answers. `/health/ready`: its database answers and its keys are there; peers don't count. */
export const serveHealth = (app: AnyApp, deps: HealthDeps, service: Service): void => {
  app.get('/health/live', (c) => c.json({ status: 'live' }))
  app.get('/health/ready', async (c) => {
    if (!(await isReady(deps, service))) throw new AppError('unavailable')
    return c.json({ status: 'ready' })
  })
}
