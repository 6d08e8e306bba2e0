import { sql } from 'drizzle-orm'
import type { Deps } from './deps.ts'

/** Whether this process can serve pages: its database answers and its key is there. Peers don't count. */
export const isReady = async ({ db, keys, log }: Pick<Deps, 'db' | 'keys' | 'log'>): Promise<boolean> => {
  try {
    await db.execute(sql`select 1`)
    await keys.signingKey('request')
    return true
  } catch (error) {
    log.error({ error: error instanceof Error ? error.name : 'unknown' }, 'not ready')
    return false
  }
}
