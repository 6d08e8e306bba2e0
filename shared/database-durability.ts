import { sql } from 'drizzle-orm'
import type { Database } from './database.ts'
import { errorCode } from './log.ts'
import { StartError } from './start-error.ts'

// "local", "remote_write" and "remote_apply" flush to this server's disk as "on" does.
const unsafeValues = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' } as const

type Setting = keyof typeof unsafeValues

const readDurability = async (db: Database): Promise<Record<Setting, string>> => {
  try {
    const [row] = await db.execute<Record<Setting, string>>(
      sql`select current_setting('fsync') as fsync,
        current_setting('full_page_writes') as full_page_writes,
        current_setting('synchronous_commit') as synchronous_commit`,
    )
    if (row) return row
  } catch (error) {
    throw new StartError(`the database at DATABASE_URL does not answer (${errorCode(error)})`)
  }
  throw new StartError('the database at DATABASE_URL does not tell its settings')
}

/**
 * Refuses to start on a database that may forget a commit in a power cut: then a payment could be
 * executed twice, or a settled claim be open again. Throws a `StartError` that names the settings.
 */
export const checkDurability = async (
  db: Database,
  { allowUnsafe = false }: { allowUnsafe?: boolean } = {},
): Promise<void> => {
  const found = await readDurability(db)
  const unsafe = Object.entries(unsafeValues)
    .filter(([name, value]) => found[name as Setting] === value)
    .map(([name, value]) => `${name}=${value}`)
  if (unsafe.length === 0 || allowUnsafe) return
  throw new StartError(
    `the database at DATABASE_URL may lose commits (${unsafe.join(', ')}): switch ${
      unsafe.length === 1 ? 'that setting' : 'these settings'
    } on, or set ALLOW_UNSAFE_DATABASE=true for a test`,
  )
}
