import { sql } from 'drizzle-orm'
import { purposesOf } from '#shared/keys.ts'
import { banks } from './banks/banks.table.ts'
import type { Deps } from './deps.ts'

/** Whether the claim server can do its work now; the reason why not goes to the log. */
export const checkReady = async ({
  db,
  keys,
  log,
}: Pick<Deps, 'db' | 'keys' | 'log'>): Promise<boolean> => {
  try {
    await db.execute(sql`select 1 from ${banks} limit 1`)
    for (const purpose of purposesOf['claim-server'] ?? []) await keys.signingKey(purpose)
    return true
  } catch (error) {
    const { code, name } = error as NodeJS.ErrnoException
    log.error({ code, name }, 'not ready')
    return false
  }
}
